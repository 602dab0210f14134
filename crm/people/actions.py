"""People: added and changed, with the ways to reach them, their languages and their roles in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import models
from django.utils import timezone

from crm.accounts.models import User
from crm.areas.reports import locality_of
from crm.audit.actions import action, attach, lock, record, write
from crm.audit.verbs import Verb
from crm.base.links import set_links
from crm.base.rules import refuse_if, refuse_input_if
from crm.organisations.models import Organisation
from crm.people import permissions, rules
from crm.people.details import IntermediaryDetails, PersonDetails, RoleDetails, SupporterDetails
from crm.people.models import Intermediary, Person, Supporter
from crm.people.parts import PARTS, parts_of, plain_parts
from crm.people.readers import with_reader

OWN_FIELDS = ("age_band", "area", "restricted", "interpreter", "interpreter_not_from_community")
WORDS = ("name", "form_of_address", "pronouns", "contact_rules", "interpreter_note", "responsible_adult")


@action(permissions.add_person)
def add_person(*, actor: User, details: PersonDetails) -> Person:
    """Add a person. Raises `InputBlocked` with every reason at once.

    The locality is the one the ward lies in today, the team is the actor's. Somebody under 18 is restricted, and
    whoever restricts a person stays among the readers.
    """
    if rules.is_child(details.age_band):
        details = _kept_close(details, actor)
    refuse_input_if(rules.blockers_to_keeping(details))
    person = write(_filled(Person(entered_by=actor, team_id=actor.home_team_id), details), verb=Verb.PERSON_ADDED)
    if details.restricted:
        person.named_readers.set(_kept_close(details, actor).named_readers)
    for rows in parts_of(person, details).values():
        attach(rows)
    return person


@action(permissions.change_person)
def change_person(
    *, actor: User, person: Person, details: PersonDetails, expected_version: int | None = None
) -> Person:
    """Change a person; what hangs on them is given whole. Somebody who turns out to be under 18 is restricted. Roles in
    groups the actor may not open stay as they are. Raises `Stale`, `InputBlocked`."""
    fresh = lock(person, expected_version=expected_version)
    if rules.is_child(details.age_band) and not rules.is_child(fresh.age_band):
        details = _kept_close(details, actor)
    refuse_input_if(rules.blockers_to_keeping(details))
    details = _with_unseen_roles(fresh, details, actor)
    _filled(fresh, details)
    readers = _kept_close(details, actor).named_readers if details.restricted else ()
    linked = set_links(fresh, "named_readers", readers)
    for name, rows in parts_of(fresh, details).items():
        linked |= _replaced(fresh, name, rows)
    return write(fresh, verb=Verb.PERSON_CHANGED, linked=linked)


def _replaced(person: Person, name: str, rows: Sequence[models.Model]) -> dict[str, tuple[Any, Any]]:
    """Put new rows in place of a person's old ones, if they differ. Returns what changed, for the audit."""
    link = getattr(person, name)
    before, after = plain_parts(link.all(), PARTS[name]), plain_parts(rows, PARTS[name])
    if before == after:
        return {}
    link.all().delete()
    attach(rows)
    return {name: (before, after)}


def _with_unseen_roles(person: Person, details: PersonDetails, actor: User) -> PersonDetails:
    """The details with the roles in groups the actor may not open as they stand: whoever was not shown a group cannot
    have meant to take its role away."""
    stand = person.roles.select_related("organisation")
    groups = {role.organisation_id for role in stand} | {role.organisation.pk for role in details.roles}
    seen = Organisation.objects.seen_among(actor, groups)
    unseen = [
        RoleDetails(role.organisation, role.role, first_day=role.first_day, last_day=role.last_day)
        for role in stand
        if role.organisation_id not in seen
    ]
    return replace(details, roles=[*(role for role in details.roles if role.organisation.pk in seen), *unseen])


def _kept_close(details: PersonDetails, actor: User) -> PersonDetails:
    """The details restricted, with the actor among the readers."""
    readers = {reader.pk: reader for reader in [*details.named_readers, actor]}
    return replace(details, restricted=True, named_readers=list(readers.values()))


def _filled(person: Person, details: PersonDetails) -> Person:
    for name in OWN_FIELDS:
        setattr(person, name, getattr(details, name))
    for name in WORDS:
        setattr(person, name, getattr(details, name).strip())
    person.locality = locality_of(details.area, timezone.localdate())
    return person


@action(permissions.read_restricted_people)
def read_restricted_people(*, actor: User, people: Sequence[Person]) -> None:
    """Record that somebody was shown restricted people: one audit event for each."""
    for person in people:
        record(Verb.PERSON_READ, subject=person)


