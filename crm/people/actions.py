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
from crm.base.phones import kept_phone
from crm.base.rules import refuse_input_if
from crm.people import permissions, rules
from crm.people.details import PersonDetails
from crm.people.models import ContactWay, Person, PersonLanguage, PersonRole

OWN_FIELDS = ("age_band", "area", "restricted")
WORDS = ("name", "form_of_address", "pronouns", "contact_rules", "responsible_adult")
# What is compared to see whether a part changed, for the audit's revision.
PARTS: dict[str, tuple[str, ...]] = {
    "ways": ("kind", "value", "is_preferred", "do_not_use", "note"),
    "language_uses": ("language_id", "use", "is_preferred"),
    "roles": ("organisation_id", "role", "first_day", "last_day"),
}


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
    for rows in _parts(person, details).values():
        attach(rows)
    return person


@action(permissions.change_person)
def change_person(
    *, actor: User, person: Person, details: PersonDetails, expected_version: int | None = None
) -> Person:
    """Change a person; ways, languages and roles are given whole. Somebody who turns out to be under 18 is restricted.
    Raises `Stale`, `InputBlocked`."""
    fresh = lock(person, expected_version=expected_version)
    if rules.is_child(details.age_band) and not rules.is_child(fresh.age_band):
        details = _kept_close(details, actor)
    refuse_input_if(rules.blockers_to_keeping(details))
    _filled(fresh, details)
    readers = _kept_close(details, actor).named_readers if details.restricted else ()
    linked = set_links(fresh, "named_readers", readers)
    for name, rows in _parts(fresh, details).items():
        linked |= _replaced(fresh, name, rows)
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


def _parts(person: Person, details: PersonDetails) -> dict[str, Sequence[models.Model]]:
    """The rows that hang on a person, by the name of their relation."""
    return {
        "ways": [
            ContactWay(
                person=person,
                kind=way.kind,
                value=(kept_phone(way.value) or "") if way.kind in rules.BY_NUMBER else way.value.strip(),
                is_preferred=way.is_preferred,
                do_not_use=way.do_not_use,
                note=way.note.strip(),
            )
            for way in details.ways
        ],
        "language_uses": [
            PersonLanguage(person=person, language=use.language, use=use.use, is_preferred=use.is_preferred)
            for use in details.languages
        ],
        "roles": [
            PersonRole(
                person=person,
                organisation=role.organisation,
                role=role.role.strip(),
                first_day=role.first_day,
                last_day=role.last_day,
            )
            for role in details.roles
        ],
    }


def _replaced(person: Person, name: str, rows: Sequence[models.Model]) -> dict[str, tuple[Any, Any]]:
    """Put new rows in place of a person's old ones, if they differ. Returns what changed, for the audit."""
    link = getattr(person, name)
    before, after = _plain(link.all(), PARTS[name]), _plain(rows, PARTS[name])
    if before == after:
        return {}
    link.all().delete()
    attach(rows)
    return {name: (before, after)}


def _plain(rows: Any, fields: tuple[str, ...]) -> list[list[str]]:
    return sorted([str(getattr(row, field)) for field in fields] for row in rows)


@action(permissions.read_restricted_people)
def read_restricted_people(*, actor: User, people: Sequence[Person]) -> None:
    """Record that somebody was shown restricted people: one audit event for each."""
    for person in people:
        record(Verb.PERSON_READ, subject=person)
