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
# Group → what it may do with what stands beside the pages: model of cms → verbs; and with files of the library.
MODEL_PERMISSIONS: dict[str, dict[str, tuple[str, ...]]] = {
    PUBLISHERS: {
        **dict.fromkeys(
            ("hardword", "agreedword", "mediaversion", "banner", "problem", "review"),
            ("add", "change", "delete", "view"),
        ),
        "linkcheck": ("view",),
    },
    TRANSLATORS: {"hardword": ("add", "change", "view"), "agreedword": ("add", "change", "view")},
    CHECKERS: {
        **dict.fromkeys(("hardword", "agreedword", "mediaversion", "linkcheck"), ("view",)),
        **dict.fromkeys(("problem", "review"), ("add", "change", "view")),
    },
}
FILE_PERMISSIONS: dict[str, tuple[str, ...]] = {PUBLISHERS: ("add", "change", "choose"), TRANSLATORS: ("choose",)}
FILES = (("wagtailimages", "image"), ("wagtaildocs", "document"))
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
    _open_the_shelves(apps)


def _open_the_shelves(apps: Any) -> None:
    """What the groups may do with what stands beside the pages, and with pictures and documents."""
    group_model = apps.get_model("auth", "Group")
    collection = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).first()
    collection_permission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    for name, models in MODEL_PERMISSIONS.items():
        wanted = [_permission(apps, "cms", model, f"{verb}_{model}", f"Can {verb} {model}")
                  for model, verbs in models.items() for verb in verbs]  # fmt: skip
        group_model.objects.get(name=name).permissions.add(*wanted)
    redirects = [_permission(apps, "wagtailredirects", "redirect", f"{verb}_redirect", f"Can {verb} redirect")
                 for verb in ("add", "change", "delete", "view")]  # fmt: skip
    group_model.objects.get(name=PUBLISHERS).permissions.add(*redirects)
    for name, verbs in FILE_PERMISSIONS.items() if collection is not None else ():
        for app, model in FILES:
            for verb in verbs:
                allowed = _permission(apps, app, model, f"{verb}_{model}", f"Can {verb} {model}")
                collection_permission.objects.get_or_create(
                    group=group_model.objects.get(name=name), collection=collection, permission=allowed
                )


def _permission(apps: Any, app: str, model: str, codename: str, name: str) -> Any:
    """A permission, made where Django has not made it yet: migrations run before it does."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label=app, model=model)
    permissions = apps.get_model("auth", "Permission").objects
    return permissions.get_or_create(content_type=kind, codename=codename, defaults={"name": name})[0]