@action(permissions.add_supporter)
def add_supporter(*, actor: User, person: Person, details: SupporterDetails) -> Supporter:
    """Write down who supports a person. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_supporter(person, details))
    return write(_beside(Supporter(person=person), details), verb=Verb.SUPPORTER_ADDED)


@action(permissions.change_supporter)
def change_supporter(
    *, actor: User, supporter: Supporter, details: SupporterDetails, expected_version: int | None = None
) -> Supporter:
    """Change who supports a person. Their own record stays where the actor may not see it and names none. Raises
    `Stale`, `Blocked` when it has ended, `InputBlocked`."""
    fresh = lock(supporter, expected_version=expected_version)
    refuse_if(rules.blockers_to_ending(fresh))
    if details.supporter is None:
        details = replace(details, supporter=_unless_seen(fresh.supporter, actor))
    refuse_input_if(rules.blockers_to_supporter(fresh.person, details))
    return write(_beside(fresh, details), verb=Verb.SUPPORTER_CHANGED)


@action(permissions.end_supporter)
def end_supporter(*, actor: User, supporter: Supporter, expected_version: int | None = None) -> Supporter:
    """They support the person no more. Raises `Stale`, `Blocked` when it has ended."""
    fresh = lock(supporter, expected_version=expected_version)
    refuse_if(rules.blockers_to_ending(fresh))
    fresh.ended_on = timezone.localdate()
    return write(fresh, verb=Verb.SUPPORTER_ENDED)


def _beside(supporter: Supporter, details: SupporterDetails) -> Supporter:
    supporter.kind, supporter.relation = details.kind, details.relation.strip()
    supporter.supporter = details.supporter
    return supporter


@action(permissions.add_intermediary)
def add_intermediary(*, actor: User, person: Person, details: IntermediaryDetails) -> Intermediary:
    """Write down through whom a person is reached, and with whose agreement. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_intermediary(person, details))
    return write(_between(Intermediary(person=person, recorded_by=actor), details), verb=Verb.INTERMEDIARY_ADDED)


@action(permissions.change_intermediary)
def change_intermediary(
    *, actor: User, intermediary: Intermediary, details: IntermediaryDetails, expected_version: int | None = None
) -> Intermediary:
    """Change through whom a person is reached. Whoever it is stays where the actor may not see them and names nobody.
    Raises `Stale`, `Blocked` when it has ended, `InputBlocked`."""
    fresh = lock(intermediary, expected_version=expected_version)
    refuse_if(rules.blockers_to_ending(fresh))
    if details.through_person is None and details.through_organisation is None:
        details = _with_unseen(fresh, details, actor)
    refuse_input_if(rules.blockers_to_intermediary(fresh.person, details))
    return write(_between(fresh, details), verb=Verb.INTERMEDIARY_CHANGED)


@action(permissions.end_intermediary)
def end_intermediary(*, actor: User, intermediary: Intermediary, expected_version: int | None = None) -> Intermediary:
    """The person is not reached through them any more. Raises `Stale`, `Blocked` when it has ended."""
    fresh = lock(intermediary, expected_version=expected_version)
    refuse_if(rules.blockers_to_ending(fresh))
    fresh.ended_on = timezone.localdate()
    return write(fresh, verb=Verb.INTERMEDIARY_ENDED)


def _with_unseen(row: Intermediary, details: IntermediaryDetails, actor: User) -> IntermediaryDetails:
    """The details with the person or group that the actor was not shown, and cannot have meant to take away."""
    group = row.through_organisation
    if group is not None and Organisation.objects.seen_among(actor, {group.pk}):
        group = None
    return replace(details, through_person=_unless_seen(row.through_person, actor), through_organisation=group)


def _unless_seen(person: Person | None, actor: User) -> Person | None:
    """The person, where the actor may not see them."""
    if person is None or Person.objects.visible_to(actor).filter(pk=person.pk).exists():
        return None
    return person


def _between(row: Intermediary, details: IntermediaryDetails) -> Intermediary:
    assert details.agreed_on is not None  # the rules refused it otherwise
    row.through_person, row.through_organisation = details.through_person, details.through_organisation
    row.agreed_by, row.agreed_on = details.agreed_by.strip(), details.agreed_on
    row.gatekeeper_risk = details.gatekeeper_risk.strip()
    return row


@action(permissions.name_reader_of_person)
def name_reader_of_person(
    *, actor: User, person: Person, reader: User | None, expected_version: int | None = None
) -> Person:
    """Give a restricted person whose readers have all left a new one. The administrator who does it sees no word of
    theirs. Raises `Stale`, `InputBlocked`."""
    fresh = lock(person, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_naming_a_reader(fresh, reader))
    return write(fresh, verb=Verb.READER_NAMED, linked=with_reader(fresh, reader))
