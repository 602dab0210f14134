"""The cast of every test: people of an invented council, each in the role their name says.

The council has two localities, East and South, each with a ward and a team. Tests name the cast:
`world.amina` is the officer of the East, `world.joe` the officer of the South.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from crm.accounts.models import RoleGrant, Team, User
from crm.areas.models import Area, AreaGrouping, AreaKind, Council
from crm.base.actors import Role
from crm.base.writing import writing_allowed
from crm.communities.models import Community, CommunityLink
from crm.languages.models import Language
from crm.organisations.actions import add_service, add_support_given
from crm.organisations.details import ServiceDetails, SupportGivenDetails
from crm.organisations.models import Organisation, OrganisationCommunity, Service, SupportGiven
from crm.people.models import Person
from crm.search.upkeep import follow
from crm.venues.actions import add_venue
from crm.venues.details import VenueDetails, VenueFactDetails
from crm.venues.models import Venue
from engagement.log.actions import log_event
from engagement.log.details import EventDetails, PointDetails, PromiseDetails
from engagement.log.models import EngagementEvent, Topic

PASSWORD = "a long enough sentence"
LONG_AGO = date(2020, 1, 1)
# Who is in the cast: attribute of `World`, role, whether they are of the East or the South (None: everywhere).
CAST: dict[str, tuple[Role | None, str | None]] = {
    "amina": (Role.OFFICER, "East"),
    "joe": (Role.OFFICER, "South"),
    "chen": (Role.CHAMPION, "East"),
    "lead": (Role.LEAD, None),
    "manager": (Role.MANAGER, None),
    "analyst": (Role.ANALYST, None),
    "publisher": (Role.PUBLISHER, None),
    "translator": (Role.TRANSLATOR, None),
    "checker": (Role.CHECKER, None),
    "administrator": (Role.ADMINISTRATOR, None),
    "auditor": (Role.AUDITOR, None),
    "leaver": (Role.OFFICER, "East"),
    "stranger": (None, None),
}


@dataclass
class World:
    """The invented council and everybody in it."""

    council: Council
    east: Area
    south: Area
    east_ward: Area
    south_ward: Area
    east_team: Team
    south_team: Team
    urdu: Language
    community: Community
    nested: Community
    group: Organisation
    south_group: Organisation
    person: Person
    topic: Topic
    amina: User
    joe: User
    chen: User
    lead: User
    manager: User
    analyst: User
    publisher: User
    translator: User
    checker: User
    administrator: User
    auditor: User
    leaver: User
    stranger: User

    def everybody(self) -> dict[str, User | AnonymousUser]:
        """The whole cast by name, and `nobody`, who has not signed in."""
        cast: dict[str, User | AnonymousUser] = {name: getattr(self, name) for name in CAST}
        return {**cast, "nobody": AnonymousUser()}

    def contact(self, actor: User | None = None, **changes: Any) -> EngagementEvent:
        """A contact logged through the action: Amina, with the group of the East, today, one point, unless told
        otherwise."""
        details: dict[str, Any] = {
            "occurred_on": timezone.localdate(),
            "organisations": [self.group],
            "points": [PointDetails(words="Nobody told us a carer can get help too.")],
        }
        return log_event(actor=actor or self.amina, details=EventDetails(**{**details, **changes}))

    @cached_property
    def service(self) -> Service:
        """What the group of the East offers."""
        details = ServiceDetails(name="Tuesday advice table", when="Tuesdays 10 to 12", languages=[self.urdu])
        return add_service(actor=self.amina, organisation=self.group, details=details)

    @cached_property
    def support_given(self) -> SupportGiven:
        """What Amina gave the group of the East."""
        today = timezone.localdate()
        details = SupportGivenDetails(kind="mentoring", given_on=today, words="A grant", hours=Decimal(2))
        return add_support_given(actor=self.amina, organisation=self.group, details=details)

    @cached_property
    def venue(self) -> Venue:
        """Where the group of the East meets: one thing known, everything else to be asked."""
        ramp = VenueFactDetails("step_free", "yes", "Ramp at the side door", timezone.localdate(), "the caretaker")
        details = VenueDetails(name="Mill Street Centre", organisation=self.group, area=self.east_ward)
        return add_venue(actor=self.amina, details=details, facts=[ramp])

    def promise(self, days: int = 7, words: str = "Send the leaflet in Urdu", **changes: Any) -> Any:
        """A promise made at a contact, due in some days (negative: late, the contact then lies 30 days before)."""
        due = timezone.localdate() + timedelta(days=days)
        on = min(timezone.localdate(), due) - timedelta(days=30 if days < 0 else 0)
        event = self.contact(occurred_on=on, promises=[PromiseDetails(words=words, due_on=due)], **changes)
        return event.promises.get()


def make_world() -> World:
    """Build the invented council."""
    with writing_allowed():
        made: dict[str, Any] = {"council": _council(), **_places(), **_groups()}
        for name, (role, side) in CAST.items():
            made[name] = _member(name, role, side, made)
        made["group"].area, made["south_group"].area = made["east_ward"], made["south_ward"]
        made["group"].save()
        made["south_group"].save()
        made["person"] = Person.objects.create(
            name="Parveen Begum",
            area=made["east_ward"],
            locality=made["east"],
            team=made["east_team"],
            entered_by=made["amina"],
        )
    return World(**made)


def _council() -> Council:
    return Council.objects.create(
        name="Northbrook Council",
        code="E00000001",
        safeguarding_phone="0113 496 0999",
        contact_phone="0113 496 0100",
        contact_email="talk@northbrook.example",
        ready_at=timezone.now(),
    )


def _places() -> dict[str, Any]:
    made: dict[str, Any] = {}
    for number, side in enumerate(("East", "South"), start=1):
        key = side.lower()
        made[key] = Area.objects.create(
            kind=AreaKind.LOCALITY, code=f"L{number}", name=side, first_day=LONG_AGO, source="invented"
        )
        made[f"{key}_ward"] = Area.objects.create(
            kind=AreaKind.WARD, code=f"W{number}", name=f"{side}gate", first_day=LONG_AGO, source="invented"
        )
        AreaGrouping.objects.create(inner=made[f"{key}_ward"], outer=made[key], first_day=LONG_AGO)
        made[f"{key}_team"] = Team.objects.create(name=f"{side} engagement team")
    return made


def _groups() -> dict[str, Any]:
    urdu = Language.objects.create(code="ur", name="Urdu", own_name="اردو", direction="rtl")
    community = Community.objects.create(name="Kashmiri community", good_to_know="Ask the elders first.")
    nested = Community.objects.create(name="Kashmiri women", parent=community)
    for ancestor, descendant, depth in ((community, community, 0), (nested, nested, 0), (community, nested, 1)):
        CommunityLink.objects.create(ancestor=ancestor, descendant=descendant, depth=depth)
    group = Organisation.objects.create(
        name="Al-Noor Mosque, women's group", kind="faith", good_to_know="Shoes off at the door."
    )
    south_group = Organisation.objects.create(name="Bridge Lane Traveller site", kind="site")
    follow([group, south_group])  # an action would have: boxes that take a name find it by the index
    OrganisationCommunity.objects.create(organisation=group, community=community, relation="led_by")
    topic = Topic.objects.create(name="Carers")
    return {
        "urdu": urdu,
        "community": community,
        "nested": nested,
        "group": group,
        "south_group": south_group,
        "topic": topic,
    }


def _member(name: str, role: Role | None, side: str | None, made: dict[str, Any]) -> User:
    user = User.objects.create_user(f"{name}@northbrook.example", PASSWORD, name=name.title())
    if role is not None:
        RoleGrant.objects.create(
            user=user,
            role=role,
            team=made[f"{side.lower()}_team"] if side and role != Role.CHAMPION else None,
            locality=made[side.lower()] if side else None,
            first_day=LONG_AGO,
            last_day=timezone.localdate() - timedelta(days=1) if name == "leaver" else None,
        )
    return user
