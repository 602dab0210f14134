"""Who is due an answer: made when something is decided or different, and kept right when that is corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import lock, write, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.sending.actions import stop_message
from crm.sending.models import NOT_BEGUN, Message
from engagement.coproduction.decisions.models import AnsweredPoint, Decision, Outcome
from engagement.coproduction.projects.models import ProjectPerson
from engagement.coproduction.telling.letters_about import ABOUT
from engagement.coproduction.telling.models import Telling, ToWhom
from engagement.log.models import Point

State = Telling.State
NO_LONGER = "It does not answer what they said any more"
GONE = "What they would be told was withdrawn"
OPEN = (State.DUE, State.DRAFTED, State.HELD, State.NOT_DELIVERED)
FOLLOWS = {
    Message.State.WAITING: State.ON_ITS_WAY,
    Message.State.CLAIMED: State.ON_ITS_WAY,
    Message.State.HANDING_OVER: State.ON_ITS_WAY,
    Message.State.TO_PRINT: State.ON_ITS_WAY,
    Message.State.TO_PHONE: State.ON_ITS_WAY,
    Message.State.HANDED_OVER: State.TOLD,
    Message.State.POSTED: State.TOLD,
    Message.State.PHONED: State.TOLD,
    Message.State.HELD: State.HELD,
    Message.State.FAILED: State.NOT_DELIVERED,
    Message.State.NOT_KNOWN: State.NOT_DELIVERED,
    Message.State.WITHDRAWN: State.DUE,
}
Key = tuple[str, UUID]


@dataclass
class _Due:
    """What one person or group said that is answered."""

    points: list[Point] = field(default_factory=list)

    def first(self) -> Point:
        """What they said first."""
        return min(self.points, key=lambda point: (point.event.occurred_on, point.pk))


def make_due(actor: Actor, record: Decision | Outcome) -> None:
    """Everybody whose point it answers, and the groups these came through, are due an answer. Called inside the action
    that recorded, corrected or withdrew it."""
    if not isinstance(actor, User):
        return
    if record.is_withdrawn:
        _stop(actor, record)
        return
    wanted = _who(record)
    there = {_key(row): row for row in _about(record).select_for_update(of=("self",))}
    _add(record, {key: due for key, due in wanted.items() if key not in there})
    for key, row in there.items():
        if key in wanted:
            _put_points({row.pk: wanted[key].points}, replacing=True)
        elif row.state in OPEN:
            _let_go(actor, row, NO_LONGER)


def _about(record: Decision | Outcome) -> Any:
    rows = Telling.objects.order_by("id")
    return rows.filter(decision=record) if isinstance(record, Decision) else rows.filter(outcome=record)


def _key(row: Telling) -> Key | None:
    pk = row.person_id or row.organisation_id
    return (row.to_kind, pk) if pk else None


def _who(record: Decision | Outcome) -> dict[Key, _Due]:
    """Whoever said something it answers. 2 queries, however many points."""
    decision = record if isinstance(record, Decision) else record.decision
    rows = AnsweredPoint.objects.standing().filter(decision=decision).order_by("id")
    found: dict[Key, _Due] = defaultdict(_Due)
    for row in rows.select_related("point__event", "point__raised_by").prefetch_related("point__event__organisations"):
        for key in _said_by(row.point):
            found[key].points.append(row.point)
    for pk in _who_takes_part(decision):
        found.setdefault((ToWhom.PERSON, pk), _Due())
    return dict(found)


def _who_takes_part(decision: Decision) -> Iterable[UUID]:
    """Whoever takes part in its project hears of it, whether or not their own words are answered."""
    if decision.project_id is None:
        return []
    rows = ProjectPerson.objects.filter(project=decision.project_id, last_day=None, person__isnull=False)
    return rows.order_by("id").values_list("person", flat=True)


def _said_by(point: Point) -> Iterable[Key]:
    """The person who raised it, the group that raised it or brought it; where nobody is named, the groups met."""
    keys: list[Key] = []
    if point.raised_by is not None and point.raised_by.person_id is not None:
        keys.append((ToWhom.PERSON, point.raised_by.person_id))
    groups = [pk for pk in (point.raised_by_organisation_id, point.through_id) if pk is not None]
    if not groups and point.raised_by is None:
        groups = [group.pk for group in point.event.organisations.all()]
    return [*keys, *((ToWhom.ORGANISATION, pk) for pk in dict.fromkeys(groups))]


def _add(record: Decision | Outcome, wanted: dict[Key, _Due]) -> None:
    about = {"decision": record} if isinstance(record, Decision) else {"outcome": record}
    rows, points = [], {}
    for (kind, pk), due in wanted.items():
        said_on, locality = _said(record, due)
        row = Telling(to_kind=kind, said_on=said_on, locality_id=locality, due_since=timezone.localdate(), **about)
        if kind == ToWhom.PERSON:
            row.person_id = pk
        else:
            row.organisation_id = pk
        rows.append(row)
        points[row.pk] = due.points
    write_new(rows, verb=Verb.TELLING_DUE)
    _put_points(points)


def _said(record: Decision | Outcome, due: _Due) -> tuple[date, UUID | None]:
    """When and where they said the first of it; for whoever only takes part, the day of the decision."""
    if due.points:
        first = due.first().event
        return first.occurred_on, first.locality_id
    decision = record if isinstance(record, Decision) else record.decision
    return decision.decided_on, decision.locality_id


def _put_points(points: dict[UUID, list[Point]], *, replacing: bool = False) -> None:
    through = Telling.points.through.objects
    if replacing:
        through.filter(telling_id__in=points).delete()
    through.bulk_create(
        [Telling.points.through(telling_id=pk, point_id=point.pk) for pk, many in points.items() for point in many],
        batch_size=500,
    )


def _stop(actor: User, record: Decision | Outcome) -> None:
    """Nobody is told what was withdrawn."""
    rows = Telling.objects.of_decisions([record.pk]) if isinstance(record, Decision) else _about(record)
    for row in rows.filter(state__in=(*OPEN, State.ON_ITS_WAY)).select_for_update(of=("self",)):
        _let_go(actor, row, GONE)


def _let_go(actor: User, row: Telling, why: str) -> None:
    row = take_back(actor, row)
    if row.state == State.TOLD:
        return
    row.state, row.why = State.EXCUSED, why
    write(row, verb=Verb.TELLING_EXCUSED)


def take_back(actor: User, row: Telling) -> Telling:
    """Take a message back that has not gone, also one to somebody this actor may not see. Gives the row as it stands
    then."""
    message = row.message
    if message is None or message.state not in NOT_BEGUN:
        return row
    stop_message(actor=actor, message=message)
    return lock(row)


def follow_answer(message: Message, before: str) -> None:
    """How far the message is, the answer is too: told, on its way, held back with the reason, or not delivered."""
    if message.about_kind != ABOUT or message.state not in FOLLOWS:
        return
    row = Telling.objects.select_for_update(of=("self",)).filter(message=message).first()
    if row is None or row.state in (State.TOLD, State.EXCUSED):
        return
    row.state = FOLLOWS[Message.State(message.state)]
    row.why = message.why if row.state in (State.HELD, State.NOT_DELIVERED) else ""
    row.told_on = timezone.localdate(message.ended_at) if row.state == State.TOLD and message.ended_at else None
    write(row, verb=Verb.TELLING_MOVED)
