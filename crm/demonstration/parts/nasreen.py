"""Nasreen Kauser of the East: no voicemail; Urdu spoken, not read; BSL for her father; her family may not know.

She is one of the invented people, chosen and described by hand, so that every page, list and print can be tried with
somebody about whom everything must be got right.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from crm.audit.actions import attach, write, write_new
from crm.audit.verbs import Verb
from crm.demonstration.chance import Chance
from crm.demonstration.history import days_ago
from crm.languages.models import Language
from crm.people.models import ContactWay, Person, PersonHat, PersonLanguage, SafeContactRule, Supporter
from crm.privacy.models import ContactPermission, PrivacyNotice, Purpose

NAME = "Nasreen Kauser"
WAYS = (
    {"kind": "phone", "value": "+447700900950", "is_preferred": True, "best_times": "Weekdays between ten and two"},
    {"kind": "letter", "value": "Her parents' house", "note": "Her brother opens the post"},
    {"kind": "visit", "value": ""},
    {"kind": "group", "value": "At the sewing table", "is_safe": True, "note": "Speak to her alone"},
)


def introduce_nasreen(people: Sequence[Person], purposes: dict[str, Purpose]) -> Person:
    """Make one of the people of the East, a grown woman's place in a group where Urdu is spoken, into her."""
    person = next(row for row in people if _fits(row))
    person.name, person.form_of_address, person.pronouns = NAME, "Nasreen", "she, her"
    person.age_band, person.contact_rules = Person.AgeBand.ADULT, ""
    person.interpreter, person.interpreter_not_from_community = Person.Interpreter.WOMAN, True
    write(person, verb=Verb.PERSON_CHANGED)
    person.ways.all().delete()
    person.language_uses.all().delete()
    attach([ContactWay(person=person, **way) for way in WAYS])
    urdu = Language.objects.get(code="ur")
    attach([
        PersonLanguage(person=person, language=urdu, use="speaks", is_preferred=True),
        PersonLanguage(person=person, language=urdu, use="reads_not"),
    ])  # fmt: skip
    attach([SafeContactRule(person=person, rule=rule) for rule in ("no_voicemail", "family")])
    attach([PersonHat(person=person, hat=hat) for hat in ("carer", "lived_experience")])
    _beside(person, purposes)
    return person


def _fits(person: Person) -> bool:
    return (
        person.locality is not None
        and person.locality.name == "East"
        and not person.restricted
        and any("women" in role.organisation.name for role in person.roles.all())
        and any(use.language.code == "ur" for use in person.language_uses.all())
    )


def _beside(person: Person, purposes: dict[str, Purpose]) -> None:
    chance, today = Chance("heard/nasreen"), timezone.localdate()
    first = today - timedelta(days=90)
    father = Supporter(id=chance.id_at(days_ago(1)), person=person, kind="family", relation="her father")
    told = PrivacyNotice(
        id=chance.id_at(days_ago(1)), person=person, given_on=first, how="spoken",
        language=Language.objects.get(code="ur"), recorded_by=person.entered_by,
    )  # fmt: skip
    given = ContactPermission(
        id=chance.id_at(days_ago(1)), person=person, purpose=purposes["invitations"], given_on=first,
        how="At the sewing table, in Urdu", recorded_by=person.entered_by,
    )  # fmt: skip
    write_new([father], verb=Verb.SUPPORTER_ADDED)
    write_new([told], verb=Verb.PRIVACY_TOLD)
    write_new([given], verb=Verb.PERMISSION_GIVEN)
