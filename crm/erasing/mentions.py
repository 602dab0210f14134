"""Where a person's name, numbers and addresses stand in words somebody wrote: every text of every table is looked at.

Names of people, groups, places and colleagues are no mentions: a namesake keeps theirs, and whoever decides is told
which group or place bears the name.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast

from crm.erasing.asking import AT_ONCE, MayHold, joined, that_may_hold
from crm.erasing.outside import outside
from crm.erasing.spelling import Needle, stands_in, without
from crm.erasing.traces import Traces
from crm.people.models import ContactWay, Person

OUR_APPS = ("crm", "engagement")
# Whose text is the name of somebody or something in its own right, or is looked at by itself.
OWN_NAMES = frozenset({"user", "area", "council", "team", "searchdocument", "language", "revision", "idempotencykey",
                       "auditevent"})  # fmt: skip
# A group or a place may be called like somebody; so may another person, and two may share a number. Whatever else is
# said of them is words like others.
OWN_FIELDS = frozenset({"organisation.name", "venue.name", "person.name", "contactway.value"})
# Of these whoever decides is told: a colleague's account, or the council's own number, may be the person's too.
KEEP_THEIRS = OWN_FIELDS | {"user.name", "user.email", "team.name", "area.name", "council.contact_phone",
                            "council.contact_email", "council.safeguarding_phone"}  # fmt: skip
# What must stay a number or an address, or be empty.
NUMBERS = frozenset({"phone", "contact_phone"})
GONE = "taken-out"  # in an address
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


def models_that_may_mention(needles: Sequence[Needle]) -> list[type[models.Model]]:
    """Those of them in which one of the needles may stand."""
    return that_may_hold({model: texts_of(model) for model in models_with_words()}, needles)


def may_hold(rows: QuerySet[Any], texts: Sequence[Any], needles: Sequence[Needle]) -> QuerySet[Any]:
    """Those of some rows where one of the needles may stand in any of their texts. A look at the words themselves tells
    whether it does."""
    return rows.filter(MayHold(joined(texts), needles))


def mentioning(rows: QuerySet[Any], needles: Sequence[Needle]) -> list[Any]:
    """The rows that hold one of the needles in any of their texts. 1 query."""
    texts = texts_of(rows.model)
    return [row for row in may_hold(rows, texts, needles) if stands_in(as_text(row, texts), needles)]


def held(rows: Sequence[Any]) -> list[Any]:
    """The rows as they are now, held until the transaction ends: what somebody else was just writing is not lost, and
    brings back no name that was taken out. 1 query where there are any."""
    if not rows:
        return []
    fresh = type(rows[0])._base_manager.select_for_update(of=("self",))
    return list(fresh.filter(pk__in=[row.pk for row in rows]).order_by("pk"))


def as_text(row: Any, texts: Sequence[Any]) -> str:
    """All the texts of a row, one a line."""
    values = (getattr(row, one.attname) for one in texts)
    return "\n".join(one if isinstance(one, str) else json.dumps(one, default=str) for one in values)


def words_beside(model: type[models.Model], traces: Traces) -> QuerySet[Any]:
    """The rows of a model that are not the person's own, which go with them."""
    rows = model._base_manager.all()
    if model is Person:
        return rows.exclude(pk=traces.whose)
    return rows.exclude(person=traces.whose) if model is ContactWay else rows


def mentions(traces: Traces) -> list[str]:
    """What mentions them, and how many of each kind, in words. A fixed number of queries, however many they are."""
    kinds = {model._meta.label: model for model in models_with_words()}
    looked = {name: (words_beside(model, traces), texts_of(model)) for name, model in kinds.items()}
    found = how_many_mention(looked, traces.everything)
    ours = [_in_words(kinds[name], number) for name, number in sorted(found.items())]
    beyond = [(place, place.holding(traces.everything)) for place in outside]
    return [*ours, *(place.words(number) for place, number in beyond if number)]


def called_like_them(traces: Traces) -> list[str]:
    """Who and what bears their name, or has a number or address with it, in words: they keep it. 1 query."""
    looked = {}
    for label in sorted({one.split(".")[0] for one in KEEP_THEIRS}):
        model = apps.get_model("crm", label)
        own = [one for one in model._meta.local_fields if f"{label}.{one.attname}" in KEEP_THEIRS]
        looked[label] = words_beside(model, traces), own
    found = how_many_mention(looked, traces.everything)
    return [_in_words(apps.get_model("crm", label), number) for label, number in sorted(found.items())]


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
        .annotate(in_kind=Value(name, TextField()), all_words=joined(texts))
        .values_list("in_kind", "all_words")
        for name, (rows, texts) in looked.items()
    ]
    return Counter(name for name, words in _together(parts) if stands_in(words, needles))


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
    or an address is emptied; what leads to a page stays an address."""
    changed = {}
    for one in texts_of(type(row)):
        before = getattr(row, one.attname)
        leads = isinstance(one, models.SlugField)
        after = without(before, needles, GONE) if leads else without(before, needles)
        if after != before:
            most = getattr(one, "max_length", None)
            never_words = one.attname in NUMBERS or isinstance(one, (models.EmailField, models.URLField))
            after = "" if never_words else after
            changed[one.attname] = alone(row, one, after[:most] if most and isinstance(after, str) else after)
    return changed


def alone(row: Any, field: Any, value: Any) -> Any:
    """The words, numbered where no other row may have the same."""
    rows = type(row)._base_manager.exclude(pk=row.pk)
    if not (isinstance(value, str) and value and _stands_alone(field)):
        return value
    number, free = 1, value
    gap = "-" if isinstance(field, models.SlugField) else " "
    while rows.filter(**{f"{field.attname}__iexact": free}).exists():
        number += 1
        end = f"{gap}{number}"
        free = f"{value[: (field.max_length or len(value) + len(end)) - len(end)]}{end}"
    return free


def _stands_alone(field: Any) -> bool:
    """Whether a constraint of its table may refuse the same words twice."""
    meta = field.model._meta
    together = {name for names in meta.unique_together for name in names}
    for one in meta.constraints:
        if isinstance(one, models.UniqueConstraint):
            parts = [part for whole in one.expressions for part in getattr(whole, "flatten", lambda: ())()]
            together |= {*one.fields, *(str(part.name) for part in parts if hasattr(part, "name"))}
    return field.unique or field.name in together
