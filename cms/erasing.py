"""Takes an erased person out of the public site: pages, blocks, their past versions and translations, the names of
pictures and documents, what editors noted, and the site's search index.

A name here may be somebody else's, so it goes only when whoever decides says that they looked; numbers and addresses go
always. What stands inside a picture or a document is not read.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from cms.editions import new_edition
from crm.erasing.mentions import how_many, without
from crm.erasing.outside import Outside, outside

APPS = ("cms", "wagtailcore", "wagtailimages", "wagtaildocs", "wagtail_localize", "taggit")
PLAIN = (models.CharField, models.TextField)
# What a row is found by: an address made of words has no gap and no sign, so no name, number or address stands there.
KEYS = frozenset({"path", "url_path", "slug", "object_id", "file_hash", "data_hash", "key_hash", "content_path"})
FTS = "wagtailsearch_indexentry_fts"


def register_public_site() -> None:
    """Let erasing look here too."""
    outside.add("public site", Outside("record of the public site", "records of the public site", holding, take_out))


def holding(needles: Sequence[str]) -> int:
    """How many pages, versions, blocks and notes mention one of the needles. As many queries for one as for many."""
    found = how_many({model._meta.label: _mentioning(model, needles) for model in _models()})
    return sum(found.values())


def take_out(needles: Sequence[str]) -> int:
    """Take them out everywhere, and out of the search index. Gives how many records changed."""
    forms = [form for needle in needles for form in _forms(needle)]
    changed = 0
    for model in _models():
        for row in _mentioning(model, needles):
            changed += _reword(row, forms)
    if changed:
        _empty_index()
        new_edition()
    return changed


def _models() -> Iterator[type[models.Model]]:
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if not model._meta.proxy and list(_texts(model)):
                yield model


def _texts(model: type[models.Model]) -> Iterator[Any]:
    for one in model._meta.local_fields:
        words = isinstance(one, (*PLAIN, models.JSONField, StreamField))
        if words and not one.choices and not one.unique and one.attname not in KEYS:
            yield one


def _forms(needle: str) -> list[str]:
    """A needle as it stands in words, in rich text, and in JSON that is kept as a text."""
    return sorted({needle, html.escape(needle), html.escape(needle, quote=False), json.dumps(needle)[1:-1]}, key=len,
                  reverse=True)  # fmt: skip


def _mentioning(model: type[models.Model], needles: Sequence[str]) -> QuerySet[Any]:
    """The rows that hold one of them. JSON may be kept with letters beyond ASCII as numbers, once or, for JSON in a
    text, twice."""
    rows, wanted = model._base_manager.all(), Q(pk__in=[])
    for one in _texts(model):
        path, plain = one.attname, isinstance(one, PLAIN)
        if not plain:
            path = f"{one.attname}_as_text"
            rows = rows.annotate(**{path: Cast(one.attname, TextField())})
        for needle in needles:
            for form in _forms(needle):
                for kept in {form} if plain else {form, json.dumps(form)[1:-1]}:
                    wanted |= Q(**{f"{path}__icontains": kept})
    return rows.filter(wanted)


def _reword(row: Any, forms: Sequence[str]) -> bool:
    changed: dict[str, Any] = {}
    for one in _texts(type(row)):
        before = getattr(row, one.attname)
        value = list(before.raw_data) if isinstance(one, StreamField) else before
        after = without(value, forms)
        if after != value:
            most = getattr(one, "max_length", None)
            changed[one.attname] = _as_kept(one, after[:most] if most and isinstance(after, str) else after)
    if changed:
        type(row)._base_manager.filter(pk=row.pk).update(**changed)
        _find_anew(row)
    return bool(changed)


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
