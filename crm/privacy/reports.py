"""Whether and how a person may be reached: the one thing that whatever sends must ask, each time, before it sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from crm.base.kept import asked_ahead, kept_for_all
from crm.base.together import load_together
from crm.people.models import ContactWay, Person
from crm.people.safety import STOPPED, WayAnswer, WaysAnswer, ways_of
from crm.privacy.models import ContactPermission, LawfulBasis, Objection, PrivacyNotice, Purpose

OBJECTED = "They objected to this"
OBJECTED_TO_ALL = "They objected to everything we do"
PART = "Their objection was granted in part: {reason}"
ENDED = "We do not do this any more"
NO_BASIS = "Nobody has written down a lawful basis for this"
NOT_ALLOWED = "They have not said that we may get in touch about this"
NO_CONSENT = "This way needs their consent, and they have not given it"
NOT_TOLD = "They have not been told yet what we do with what we know about them. Tell them."

TOLD_AND_ALLOWED = ("permissions_given__purpose", "privacy_notices")


def ways_to_reach(person: Person, *, purpose: Purpose | None = None) -> WaysAnswer:
    """Every way to reach a person for a purpose: open or closed, why in words, and what must be obeyed ("never leave a
    voice message").

    Without a purpose, it answers for getting in touch at all. A purpose closes a way when the person objected to it,
    when it asks first and they did not say yes, when the way rests on their consent and they did not give it, and when
    nobody wrote down a lawful basis. What they told us about their safety, and an objection to everything, come first,
    from `crm.people.safety`. Whether the record was stopped is asked of the database, not of `person`, which may be
    old, and so is what they objected to. At most 6 queries, however many ways.
    """
    own = ways_of(person)
    asked: list[tuple[Any, ...]] = [(_told, person.pk), (_objected, person.pk), (_in_use, person.pk)]
    if purpose is not None:
        asked.append((_allowed, person.pk, purpose.pk))
    with asked_ahead(asked):
        told, objected, in_use = _told(person.pk), _objected(person.pk), _in_use(person.pk)
        allowed = set() if purpose is None else {channel for (channel,) in _allowed(person.pk, purpose.pk)}
    answer = replace(own, before=[*own.before, *([] if told else [NOT_TOLD])])
    if not in_use:
        return replace(answer, ways=[_closed(way, [STOPPED]) for way in answer.ways])
    to_everything = [_why(row) for row in objected if row.purpose_id is None]
    answer = replace(answer, ways=[_closed(way, to_everything) for way in answer.ways])
    if purpose is None:
        return answer
    return _for_purpose(answer, purpose, [_why(row) for row in objected if row.purpose_id == purpose.pk], allowed)


@kept_for_all
def _told(person: UUID) -> QuerySet[Any, Any]:
    return PrivacyNotice.objects.filter(person=person).order_by().values_list("pk")[:1]


@kept_for_all
def _objected(person: UUID) -> QuerySet[Objection]:
    return standing_objections().filter(person=person)


@kept_for_all
def _in_use(person: UUID) -> QuerySet[Any, Any]:
    return Person.objects.filter(pk=person, stopped_on=None).order_by().values_list("pk")


@kept_for_all
def _allowed(person: UUID, purpose: UUID) -> QuerySet[Any, Any]:
    given = ContactPermission.objects.filter(person=person, purpose=purpose, withdrawn_on=None)
    return given.order_by().values_list("channel")


def _for_purpose(answer: WaysAnswer, purpose: Purpose, always: list[str], allowed: set[str]) -> WaysAnswer:
    if purpose.ended_on:
        always.append(ENDED)
    bases = {basis.channel: basis for basis in purpose.bases.all()}
    return replace(
        answer,
        ways=[_closed(way, [*always, *_not_allowed(way.way, purpose, bases, allowed)]) for way in answer.ways],
    )


def _closed(answer: WayAnswer, reasons: Sequence[str]) -> WayAnswer:
    if not reasons:
        return answer
    return replace(answer, reasons=list(dict.fromkeys([*answer.reasons, *reasons])), obey=[])


def _not_allowed(way: ContactWay, purpose: Purpose, bases: dict[str, LawfulBasis], allowed: set[str]) -> list[str]:
    basis = bases.get(way.kind) or bases.get("")
    if basis is None:
        return [NO_BASIS]
    if {way.kind, ""} & allowed:
        return []
    if purpose.asks_permission:
        return [NOT_ALLOWED]
    return [NO_CONSENT] if basis.basis == LawfulBasis.Basis.CONSENT else []


def standing_objections() -> QuerySet[Any]:
    """Objections that stop something: not decided, granted, or granted in part. Only a refusal opens the ways again;
    what "in part" leaves open is a person's to judge, not a program's."""
    return Objection.objects.exclude(outcome=Objection.Outcome.REFUSED).order_by("id")


def _why(objection: Objection) -> str:
    if objection.outcome == Objection.Outcome.PART:
        return PART.format(reason=objection.reason.rstrip("."))
    return OBJECTED if objection.purpose_id else OBJECTED_TO_ALL


def objections_that_stand(person: Person) -> list[Objection]:
    """Those of `standing_objections` that a person made, for showing them. No query where they are loaded: whatever
    sends asks `ways_to_reach`."""
    standing = [row for row in person.objections.all() if row.outcome != Objection.Outcome.REFUSED]
    return sorted(standing, key=lambda row: row.pk)


def objections_to_everything(person: Person) -> list[str]:
    """Why no way at all may be used, for the person's page: they objected to everything we do."""
    return [_why(row) for row in objections_that_stand(person) if row.purpose_id is None]


def standing_permissions(person: Person) -> list[ContactPermission]:
    """What they said we may get in touch about, by the purpose's name. 1 query with whether they were told."""
    load_together([person], *TOLD_AND_ALLOWED)
    standing = [row for row in person.permissions_given.all() if row.withdrawn_on is None]
    return sorted(standing, key=lambda row: (row.purpose.name, row.pk))


def was_told(person: Person) -> bool:
    """Whether they were told what we do with what we know about them. 1 query with what they allow."""
    load_together([person], *TOLD_AND_ALLOWED)
    return bool(person.privacy_notices.all())
