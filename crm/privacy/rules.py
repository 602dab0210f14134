"""What is missing before a purpose, a permission, an objection or a restriction is saved: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone

from crm.base.rules import Blocker
from crm.base.tables import Line
from crm.people.models import ContactWay, Person
from crm.privacy.details import (
    NoticeDetails,
    ObjectionDetails,
    PermissionDetails,
    PurposeDetails,
    RestrictionDetails,
)
from crm.privacy.models import ContactPermission, LawfulBasis, Objection, Purpose, Restriction

NO_NAME = Blocker("name_missing", "Write the name of the purpose", "name")
NAME_TAKEN = Blocker("name_taken", "There is a purpose of this name already", "name")
NO_BASIS = Blocker("basis_missing", "Write down at least one lawful basis", "bases")
CHANNEL_TWICE = Blocker("channel_twice", "Each way stands once", "bases")
NO_PURPOSE = Blocker("purpose_missing", "Choose what they said it about", "purpose")
PURPOSE_ENDED = Blocker("purpose_ended", "This purpose is not used any more. Choose another", "purpose")
NO_HOW = Blocker("how_missing", "Write how they said so, like: at the drop-in, in Urdu", "how")
GIVEN_ALREADY = Blocker("permission_standing", "They gave this permission already", "purpose")
TAKEN_BACK = Blocker("permission_withdrawn", "They took this permission back already")
NO_REASON = Blocker("reason_missing", "Write why, in words the person can read", "reason")
NO_OUTCOME = Blocker("outcome_missing", "Choose what was decided", "outcome")
DECIDED = Blocker("objection_decided", "This objection is decided already")
STOPPED = Blocker("record_stopped", "This record is stopped already")
LIFTED = Blocker("restriction_lifted", "This restriction is lifted already")


def _day(day: date | None, field: str) -> Iterator[Blocker]:
    if day is None:
        yield Blocker("day_missing", "Write the day, like 24 11 2026", field)
    elif day > timezone.localdate():
        yield Blocker("day_in_future", "The day must be today or in the past", field)


def blockers_to_purpose(details: PurposeDetails, *, besides: Purpose | None = None) -> Iterator[Blocker]:
    """Everything that keeps this from being a purpose."""
    if not details.name.strip():
        yield NO_NAME
    others = Purpose.objects.exclude(pk=besides.pk) if besides else Purpose.objects.all()
    if details.name.strip() and others.filter(name__iexact=details.name.strip()).exists():
        yield NAME_TAKEN
    if not details.bases:
        yield NO_BASIS
    channels = [basis.channel for basis in details.bases]
    if len(channels) != len(set(channels)):
        yield CHANNEL_TWICE


def blockers_to_loading(lines: Sequence[Line]) -> Iterator[Blocker]:
    """Everything wrong in a file of purposes, by line."""
    seen: set[tuple[str, str]] = set()
    for line in lines:
        if not line["key"] or not line["name"]:
            yield line.wrong("purpose_unnamed", "give the purpose a key and a name")
        if line["basis"] not in LawfulBasis.Basis.values:
            yield line.wrong("basis_unknown", f"basis must be one of {', '.join(LawfulBasis.Basis.values)}")
        if line["channel"] and line["channel"] not in ContactWay.Kind.values:
            yield line.wrong("channel_unknown", f"channel must be one of {', '.join(ContactWay.Kind.values)}, or empty")
        if line["asks_permission"] not in ("yes", "no"):
            yield line.wrong("asks_permission_unknown", "asks_permission must be yes or no")
        if (line["key"], line["channel"]) in seen:
            yield line.wrong("basis_twice", "this purpose and way already stand above")
        seen.add((line["key"], line["channel"]))


def blockers_to_notice(details: NoticeDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being recorded."""
    yield from _day(details.given_on, "given_on")


def blockers_to_permission(person: Person, details: PermissionDetails) -> Iterator[Blocker]:
    """Everything that keeps this permission from being recorded."""
    yield from _day(details.given_on, "given_on")
    if details.purpose is None:
        yield NO_PURPOSE
    elif details.purpose.ended_on:
        yield PURPOSE_ENDED
    elif ContactPermission.objects.filter(
        person=person, purpose=details.purpose, channel=details.channel, withdrawn_on=None
    ).exists():
        yield GIVEN_ALREADY
    if not details.how.strip():
        yield NO_HOW


def blockers_to_withdrawing(permission: ContactPermission, how: str) -> Iterator[Blocker]:
    """Why a permission cannot be taken back."""
    if permission.withdrawn_on:
        yield TAKEN_BACK
    if not how.strip():
        yield NO_HOW


def blockers_to_objection(details: ObjectionDetails) -> Iterator[Blocker]:
    """Everything that keeps this objection from being recorded. They need give no reason."""
    yield from _day(details.raised_on, "raised_on")


def blockers_to_deciding(objection: Objection, outcome: str, reason: str) -> Iterator[Blocker]:
    """Why an objection cannot be decided like this."""
    if objection.outcome != Objection.Outcome.OPEN:
        yield DECIDED
    if outcome not in Objection.Outcome.values or outcome == Objection.Outcome.OPEN:
        yield NO_OUTCOME
    if not reason.strip():
        yield NO_REASON


def blockers_to_restricting(person: Person, details: RestrictionDetails) -> Iterator[Blocker]:
    """Why a record cannot be stopped."""
    if person.stopped_on:
        yield STOPPED
    yield from _day(details.asked_on, "asked_on")


def blockers_to_lifting(restriction: Restriction, reason: str) -> Iterator[Blocker]:
    """Why a restriction cannot be lifted."""
    if restriction.lifted_on:
        yield LIFTED
    if not reason.strip():
        yield NO_REASON
