"""Names and prose get trigram indexes of their own."""

from django.db import migrations

from crm.search.indexes import drop_indexes, make_indexes


class Migration(migrations.Migration):
    dependencies = [("crm", "0003_content_groups")]

    operations = [migrations.RunPython(make_indexes, drop_indexes)]
