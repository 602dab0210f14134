"""The groups of the public site's editor: whoever holds their role today may open it.

What each may do with pages is the public site's matter (cms/). The names stand in crm/accounts/groups.py; a migration
keeps its own copy, because it must go on meaning what it meant.
"""

from django.db import migrations

GROUPS = ("Publishers", "Translators", "Accessibility checkers")


def add_groups(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    enter = Permission.objects.filter(content_type__app_label="wagtailadmin", codename="access_admin")
    for name in GROUPS:
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*enter)


def remove_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):

    dependencies = [
        ("crm", "0002_who_we_know"),
        ("wagtailadmin", "0001_create_admin_access_permissions"),
    ]

    operations = [migrations.RunPython(add_groups, remove_groups)]
