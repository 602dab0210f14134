"""People, invented: the names they use, ways to reach them safely, languages, and what they are in their groups."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.areas.models import Area, AreaGrouping
from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Role
from crm.base.demonstration import Say
from crm.base.tables import Line, read_table
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, days_ago
from crm.demonstration.parts.organisations import organisation_lines
from crm.demonstration.sign_ins import DATA
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import ContactWay, Person, PersonLanguage, PersonRole

HOW_MANY = 300
NEAR_FEW = 20  # so many belong to no group
NAMES = ("language", "women", "men", "family_of_women", "family_of_men", "whole_women", "whole_men")
WOMEN = re.compile(r"\b(women|mothers)\b", re.IGNORECASE)
AGES_BY_WORD = {
    "College": "18_24",
    "Youth": "18_24",
    "Elder": "65_79",
    "Over-60": "65_79",
    "Silver": "65_79",
    "Memory": "80_plus",
    "Young": "14_17",
}
IN_WORK = ("charity", "network", "provider", "education")  # whoever leads these is paid to
YOUNG = "en-young"  # a line of names
# What the roles are called where people work or learn.
CALLED = {
    "provider": {"Member": "Care worker", "Volunteer": "Care coordinator", "Secretary": "Works in the office",
                 "Helps with transport": "Driver"},
    "education": {"Member": "Student", "Volunteer": "Student", "Secretary": "Student representative",
                  "Helps with transport": "Student"},
}  # fmt: skip
TRAVELLERS = ("rme", "sth")  # a group that speaks one of these bears its names, also in English
TITLES = ("Mrs", "Mr", "Miss", "Dr")
LEADS = {"faith": "Trustee", "club": "Chair", "network": "Coordinator", "site": "Spokesperson", "charity": "Manager",
         "provider": "Manager", "education": "Tutor"}  # fmt: skip
ROLES = ("Member", "Member", "Member", "Volunteer", "Secretary", "Helps with transport")
# Languages whose speakers bear names like those of another language in the file.
ALIKE = {"ckb": "ar", "fa": "fa-AF", "ps": "fa-AF", "phr": "ur", "pa-Arab": "ur", "syl": "bn", "sk": "rom", "hi": "gu"}


@dataclass
class Officers:
    """Who looks after each locality, and the team that does."""

    by_locality: dict[object, RoleGrant]

    @classmethod
    def on_duty(cls) -> Officers:
        """The first officer of each locality."""
        grants = RoleGrant.objects.filter(role=Role.OFFICER).select_related("user", "team").order_by("-id")
        return cls({grant.locality_id: grant for grant in grants if grant.locality_id})


@dataclass
class Maker:
    """Makes one person after another, always the same."""

    names: dict[str, Line]
    manners: dict[str, list[str]]
    languages: dict[str, Language]
    localities: dict[object, Area]
    officers: Officers
    chance: Chance = field(default_factory=lambda: Chance("heard/people"))
    used: set[str] = field(default_factory=set)
    people: list[Person] = field(default_factory=list)
    ways: list[ContactWay] = field(default_factory=list)
    tongues: list[PersonLanguage] = field(default_factory=list)
    roles: list[PersonRole] = field(default_factory=list)
    moments: list[datetime] = field(default_factory=list)
    readers: list[tuple[Person, User]] = field(default_factory=list)

    def person(self, group: Organisation | None, ward: Area, codes: list[str]) -> None:
        """Make one person of a group, or of none, with everything that hangs on them."""
        code = self.chance.choice(codes or ["en"])
        locality = self.localities[ward.pk]
        grant = self.officers.by_locality[locality.pk]
        moment = days_ago(self.chance.randrange(20, 620), minutes=self.chance.randrange(600))
        band = self._age_band(group)
        if group is not None and group.kind in IN_WORK and self._leads(group):
            band = "25_64"
        young = band in Person.CHILDREN
        among = group is not None and WOMEN.search(group.name)
        who = "women" if among or self.chance.happens(55) else "men"
        name = self._name(self._named_like(code, codes, band), who)
        person = Person(
            id=self.chance.id_at(moment),
            name=name,
            form_of_address=self._address(name, who, band),
            pronouns=self._sometimes(8, f"pronouns_{who}"),
            age_band=band,
            area=ward,
            locality=locality,
            team=grant.team,
            contact_rules=self._sometimes(14, "contact_rule"),
            responsible_adult=self.chance.choice(self.manners["adult"]) if young else "",
            restricted=young,
            entered_by=grant.user,
        )
        self.people.append(person)
        self.moments.append(moment)
        if young:
            self.readers.append((person, grant.user))
        self._ways(person, signs=code == "bfi")
        self._languages(person, code)
        if group is not None:
            self._role(person, group)

    def _named_like(self, code: str, codes: list[str], band: str) -> str:
        """Whose names somebody bears: those of their language, of their people, or of their age."""
        if code == "en" and band in (*Person.CHILDREN, "18_24"):
            return YOUNG
        return code if code in TRAVELLERS else next((one for one in codes if one in TRAVELLERS), code)

    def _name(self, code: str, who: str) -> str:
        line = self.names[code if code in self.names else ALIKE.get(code, "en")]
        whole = [name for name in line[f"whole_{who}"].split("|") if name and name not in self.used]
        name = whole[0] if whole and self.chance.happens(40) else self._put_together(line, who)
        self.used.add(name)
        return name

    def _put_together(self, line: Line, who: str) -> str:
        pairs = [f"{given} {family}" for given in line[who].split() for family in line[f"family_of_{who}"].split()]
        return self.chance.choice([name for name in pairs if name not in self.used] or pairs)

    def _address(self, name: str, who: str, band: str) -> str:
        """How they like to be addressed; a title goes with the last of their names, if it is written like the title."""
        words = self._sometimes(25, f"address_{who}")
        if words not in TITLES:
            return words
        if words == "Dr" and band in (*Person.CHILDREN, "18_24"):
            return ""
        return f"{words} {name.rsplit(maxsplit=1)[-1]}" if name.isascii() else ""

    def _sometimes(self, percent: int, what: str) -> str:
        return self.chance.choice(self.manners[what]) if self.chance.happens(percent) else ""

    def _age_band(self, group: Organisation | None) -> str:
        for word, band in AGES_BY_WORD.items():
            if group is not None and word in group.name and self.chance.happens(70):
                return band
        band = self.chance.choices(["18_24", "25_64", "65_79", "80_plus", "unknown"], [8, 48, 24, 8, 12])[0]
        of_the_young = group is not None and any(
            word in group.name for word in ("College", "Youth", "Young", "Transition")
        )
        return "18_24" if of_the_young and band in ("25_64", "65_79", "80_plus") else band

    def _ways(self, person: Person, *, signs: bool) -> None:
        kinds = self.chance.sample(["phone", "text", "email", "letter", "visit", "group"], k=2)
        if signs:
            kinds = ["text", "group"]
        for place, kind in enumerate(kinds):
            self.ways.append(
                ContactWay(
                    person=person,
                    kind=kind,
                    value=self._value(kind),
                    is_preferred=place == 0,
                    note=self._sometimes(30, f"{kind}_note"),
                )
            )
        never = "phone" if signs else self.chance.choice(["phone", "letter", "visit", "email", "text"])
        if never not in kinds and (signs or self.chance.happens(22)):
            reasons = self.manners[f"do_not_{never}"]
            reason = reasons[0] if signs else self.chance.choice(reasons[1:] or reasons)
            self.ways.append(ContactWay(person=person, kind=never, do_not_use=True, note=reason))

    def _value(self, kind: str) -> str:
        number = len(self.people)
        if kind == "email":
            return f"person{number}@post.example"
        if kind == "text" or (kind == "phone" and self.chance.happens(60)):
            return f"+447700900{number:03}"  # Ofcom keeps 07700 900000 to 900999 and 0121 496 0000 to 0999 for drama
        return f"+441214960{300 + number}" if kind == "phone" else ""

    def _languages(self, person: Person, code: str) -> None:
        language = self.languages[code]
        use = PersonLanguage.Use.SIGNS if language.is_signed else PersonLanguage.Use.SPEAKS
        self.tongues.append(PersonLanguage(person=person, language=language, use=use, is_preferred=True))
        if code == "en":
            return
        if not language.is_signed and not language.is_spoken_only and self.chance.happens(55):
            reads = PersonLanguage.Use.READS
            self.tongues.append(PersonLanguage(person=person, language=language, use=reads))
        if self.chance.happens(60):
            use = self.chance.choice([PersonLanguage.Use.SPEAKS, PersonLanguage.Use.READS])
            use = PersonLanguage.Use.READS if language.is_signed else use
            self.tongues.append(PersonLanguage(person=person, language=self.languages["en"], use=use))

    def _leads(self, group: Organisation) -> bool:
        """Whether the next person of a group is its first, who leads it."""
        return not any(role.organisation == group for role in self.roles)

    def _role(self, person: Person, group: Organisation) -> None:
        theirs = [role.role for role in self.roles if role.organisation == group]
        first = not theirs
        role = LEADS.get(group.kind, "Chair") if first else self.chance.choice(ROLES)
        role = "Member" if role == "Secretary" and role in theirs else role
        role = CALLED.get(group.kind, {}).get(role, role)
        since = timezone.localdate() - timedelta(days=self.chance.randrange(100, 2000))
        ago = 20 + 7 * len(self.roles) % 80  # so many days since whoever left did
        left = timezone.localdate() - timedelta(days=ago) if not first and self.chance.happens(5) else None
        self.roles.append(PersonRole(person=person, organisation=group, role=role, first_day=since, last_day=left))


def load_people(say: Say) -> None:
    """Load the people of every group, and some of none."""
    maker = _maker()
    codes = {line["name"]: line["languages"].split() for line in organisation_lines()}
    groups = list(Organisation.objects.select_related("area").order_by("pk"))
    for number in range(HOW_MANY - NEAR_FEW):
        group = groups[number % len(groups)]
        assert group.area is not None
        maker.person(group, group.area, codes[group.name])
    wards = list(Area.objects.wards())
    for _ in range(NEAR_FEW):
        maker.person(None, maker.chance.choice(wards), ["en", "ur", "so", "ro"])
    people = write_new(maker.people, verb=Verb.PERSON_ADDED)
    backdate(people, maker.moments)
    _load_what_hangs_on(maker)
    say(f"People: {len(people)}.")


def _maker() -> Maker:
    manners: dict[str, list[str]] = defaultdict(list)
    for line in read_table(DATA / "manners.csv", ("what", "words")):
        manners[line["what"]].append(line["words"])
    groupings = AreaGrouping.objects.on(timezone.localdate()).filter(inner__kind="ward", outer__kind="locality")
    return Maker(
        names={line["language"]: line for line in read_table(DATA / "names.csv", NAMES)},
        manners=manners,
        languages={language.code: language for language in Language.objects.all()},
        localities={grouping.inner_id: grouping.outer for grouping in groupings.select_related("outer")},
        officers=Officers.on_duty(),
    )


def _load_what_hangs_on(maker: Maker) -> None:
    attach(maker.ways)
    attach(maker.tongues)
    attach(maker.roles)
    readers = Person.named_readers.through
    readers.objects.bulk_create(readers(person_id=person.pk, user_id=user.pk) for person, user in maker.readers)
