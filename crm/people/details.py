"""What somebody says about a person before it is saved: plain values that pages, API and importers fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm.accounts.models import User
from crm.areas.models import Area
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person, Supporter


@dataclass(frozen=True)
class WayDetails:
    """One way to reach a person, or one that must not be used."""

    kind: str
    value: str = ""
    is_preferred: bool = False
    do_not_use: bool = False
    best_times: str = ""
    is_safe: bool = False
    note: str = ""


@dataclass(frozen=True)
class LanguageUseDetails:
    """A language the person speaks, reads or signs."""

    language: Language
    use: str
    is_preferred: bool = False


@dataclass(frozen=True)
class RoleDetails:
    """What the person is in a group, for as long as they are."""

    organisation: Organisation
    role: str
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class HatDetails:
    """Who the person is to us, for as long as they are."""

    hat: str
    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True)
class SafeRuleDetails:
    """Something that must be got right so that reaching them does not harm them."""

    rule: str
    words: str = ""


@dataclass(frozen=True)
class PersonDetails:
    """A person. Only the name they use must be given."""

    name: str
    form_of_address: str = ""
    pronouns: str = ""
    age_band: str = Person.AgeBand.UNKNOWN
    area: Area | None = None
    contact_rules: str = ""
    interpreter: str = ""
    interpreter_not_from_community: bool = False
    interpreter_note: str = ""
    responsible_adult: str = ""
    restricted: bool = False
    named_readers: Sequence[User] = ()
    ways: Sequence[WayDetails] = ()
    languages: Sequence[LanguageUseDetails] = ()
    roles: Sequence[RoleDetails] = ()
    hats: Sequence[HatDetails] = ()
    safe_rules: Sequence[SafeRuleDetails] = ()


@dataclass(frozen=True)
class SupporterDetails:
    """Somebody who cares for, supports or speaks for a person; `supporter` when they have a record of their own."""

    relation: str
    kind: str = Supporter.Kind.CARER
    supporter: Person | None = None


@dataclass(frozen=True)
class IntermediaryDetails:
    """Somebody through whom we reach a person: one person or one group, and with whose agreement."""

    agreed_by: str
    agreed_on: date | None
    through_person: Person | None = None
    through_organisation: Organisation | None = None
    gatekeeper_risk: str = ""
