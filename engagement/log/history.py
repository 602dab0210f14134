"""What was changed in a contact and its points, by whom and why: for those alone who may read the contact's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from crm.audit.models import AuditEvent
from crm.audit.verbs import Verb
from crm.base.kept import Words, kept_for_all
from crm.base.words import full_day
from engagement.log.models import EngagementEvent, EventCorrection, Point

POINTS = "points"  # in a correction's fields: one of the points was corrected
AT_ONCE = timedelta(seconds=5)  # a reason and the trail of its change are written by one action
PARTS = {"reach": "who was reached", "barriers": "barriers noticed", "people": "people we met"}
# Where the pages of a contact ask for a field in other words than the model has for it.
AS_ON_THE_PAGE = {
    "follow_up": "what to do next", "follow_up_on": "what to do next, by which day", "organisations": "groups we met",
    "met_in_words": "who we met, in words", "place": "where, in words",
    "support_used": "access and language support", "languages_used": "languages used",
    "restricted": "only named colleagues can read it", "named_readers": "who can read it",
}  # fmt: skip
# Said as the sentence of the change itself.
UNSAID = frozenset({"withdrawn_at", "withdrawn_by_id", "withdrawn_reason"})


@dataclass(frozen=True)
class Change:
    """One line of a record's history: when, who, what, why, and each field before and after."""

    at: Any
    who: str
    what: str
    why: str
    values: Sequence[tuple[str, Any, Any]]


@kept_for_all
def _trail(event: Words, points: tuple[Words, ...]) -> Any:
    own = Q(subject_type="engagementevent", subject_id=event)
    said = Q(subject_type="point", subject_id__in=points, verb=Verb.POINT_CORRECTED)
    return AuditEvent.objects.filter(own | said).select_related("actor", "revision").order_by("-at", "-id")


@kept_for_all
def _reasons(event: UUID) -> Any:
    return EventCorrection.objects.filter(event=event)


def asks_of_history(event: EngagementEvent) -> list[tuple[Any, ...]]:
    """What the history of a contact will ask, to be asked together with what else its page asks."""
    return [(_trail, *_in_words(event)), (_reasons, event.pk)]


def _in_words(event: EngagementEvent) -> tuple[Words, tuple[Words, ...]]:
    return Words(event.pk), tuple(Words(point.pk) for point in event.points.all())


def history_of(event: EngagementEvent) -> list[Change]:
    """What was changed in a contact and its points, by whom and why, newest first: 2 queries. Ask for a contact whose
    words its reader may read: here stand those it held before."""
    numbers = {str(point.pk): place for place, point in enumerate(event.points.all(), start=1)}
    reasons = _reasons(event.pk)
    return [_change(row, event, reasons, numbers) for row in _trail(*_in_words(event))]


def _change(
    row: AuditEvent, event: EngagementEvent, reasons: Sequence[EventCorrection], numbers: dict[str, int]
) -> Change:
    revision = getattr(row, "revision", None)
    model = Point if row.subject_type == "point" else EngagementEvent
    changed = (revision.values if revision else {}).items()
    which = f" (number {numbers[row.subject_id]})" if model is Point and len(numbers) > 1 else ""
    return Change(
        at=row.at,
        who=str(row.actor or "Heard"),
        what=f"{Verb(row.verb).label}{which}",
        why=event.withdrawn_reason if row.verb == Verb.CONTACT_WITHDRAWN else _reason(row, reasons),
        values=[_readable(model, name, *pair) for name, pair in changed if name not in UNSAID],
    )


def _reason(row: AuditEvent, reasons: Sequence[EventCorrection]) -> str:
    """The reason that this colleague gave for a change of this kind, nearest to it in time."""
    of_point = row.subject_type == "point"
    said = [c for c in reasons if c.corrected_by_id == row.actor_id and (POINTS in c.fields) == of_point]
    nearest = min(said, key=lambda c: abs(c.corrected_at - row.at), default=None)
    return nearest.reason if nearest and abs(nearest.corrected_at - row.at) < AT_ONCE else ""


def _readable(model: type[models.Model], name: str, before: Any, after: Any) -> tuple[str, Any, Any]:
    """A changed field in the officer's words; ids of linked records say nothing to a reader and are left out."""
    attname = name.removesuffix("_id")
    if attname == "reach":
        return _reached(before, after)
    field: Any = None if attname in PARTS else model._meta.get_field(attname)
    label = PARTS[attname] if field is None else AS_ON_THE_PAGE.get(attname, str(field.verbose_name))
    if name != attname or isinstance(before, list):
        return label, None, None
    return label, _said(field, before), _said(field, after)


def _said(field: Any, value: Any) -> Any:
    """A stored value as the page says it elsewhere."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value in (None, ""):
        return None
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return full_day(date.fromisoformat(value))
    if isinstance(field, models.TimeField):
        return f"{time.fromisoformat(value):%H:%M}"
    return dict(field.flatchoices).get(value, value)


def _reached(before: Any, after: Any) -> tuple[str, Any, Any]:
    """How many people, row by row; who they are does not change in numbers, so then it says only that it changed."""
    then, now = (", ".join(row[1] for row in rows if row[1] != "None") for rows in (before, after))
    return (PARTS["reach"], None, None) if then == now else (PARTS["reach"], then or None, now or None)
