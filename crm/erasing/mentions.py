"""Where a person's name, numbers and addresses stand in words somebody wrote: every text of every table is looked at.

Names of people, groups, places and colleagues are no mentions: a namesake keeps theirs.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast

from crm.base.phones import shown_phone
from crm.erasing.outside import outside
from crm.people.models import ContactWay, Person

TAKEN_OUT = "(taken out)"
AT_ONCE = 40  # tables in one query: SQLite takes up to 500 (SQLITE_MAX_COMPOUND_SELECT)
OUR_APPS = ("crm", "engagement")
# Whose text is the name or way of somebody or something in its own right.
OWN_NAMES = frozenset({"person", "contactway", "user", "organisation", "area", "council", "team", "searchdocument",
                       "language", "revision", "idempotencykey", "auditevent", "apitoken"})  # fmt: skip
TEXTS = (models.CharField, models.TextField, models.JSONField)


@dataclass(frozen=True)
class Traces:
    """What to look for: the name, and numbers and addresses that are theirs alone."""

    name: str
    ways: Sequence[str]

    @property
    def everything(self) -> list[str]:
        """All of it, the longest first, so that no part of one is left behind."""
        return sorted({self.name, *self.ways}, key=len, reverse=True)


def traces_of(person: Person) -> Traces:
    """Their name, and every way to reach them that nobody else shares, as it is kept and as people write it. 2
    queries."""
    kept = set(ContactWay.objects.filter(person=person).exclude(value="").values_list("value", flat=True))
    shared = set(ContactWay.objects.filter(value__in=kept).exclude(person=person).values_list("value", flat=True))
    ways = {form for value in kept - shared for form in (value, shown_phone(value), _bare(value)) if len(form) > 5}
    return Traces(person.name, sorted(ways))


def _bare(value: str) -> str:
    """A telephone number without a gap, as people type it; another address as it is."""
    shown = shown_phone(value)
    return re.sub(r"\s", "", shown) if shown != value else value


def texts_of(model: type[models.Model]) -> list[Any]:
    """The fields of a model that hold words somebody wrote."""
    return [
        one for one in model._meta.local_fields if isinstance(one, TEXTS) and not one.choices and not one.is_relation
    ]


def models_with_words() -> Iterator[type[models.Model]]:
    """Every model of ours that may mention somebody."""
    for app in OUR_APPS:
        for model in apps.get_app_config(app).get_models():
            if model._meta.model_name not in OWN_NAMES and texts_of(model):
                yield model


def mentioning(rows: QuerySet[Any], needles: Sequence[str]) -> QuerySet[Any]:
    """Those of some rows that hold one of the needles in any of their texts."""
    wanted = Q()
    for one in texts_of(rows.model):
        path = one.attname
        if isinstance(one, models.JSONField):
            path = f"{one.attname}_as_text"
            rows = rows.annotate(**{path: Cast(one.attname, TextField())})
        for needle in needles:
            # JSON may be kept with every letter beyond ASCII written as a number.
            for form in {needle, json.dumps(needle)[1:-1]} if isinstance(one, models.JSONField) else {needle}:
                wanted |= Q(**{f"{path}__icontains": form})
    return rows.filter(wanted)


def mentions(traces: Traces) -> list[str]:
    """What mentions them, and how many of each kind, in words. A fixed number of queries, however many they are."""
    kinds = {model._meta.label: model for model in models_with_words()}
    found = how_many({name: mentioning(model._base_manager.all(), traces.everything) for name, model in kinds.items()})
    ours = [_in_words(kinds[name], number) for name, number in sorted(found.items())]
    beyond = [(place, place.holding(traces.everything)) for place in outside]
    return [*ours, *(place.words(number) for place, number in beyond if number)]


def _in_words(model: type[models.Model], number: int) -> str:
    name = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
    return f"{number} {name}"


def how_many(rows: Mapping[str, QuerySet[Any]]) -> Counter[str]:
    """Name → how many rows, for the names that have any; many tables are asked together."""
    parts = [
        found.order_by()
        .annotate(in_kind=Value(name, TextField()), by_key=Cast("pk", TextField()))
        .values_list("in_kind", "by_key")
        for name, found in rows.items()
    ]
    counted: Counter[str] = Counter()
    for start in range(0, len(parts), AT_ONCE):
        first, *rest = parts[start : start + AT_ONCE]
        counted.update(name for name, _ in first.union(*rest, all=True))
    return counted


def without(value: Any, needles: Sequence[str]) -> Any:
    """Words, or JSON of words, with the needles taken out."""
    if isinstance(value, str):
        for needle in needles:
            value = re.sub(re.escape(needle), TAKEN_OUT, value, flags=re.IGNORECASE)
        return value
    if isinstance(value, list):
        return [without(one, needles) for one in value]
    if isinstance(value, dict):
        return {key: without(one, needles) for key, one in value.items()}
    return value


def reworded(row: Any, needles: Sequence[str]) -> dict[str, Any]:
    """Field → its words with the needles taken out, for the fields that change; cut to what the field holds."""
    changed = {}
    for one in texts_of(type(row)):
        before = getattr(row, one.attname)
        after = without(before, needles)
        if after != before:
            most = getattr(one, "max_length", None)
            changed[one.attname] = after[:most] if most and isinstance(after, str) else after
    return changed
