"""Points: adding and correcting what people told us."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

from django.db.models import Max

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write, write_new
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from crm.people.rules import is_child
from engagement.log import permissions, rules
from engagement.log.details import PointDetails
from engagement.log.history import POINTS
from engagement.log.models import Contribution, EngagementEvent, EventCorrection, Point

PLAIN = [f.name for f in fields(PointDetails) if f.name != "raised_by"]


def save_points(event: EngagementEvent, points: Sequence[PointDetails], present: dict[object, Contribution]) -> None:
    """Write the points of a new contact. `present` maps a person's id to their contribution."""
    write_new(
        [_point(event, details, place, present) for place, details in enumerate(points, start=1)],
        verb=Verb.POINT_ADDED,
    )


def _point(event: EngagementEvent, details: PointDetails, position: int, present: dict[object, Contribution]) -> Point:
    values = {name: getattr(details, name) for name in PLAIN}
    if details.raised_by and is_child(details.raised_by.age_band):
        values["quoting"] = Point.Quoting.ASKED_NO
    raised_by = present[details.raised_by.pk] if details.raised_by else None
    return Point(event=event, position=position, raised_by=raised_by, **{**values, "words": details.words.strip()})


def _present(event: EngagementEvent) -> dict[object, Contribution]:
    return {row.person_id: row for row in event.contributions.select_related("person") if row.person_id}


def _children(present: dict[object, Contribution]) -> set[object]:
    return rules.children_in(row.person for row in present.values() if row.person)


@action(permissions.add_point)
def add_point(*, actor: User, event: EngagementEvent, point: PointDetails) -> Point:
    """Add a point to a contact. Raises `Blocked` when the contact was withdrawn, `InputBlocked` for what is missing."""
    event = lock(event)
    refuse_if(rules.blockers_to_adding_to(event))
    present = _present(event)
    refuse_input_if(rules.blockers_to_adding_point(point, set(present)))
    refuse_input_if(rules.blockers_to_quoting(point, _children(present)))
    last = event.points.aggregate(last=Max("position"))["last"] or 0
    return write(_point(event, point, last + 1, present), verb=Verb.POINT_ADDED)


@action(permissions.correct_point)
def correct_point(
    *,
    actor: User,
    event: EngagementEvent,
    point: Point,
    corrected: PointDetails,
    reason: str,
    expected_version: int | None = None,
) -> Point:
    """Correct a point; who did it, why, and what it said before are kept with the contact. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(point, expected_version=expected_version)
    refuse_if(rules.blockers_to_adding_to(fresh.event))
    present = _present(fresh.event)
    blockers = rules.blockers_to_adding_point(corrected, set(present))
    refuse_input_if([*blockers, *rules.reason_missing(reason)])
    refuse_input_if(rules.blockers_to_quoting(corrected, _children(present)))
    for name in PLAIN:
        setattr(fresh, name, getattr(corrected, name))
    if corrected.raised_by and is_child(corrected.raised_by.age_band):
        fresh.quoting = Point.Quoting.ASKED_NO
    fresh.words = corrected.words.strip()
    fresh.raised_by = present[corrected.raised_by.pk] if corrected.raised_by else None
    if fresh.changed_fields():
        attach([EventCorrection(event=fresh.event, corrected_by=actor, reason=reason.strip(), fields=[POINTS])])
    return write(fresh, verb=Verb.POINT_CORRECTED)
