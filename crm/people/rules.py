"""What is missing before a person can be saved: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from crm.accounts.models import User
from crm.areas.lying import in_a_ward
from crm.base.phones import kept_phone
from crm.base.rules import Blocker
from crm.people.details import (
    HatDetails,
    IntermediaryDetails,
    LanguageUseDetails,
    PersonDetails,
    RoleDetails,
    SafeRuleDetails,
    SupporterDetails,
    WayDetails,
)
from crm.people.models import ContactWay, Intermediary, Person, PersonLanguage, SafeContactRule, Supporter
from crm.people.readers import readers, without_readers

NO_NAME = Blocker("name_missing", "Write the name they use", "name")
TOO_YOUNG = Blocker("under_14", "Children under 14 are not kept here. Write down their responsible adult", "age_band")
NO_ADULT = Blocker(
    "responsible_adult_missing", "Write the name of a responsible adult, because they are under 18", "responsible_adult"
)
NO_READERS = Blocker("readers_missing", "Name at least one colleague who may see them", "named_readers")
TWO_PREFERRED = Blocker("two_preferred_ways", "Choose one preferred way", "ways")
PREFERRED_BARRED = Blocker("preferred_way_barred", "A way cannot be preferred and not to be used", "ways")
BAD_PHONE = Blocker("phone_impossible", "Write a phone number, like 07700 900123", "ways")
BAD_EMAIL = Blocker("email_impossible", "Write an e-mail address, like name@example.org", "ways")
LANGUAGE_TWICE = Blocker("language_twice", "Each language stands once for speaking, reading or signing", "languages")
READS_AND_NOT = Blocker("reads_and_reads_not", "Choose whether they read a language or do not read it", "languages")
SAFE_BARRED = Blocker("safe_way_barred", "A way cannot be safe and not to be used", "ways")
HAT_BACKWARDS = Blocker("hat_backwards", "The last day must be the first day or later", "hats")
HAT_TWICE = Blocker("hat_twice", "Nobody can be the same thing to us twice at once. Change the days", "hats")
RULE_TWICE = Blocker("safe_rule_twice", "Each safe-contact rule stands once", "safe_rules")
RULE_UNSAID = Blocker("safe_rule_unsaid", "Write the rule in words", "safe_rules")
NO_RELATION = Blocker("relation_missing", "Write who they are to them, like: her father", "relation")
OWN_SUPPORTER = Blocker("own_supporter", "Choose somebody else: a person cannot be their own supporter", "supporter")
NO_ONE_BETWEEN = Blocker("intermediary_missing", "Choose the person or the group", "through_person")
TWO_BETWEEN = Blocker("intermediary_is_two", "Choose a person or a group, not both", "through_person")
OWN_INTERMEDIARY = Blocker("own_intermediary", "Choose somebody else: this is the person themselves", "through_person")
NO_AGREEMENT = Blocker("agreement_missing", "Write whose agreement we have, like: she said so herself", "agreed_by")
NO_AGREED_DAY = Blocker("agreed_day_missing", "Write the day they agreed, like 24 11 2026", "agreed_on")
AGREED_LATER = Blocker("agreed_in_future", "The day must be today or in the past", "agreed_on")
HAS_READERS = Blocker("has_readers", "Somebody can read this. Ask them to name others")
NO_READER = Blocker("reader_missing", "Choose a colleague who meets people here today", "reader_named")
HAS_ENDED = Blocker("ended_already", "This has ended already")
NO_ROLE = Blocker("role_missing", "Write what they are in the group, like member", "roles")
ROLE_BACKWARDS = Blocker("role_backwards", "The last day must be the first day or later", "roles")

BY_NUMBER = (ContactWay.Kind.PHONE, ContactWay.Kind.TEXT)


def is_child(age_band: str) -> bool:
    """Whether somebody in this age band is under 18."""
    return age_band in Person.CHILDREN


def blockers_to_keeping(details: PersonDetails) -> Iterator[Blocker]:
    """Everything that keeps these details from being kept, for a new person and a known one alike."""
    if not details.name.strip():
        yield NO_NAME
    if details.age_band == Person.AgeBand.UNDER_14:
        yield TOO_YOUNG
    elif is_child(details.age_band) and not details.responsible_adult.strip():
        yield NO_ADULT
    if details.restricted and not details.named_readers:
        yield NO_READERS
    yield from in_a_ward(details.area)
    yield from _ways(details.ways)
    yield from _languages(details.languages)
    yield from _roles(details.roles)
    yield from _hats(details.hats)
    yield from _safe_rules(details.safe_rules)


def _ways(ways: Sequence[WayDetails]) -> Iterator[Blocker]:
    if sum(way.is_preferred for way in ways) > 1:
        yield TWO_PREFERRED
    if any(way.is_preferred and way.do_not_use for way in ways):
        yield PREFERRED_BARRED
    if any(way.is_safe and way.do_not_use for way in ways):
        yield SAFE_BARRED
    if any(way.kind in BY_NUMBER and not _number_will_do(way) for way in ways):
        yield BAD_PHONE
    if any(way.kind == ContactWay.Kind.EMAIL and not _address_will_do(way) for way in ways):
        yield BAD_EMAIL


def _number_will_do(way: WayDetails) -> bool:
    """A way not to be used may stand without its number: "never phone" is a rule of its own."""
    return bool(kept_phone(way.value)) or (way.do_not_use and not way.value.strip())


def _address_will_do(way: WayDetails) -> bool:
    if not way.value.strip():
        return way.do_not_use
    try:
        validate_email(way.value.strip())
    except ValidationError:
        return False
    return True


def _languages(uses: Sequence[LanguageUseDetails]) -> Iterator[Blocker]:
    pairs = [(use.language.pk, use.use) for use in uses]
    if len(pairs) != len(set(pairs)):
        yield LANGUAGE_TWICE
    if any((pk, PersonLanguage.Use.READS_NOT) in pairs for pk, use in pairs if use == PersonLanguage.Use.READS):
        yield READS_AND_NOT


def _roles(roles: Sequence[RoleDetails]) -> Iterator[Blocker]:
    if any(not role.role.strip() for role in roles):
        yield NO_ROLE
    if any(role.first_day and role.last_day and role.last_day < role.first_day for role in roles):
        yield ROLE_BACKWARDS


def _hats(hats: Sequence[HatDetails]) -> Iterator[Blocker]:
    if any(hat.first_day and hat.last_day and hat.last_day < hat.first_day for hat in hats):
        yield HAT_BACKWARDS
    if any(one.hat == other.hat and _at_once(one, other) for one, other in combinations(hats, 2)):
        yield HAT_TWICE


def _at_once(one: HatDetails, other: HatDetails) -> bool:
    """Whether two spans share a day; an open end reaches as far as there are days."""
    starts = max(one.first_day or date.min, other.first_day or date.min)
    return starts <= min(one.last_day or date.max, other.last_day or date.max)


def _safe_rules(rules: Sequence[SafeRuleDetails]) -> Iterator[Blocker]:
    named = [rule.rule for rule in rules if rule.rule != SafeContactRule.Rule.OTHER]
    if len(named) != len(set(named)):
        yield RULE_TWICE
    if any(rule.rule == SafeContactRule.Rule.OTHER and not rule.words.strip() for rule in rules):
        yield RULE_UNSAID


def blockers_to_supporter(person: Person, details: SupporterDetails) -> Iterator[Blocker]:
    """Everything that keeps somebody from standing beside a person."""
    if not details.relation.strip():
        yield NO_RELATION
    if details.supporter and details.supporter.pk == person.pk:
        yield OWN_SUPPORTER


def blockers_to_intermediary(person: Person, details: IntermediaryDetails) -> Iterator[Blocker]:
    """Everything that keeps somebody from being the one through whom we reach a person: nobody is, unless it was
    agreed, and we know with whom."""
    if details.through_person is None and details.through_organisation is None:
        yield NO_ONE_BETWEEN
    if details.through_person and details.through_organisation:
        yield TWO_BETWEEN
    if details.through_person and details.through_person.pk == person.pk:
        yield OWN_INTERMEDIARY
    if not details.agreed_by.strip():
        yield NO_AGREEMENT
    if details.agreed_on is None:
        yield NO_AGREED_DAY
    elif details.agreed_on > timezone.localdate():
        yield AGREED_LATER


def blockers_to_ending(row: Supporter | Intermediary) -> Iterator[Blocker]:
    """Why this cannot be changed or ended."""
    if row.ended_on:
        yield HAS_ENDED


def blockers_to_naming_a_reader(record: Any, reader: User | None) -> Iterator[Blocker]:
    """Why this colleague cannot become the reader of a restricted record, of a person or of a contact."""
    if not without_readers(type(record)._default_manager.filter(pk=record.pk)).exists():
        yield HAS_READERS
    if reader is None or not readers().filter(pk=reader.pk).exists():
        yield NO_READER
