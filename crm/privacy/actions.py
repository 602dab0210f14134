"""What people allow us, and what they ask us to stop. Withdrawing, objecting and restricting are three acts; each works
at once, because whatever sends asks `crm.privacy.reports.ways_to_reach` first."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, record, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_input_if
from crm.base.tables import Line
from crm.people.models import Person
from crm.privacy import permissions, rules
from crm.privacy.details import (
    BasisDetails,
    NoticeDetails,
    ObjectionDetails,
    PermissionDetails,
    PurposeDetails,
    RestrictionDetails,
)
from crm.privacy.keys import key_for
from crm.privacy.models import ContactPermission, LawfulBasis, Objection, PrivacyNotice, Purpose, Restriction

OWN = ("words", "asks_permission", "ended_on")
BASIS = ("channel", "basis", "condition", "source")


@action(permissions.add_purpose)
def add_purpose(*, actor: User, details: PurposeDetails) -> Purpose:
    """Add a purpose; its key is made from its name and stays. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_purpose(details))
    purpose = write(_filled(Purpose(key=key_for(details.name)), details), verb=Verb.PURPOSE_ADDED)
    attach(_bases(purpose, details.bases))
    return purpose


@action(permissions.change_purpose)
def change_purpose(
    *, actor: User, purpose: Purpose, details: PurposeDetails, expected_version: int | None = None
) -> Purpose:
    """Change a purpose; its lawful bases are given whole. Raises `Stale`, `InputBlocked`."""
    fresh = lock(purpose, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_purpose(details, besides=fresh))
    return _changed(fresh, details, Verb.PURPOSE_CHANGED)


@action(permissions.load_purposes)
def load_purposes(*, actor: Actor, lines: Sequence[Line]) -> int:
    """Add the purposes of a file that are not there yet; what the council keeps already stays as it is. Returns how
    many were added. Raises `InputBlocked` with every mistake and its line."""
    refuse_input_if(rules.blockers_to_loading(lines))
    known = set(Purpose.objects.values_list("key", flat=True))
    wanted = dict.fromkeys(line["key"] for line in lines if line["key"] not in known)
    for key in wanted:
        own = [line for line in lines if line["key"] == key]
        details = PurposeDetails(
            own[0]["name"],
            own[0]["words"],
            own[0]["asks_permission"] == "yes",
            [BasisDetails(line["basis"], line["channel"], line["condition"], line["source"]) for line in own],
        )
        purpose = write(_filled(Purpose(key=key), details), verb=Verb.PURPOSE_ADDED)
        attach(_bases(purpose, details.bases))
    return len(wanted)


def _filled(purpose: Purpose, details: PurposeDetails) -> Purpose:
    purpose.name = details.name.strip()
    for name in OWN:
        setattr(purpose, name, getattr(details, name))
    return purpose


def _bases(purpose: Purpose, bases: Sequence[BasisDetails]) -> list[LawfulBasis]:
    return [LawfulBasis(purpose=purpose, **{name: getattr(basis, name) for name in BASIS}) for basis in bases]


def _changed(purpose: Purpose, details: PurposeDetails, verb: Verb) -> Purpose:
    _filled(purpose, details)
    rows = _bases(purpose, details.bases)
    before, after = ([[getattr(b, n) for n in BASIS] for b in many] for many in (purpose.bases.all(), rows))
    linked = {"bases": (before, after)} if sorted(before) != sorted(after) else {}
    if linked:
        purpose.bases.all().delete()
        attach(rows)
    return write(purpose, verb=verb, linked=linked)


