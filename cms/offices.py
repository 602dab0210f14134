"""What each group of the editor may do with pages: publishers publish, translators write, checkers read and sign off.

Heard's roles decide who is in a group (`crm.accounts.groups`); this module decides what the group may do.
"""

from __future__ import annotations

from typing import Any

from crm.accounts.groups import CHECKERS, PUBLISHERS, TRANSLATORS

# Group → what it may do below the root of the page tree, in Wagtail's words. "change" without "publish" makes drafts.
PAGE_PERMISSIONS: dict[str, tuple[str, ...]] = {
    PUBLISHERS: ("add", "change", "publish", "lock", "unlock"),
    TRANSLATORS: ("add", "change"),
    CHECKERS: ("change",),
}
NAMES = {
    "add": "Can add page",
    "change": "Can change page",
    "publish": "Can publish any page",
    "lock": "Can lock/unlock pages you have locked",
    "unlock": "Can unlock any page",
}


def open_the_editor(apps: Any) -> None:
    """Give the groups their permissions. Safe to run again; takes the app registry, so that a migration can call it."""
    group_model = apps.get_model("auth", "Group")
    page_permission = apps.get_model("wagtailcore", "GroupPagePermission")
    root = apps.get_model("wagtailcore", "Page").objects.filter(depth=1).first()
    access = _permission(apps, "wagtailadmin", "admin", "access_admin", "Can access Wagtail admin")
    translating = _permission(apps, "wagtail_localize", "translation", "submit_translation", "Can submit translations")
    for name, kinds in PAGE_PERMISSIONS.items():
        group, _ = group_model.objects.get_or_create(name=name)
        group.permissions.add(access, *([translating] if name != CHECKERS else []))
        for kind in kinds if root is not None else ():
            allowed = _permission(apps, "wagtailcore", "page", f"{kind}_page", NAMES[kind])
            page_permission.objects.get_or_create(group=group, page=root, permission=allowed)


def _permission(apps: Any, app: str, model: str, codename: str, name: str) -> Any:
    """A permission, made where Django has not made it yet: migrations run before it does."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.get_or_create(content_type=kind, codename=codename, defaults={"name": name})[0]
