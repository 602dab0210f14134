"""People: added and changed, with the ways to reach them, their languages and their roles in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.utils import timezone

from crm.accounts.models import User
from crm.areas.reports import locality_of
from crm.audit.actions import action, attach, lock, record, write
from crm.audit.verbs import Verb
from crm.base.links import set_links
from crm.base.rules import refuse_input_if
from crm.people import permissions, rules
from crm.people.details import PersonDetails
from crm.people.models import Person
from crm.people.parts import parts_of, replaced

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
    """Change a person; what hangs on them is given whole. Somebody who turns out to be under 18 is restricted.
    Raises `Stale`, `InputBlocked`."""
    fresh = lock(person, expected_version=expected_version)
    if rules.is_child(details.age_band) and not rules.is_child(fresh.age_band):
        details = _kept_close(details, actor)
    refuse_input_if(rules.blockers_to_keeping(details))
    _filled(fresh, details)
    readers = _kept_close(details, actor).named_readers if details.restricted else ()
    linked = set_links(fresh, "named_readers", readers)
    for name, rows in parts_of(fresh, details).items():
        linked |= replaced(fresh, name, rows)
    return write(fresh, verb=Verb.PERSON_CHANGED, linked=linked)


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