@action(permissions.record_notice)
def record_notice(*, actor: User, person: Person, details: NoticeDetails) -> PrivacyNotice:
    """Record that they were told what we do with what we know (UK GDPR articles 13 and 14). Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_notice(details))
    assert details.given_on is not None  # the rules refused it otherwise
    notice = PrivacyNotice(
        person=person,
        recorded_by=actor,
        given_on=details.given_on,
        how=details.how,
        language=details.language,
        told_of_by_others=details.told_of_by_others,
    )
    return write(notice, verb=Verb.PRIVACY_TOLD)


@action(permissions.record_permission)
def record_permission(*, actor: User, person: Person, details: PermissionDetails) -> ContactPermission:
    """Record that they said we may get in touch. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_permission(person, details))
    assert details.given_on is not None  # the rules refused it otherwise
    given = ContactPermission(
        person=person,
        recorded_by=actor,
        purpose=details.purpose,
        channel=details.channel,
        given_on=details.given_on,
        how=details.how.strip(),
    )
    return write(given, verb=Verb.PERMISSION_GIVEN)


@action(permissions.withdraw_permission)
def withdraw_permission(
    *, actor: User, given: ContactPermission, how: str, expected_version: int | None = None
) -> ContactPermission:
    """Record that they took it back: from now on. Raises `Stale`, `InputBlocked`."""
    fresh = lock(given, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_withdrawing(fresh, how))
    fresh.withdrawn_on, fresh.withdrawn_how = timezone.localdate(), how.strip()
    return write(fresh, verb=Verb.PERMISSION_WITHDRAWN)


@action(permissions.record_objection)
def record_objection(*, actor: User, person: Person, details: ObjectionDetails) -> Objection:
    """Record that they object (UK GDPR article 21): the purpose stops now, the decision follows. Raises
    `InputBlocked`."""
    refuse_input_if(rules.blockers_to_objection(details))
    assert details.raised_on is not None  # the rules refused it otherwise
    objection = Objection(
        person=person,
        recorded_by=actor,
        purpose=details.purpose,
        raised_on=details.raised_on,
        words=details.words.strip(),
    )
    return write(objection, verb=Verb.OBJECTION_RAISED)


@action(permissions.decide_objection)
def decide_objection(
    *, actor: User, objection: Objection, outcome: str, reason: str, expected_version: int | None = None
) -> Objection:
    """Decide on an objection, with a reason the person can read. Only a refusal opens the ways again. Raises `Stale`,
    `InputBlocked`."""
    fresh = lock(objection, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_deciding(fresh, outcome, reason))
    fresh.outcome, fresh.reason, fresh.decided_on = outcome, reason.strip(), timezone.localdate()
    return write(fresh, verb=Verb.OBJECTION_DECIDED)


@action(permissions.restrict_person)
def restrict_person(*, actor: User, person: Person, details: RestrictionDetails) -> Restriction:
    """Stop using a person's record (UK GDPR article 18): it is stored and left alone, gone from every list in this
    moment, for everybody. Raises `InputBlocked`."""
    fresh = lock(person)
    refuse_input_if(rules.blockers_to_restricting(fresh, details))
    assert details.asked_on is not None  # the rules refused it otherwise
    restriction = Restriction(
        person=fresh,
        recorded_by=actor,
        asked_on=details.asked_on,
        ground=details.ground,
        words=details.words.strip(),
    )
    fresh.stopped_on = timezone.localdate()
    write(fresh, verb=Verb.RECORD_STOPPED)
    return write(restriction, verb=Verb.RECORD_STOPPED)


@action(permissions.lift_restriction)
def lift_restriction(
    *, actor: User, restriction: Restriction, reason: str, expected_version: int | None = None
) -> Restriction:
    """Use the record again. The person must be told first (UK GDPR article 18(3)). Raises `Stale`, `InputBlocked`."""
    fresh = lock(restriction, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_lifting(fresh, reason))
    person = lock(fresh.person)
    person.stopped_on = None
    write(person, verb=Verb.RECORD_RELEASED)
    fresh.lifted_on, fresh.lifted_by, fresh.lifted_reason = timezone.localdate(), actor, reason.strip()
    return write(fresh, verb=Verb.RECORD_RELEASED)


@action(permissions.read_stopped_people)
def read_stopped_people(*, actor: User, people: Sequence[Person]) -> None:
    """Record that somebody was shown who asked us to stop: one audit event for each person."""
    for person in people:
        record(Verb.STOPPED_READ, subject=person)
