"""Where a person's name, numbers and addresses stand in words somebody wrote: every text of every table is looked at.

Names of people, groups, places and colleagues are no mentions: a namesake keeps theirs.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce

from crm.erasing.outside import outside
from crm.erasing.spelling import Needle, stands_in, without
from crm.erasing.traces import Traces

AT_ONCE = 40  # tables in one query: SQLite takes up to 500 (SQLITE_MAX_COMPOUND_SELECT)
OUR_APPS = ("crm", "engagement")
# Whose text is the name or way of somebody or something in its own right, and what is looked at by itself.
OWN_NAMES = frozenset({"person", "contactway", "user", "area", "council", "team", "searchdocument", "language",
                       "revision", "idempotencykey", "auditevent", "apitoken"})  # fmt: skip
# A group or a place may be called like somebody. Whatever else is said of it is words like others.
OWN_FIELDS = frozenset({"organisation.name", "venue.name"})
# What must stay a number or an address, or be empty.
NUMBERS = frozenset({"phone", "contact_phone"})
TEXTS = (models.CharField, models.TextField, models.JSONField)


def texts_of(model: type[models.Model]) -> list[Any]:
    """The fields of a model that hold words somebody wrote."""
    name = model._meta.model_name
    return [
        one for one in model._meta.local_fields
        if isinstance(one, TEXTS) and not one.choices and not one.is_relation
        and f"{name}.{one.attname}" not in OWN_FIELDS
    ]  # fmt: skip


def models_with_words() -> Iterator[type[models.Model]]:
    """Every model of ours that may mention somebody."""
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            if model._meta.model_name not in OWN_NAMES and texts_of(model):
                yield model


def may_hold(rows: QuerySet[Any], texts: Sequence[Any], needles: Sequence[Needle]) -> QuerySet[Any]:
    """Those of some rows where a part of one of the needles stands in any of their texts. A look at the words
    themselves tells whether all of it does."""
    wanted = Q(pk__in=[])
    for one in texts:
        path, plain = one.attname, isinstance(one, (models.CharField, models.TextField, models.FileField))
        if not plain:
            path = f"{one.attname}_as_text"
            rows = rows.annotate(**{path: Cast(one.attname, TextField())})
        for run in {run for needle in needles for run in needle.sure}:
            for form in _as_json(run):
                wanted |= Q(**{f"{path}__icontains": form})
    return rows.filter(wanted)


def _as_json(run: str) -> set[str]:
    """JSON may be kept with every letter beyond ASCII written as a number; JSON kept as a text within JSON, twice."""
    once = json.dumps(run)[1:-1]
    return {run, once, json.dumps(once)[1:-1]}


def mentioning(rows: QuerySet[Any], needles: Sequence[Needle]) -> list[Any]:
    """The rows that hold one of the needles in any of their texts. 1 query."""
    texts = texts_of(rows.model)
    return [row for row in may_hold(rows, texts, needles) if stands_in(as_text(row, texts), needles)]


def as_text(row: Any, texts: Sequence[Any]) -> str:
    """All the texts of a row, one a line."""
    values = (getattr(row, one.attname) for one in texts)
    return "\n".join(one if isinstance(one, str) else json.dumps(one, default=str) for one in values)


def mentions(traces: Traces) -> list[str]:
    """What mentions them, and how many of each kind, in words. A fixed number of queries, however many they are."""
    kinds = {model._meta.label: model for model in models_with_words()}
    looked = {name: (model._base_manager.all(), texts_of(model)) for name, model in kinds.items()}
    found = how_many_mention(looked, traces.everything)
    ours = [_in_words(kinds[name], number) for name, number in sorted(found.items())]
    beyond = [(place, place.holding(traces.everything)) for place in outside]
    return [*ours, *(place.words(number) for place, number in beyond if number)]


def _in_words(model: type[models.Model], number: int) -> str:
    name = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
    return f"{number} {name}"


def how_many_mention(
    looked: Mapping[str, tuple[QuerySet[Any], Sequence[Any]]], needles: Sequence[Needle]
) -> Counter[str]:
    """Name → in how many of its rows one of the needles stands; many tables are asked together."""
    parts = [
        may_hold(rows, texts, needles)
        .order_by()
        .annotate(in_kind=Value(name, TextField()), all_words=_joined(texts))
        .values_list("in_kind", "all_words")
        for name, (rows, texts) in looked.items()
    ]
    return Counter(name for name, words in _together(parts) if stands_in(words, needles))


def _joined(texts: Sequence[Any]) -> Func:
    """All the texts of a row, one a line. `Concat` would nest one in another, deeper than SQLite reads."""
    gap = Value("\n", TextField())
    words = [Coalesce(Cast(one.attname, TextField()), Value("", TextField())) for one in texts]
    pieces = [piece for one in words for piece in (one, gap)]
    return Func(*pieces, template="(%(expressions)s)", arg_joiner=" || ", output_field=TextField())


def how_many(rows: Mapping[str, QuerySet[Any]]) -> Counter[str]:
    """Name → how many rows, for the names that have any; many tables are asked together."""
    parts = [
        found.order_by()
        .annotate(in_kind=Value(name, TextField()), by_key=Cast("pk", TextField()))
        .values_list("in_kind", "by_key")
        for name, found in rows.items()
    ]
    return Counter(name for name, _ in _together(parts))


def _together(parts: Sequence[QuerySet[Any, Any]]) -> Iterator[tuple[str, str]]:
    for start in range(0, len(parts), AT_ONCE):
        first, *rest = parts[start : start + AT_ONCE]
        yield from first.union(*rest, all=True)


def reworded(row: Any, needles: Sequence[Needle]) -> dict[str, Any]:
    """Field → its words with the needles taken out, for the fields that change; cut to what the field holds. A number
    or an address is emptied."""
    changed = {}
    for one in texts_of(type(row)):
        before = getattr(row, one.attname)
        after = without(before, needles)
        if after != before:
            most = getattr(one, "max_length", None)
            never_words = one.attname in NUMBERS or isinstance(one, (models.EmailField, models.URLField))
            after = "" if never_words else after
            changed[one.attname] = after[:most] if most and isinstance(after, str) else after
    return changed
