"""Takes an erased person out of the public site: pages and their addresses, blocks, past versions and translations,
pictures and documents, what editors noted, and the site's search index.

A name here may be somebody else's, so it goes only when whoever decides says that they looked; numbers and addresses go
always.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import connection, models
from taggit.models import Tag, TaggedItem
from wagtail.admin.models import FormState
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import StreamField
from wagtail.models import Page, Revision
from wagtail.search import index

from cms.editions import new_edition
from cms.erasing_files import found_files, take_out_of_files
from cms.models import LinkCheck
from crm.erasing.asking import that_may_hold
from crm.erasing.details import Looked
from crm.erasing.mentions import GONE, alone, as_text, held, how_many_mention, may_hold
from crm.erasing.outside import Outside, outside
from crm.erasing.spelling import Needle, stands_in, without
from crm.erasing.traces import Traces

APPS = (
    "cms", "wagtailcore", "wagtailimages", "wagtaildocs", "wagtail_localize", "wagtailredirects", "wagtailadmin",
    "wagtailembeds", "taggit",
)  # fmt: skip
WORDS = (models.CharField, models.TextField, models.JSONField, models.FileField, StreamField)
# What a row is found by, made by the machine.
KEYS = frozenset(
    {"path", "object_id", "parent_object_id", "file_hash", "data_hash", "key_hash", "hash", "content_path"}
)
ADDRESSES = frozenset({"slug", "url_path"})
# A row that is nothing but a way there, or words that wait: it goes, and is made again where it is needed.
GOES_WHOLE: tuple[type[models.Model], ...] = (Redirect, FormState, LinkCheck, Tag)
FTS = "wagtailsearch_indexentry_fts"


def register_public_site() -> None:
    """Let erasing look here too."""
    place = Outside("record of the public site", "records of the public site", holding, take_out, found_files)
    outside.add("public site", place)


def holding(needles: Sequence[Needle]) -> int:
    """How many pages, versions, blocks and notes mention one of the needles. As many queries for one as for many."""
    looked = {model._meta.label: (model._base_manager.all(), list(_texts(model))) for model in _models()}
    return sum(how_many_mention(looked, needles).values())


def take_out(traces: Traces, looked: Looked) -> Counter[str]:
    """Take them out everywhere, and out of the search index. Gives what happened, and how often."""
    needles = traces.theirs if looked.elsewhere else traces.ways
    counted = take_out_of_files(traces, looked)
    for page in [row for row in _mentioning(Page, needles) if stands_in(row.slug, needles)]:
        _give_another_address(page)
        counted["address of a page: changed"] += 1
    for model in that_may_hold({model: list(_texts(model)) for model in _models()}, needles):
        rows = _mentioning(model, needles)
        if model in GOES_WHOLE:
            _delete(model, rows)
            counted.update({f"{model._meta.verbose_name}: deleted": len(rows)} if rows else {})
            continue
        for row in rows:
            counted.update(["record of the public site: reworded"] if _reword(row, needles) else [])
    if counted:
        _empty_index()
        new_edition()
    return counted


def _delete(model: type[models.Model], rows: Sequence[Any]) -> None:
    """What bore a label is found without it from now on."""
    labelled = [one.content_object for one in TaggedItem.objects.filter(tag__in=rows)] if model is Tag else []
    model._base_manager.filter(pk__in=[row.pk for row in rows]).delete()
    for one in labelled:
        if one is not None:
            index.insert_or_update_object(one)


def _models() -> Iterator[type[models.Model]]:
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if not model._meta.proxy and list(_texts(model)):
                yield model


def _texts(model: type[models.Model]) -> Iterator[Any]:
    for one in model._meta.local_fields:
        if isinstance(one, WORDS) and not one.choices and one.attname not in KEYS:
            yield one


def _mentioning(model: type[models.Model], needles: Sequence[Needle]) -> list[Any]:
    texts = list(_texts(model))
    rows = may_hold(model._base_manager.all(), texts, needles)
    return held([row for row in rows if stands_in(as_text(row, texts), needles)])


def _give_another_address(page: Page) -> None:
    """A page's address made of a name becomes one made of its number, and those of the pages below follow. Nothing
    leads on from the old one: that would keep it."""
    old, above = page.url_path, page.url_path[: -len(page.slug) - 1]
    page.slug, page.url_path = f"page-{page.pk}", f"{above}page-{page.pk}/"
    Page.objects.filter(pk=page.pk).update(slug=page.slug, url_path=page.url_path)
    page._update_descendant_url_paths(old, page.url_path)
    for kept in Revision.page_revisions.filter(object_id=str(page.pk)):
        content = {**kept.content, "slug": page.slug, "url_path": page.url_path}
        Revision.objects.filter(pk=kept.pk).update(content=content)


def _reword(row: Any, needles: Sequence[Needle]) -> bool:
    changed: dict[str, Any] = {}
    for one in _texts(type(row)):
        before = getattr(row, one.attname)
        if isinstance(one, models.FileField):
            continue  # put right with its file
        value = list(before.raw_data) if isinstance(one, StreamField) else before
        after = without(value, needles, GONE) if one.attname in ADDRESSES else _taken_from(value, needles)
        if after != value:
            most = getattr(one, "max_length", None)
            after = after[:most] if most and isinstance(after, str) else after
            changed[one.attname] = _as_kept(one, alone(row, one, after))
    if changed:
        type(row)._base_manager.filter(pk=row.pk).update(**changed)
        _find_anew(row)
    return bool(changed)


def _taken_from(value: Any, needles: Sequence[Needle]) -> Any:
    """As `without`; an address inside a version that is kept stays one."""
    if isinstance(value, dict):
        return {
            key: without(one, needles, GONE) if key in ADDRESSES else _taken_from(one, needles)
            for key, one in value.items()
        }
    return [_taken_from(one, needles) for one in value] if isinstance(value, list) else without(value, needles)


def _as_kept(field: Any, value: Any) -> Any:
    return field.to_python(json.dumps(value)) if isinstance(field, StreamField) else value


def _find_anew(row: Any) -> None:
    """The site's search finds it by its new words."""
    fresh = Page.objects.get(pk=row.pk).specific if isinstance(row, Page) else row
    if isinstance(row, index.Indexed):
        fresh.refresh_from_db()
        index.insert_or_update_object(fresh)


def _empty_index() -> None:
    """SQLite keeps words of deleted rows in its full-text index until its pieces are joined."""
    if connection.vendor == "sqlite" and FTS in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {FTS}({FTS}) VALUES ('optimize')")  # noqa: S608  # our own name
