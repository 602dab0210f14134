"""Panels, invented: what they are for, who sits there, a seat kept that is empty, and a community nobody speaks for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from crm.accounts.models import User
from crm.areas.models import Area
from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Role
from crm.base.demonstration import Say
from crm.base.tables import Line, read_table
from crm.communities.models import Community, CommunityLink
from crm.declared.models import DeclaredCommunity
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, days_ago
from crm.demonstration.sign_ins import DATA
from crm.organisations.models import OrganisationCommunity
from crm.panels.models import MemberNote, Membership, Panel, PanelChange, Seat
from crm.people.models import Person
from crm.privacy.models import Purpose

COLUMNS = (
    "name", "kind", "purpose", "terms", "locality", "communities", "lived", "agenda", "budget", "words", "days",
    "grew_from", "was_kind", "was_purpose", "why_changed", "members", "seats",
)  # fmt: skip
SEATS = ("panel", "name", "reserved_for", "aim")
CARERS = "Unpaid carers"
MISSING = "Roma community"  # the terms ask for them, a seat is kept, and nobody has said that they belong there
NOTES = (
    ("training", "Safeguarding adults, half a day"), ("interest", "Her son works for a care agency"),
    ("training", "How a council makes its budget"), ("interest", "He is a trustee of a group that asks for money"),
)  # fmt: skip
DECLARED = 40  # days back: the table counts as of the end of the last month, which on a 31st is 31 days ago
Part = Membership.Part


@dataclass
class Maker:
    """Fills panels one after another, always the same."""

    today: date
    purpose: Purpose
    people: list[Person]
    leads: dict[Any, Community]  # by group: the community that leads it
    by_name: dict[str, Community]
    said: dict[Any, set[Any]]  # by person: communities they declared for keeping seats
    chance: Chance = field(default_factory=lambda: Chance("heard/panels"))
    members: list[Membership] = field(default_factory=list)
    declared: list[DeclaredCommunity] = field(default_factory=list)
    notes: list[MemberNote] = field(default_factory=list)

    def fill(self, panel: Panel, seats: list[Seat], how_many: int) -> None:
        """Reserved seats first, for who can say that they belong there; then the others, the first of them the
        chair."""
        kept = [seat for seat in seats if seat.reserved_for_id]
        for seat in kept:
            person = self._who_belongs(panel, seat)
            if person is not None:
                self._sit(panel, person, seat, Part.MEMBER)
        roles = iter([Part.CHAIR, Part.VICE_CHAIR])
        for seat in [seat for seat in seats if not seat.reserved_for_id][: how_many - len(kept)]:
            person = self._next(panel)
            self._sit(panel, person, seat, next(roles, Part.MEMBER))
            if self.chance.happens(55):
                self._declare(person, self.by_name[CARERS])
            self._declare(person, self._community_of(person))

    def _who_belongs(self, panel: Panel, seat: Seat) -> Person | None:
        """The next of those whose group the community leads; nobody, for the one that is missing."""
        found = (person for person in self._candidates(panel) if self._community_of(person) == seat.reserved_for)
        person = None if seat.reserved_for and seat.reserved_for.name == MISSING else next(found, None)
        if person is not None:
            self.people.remove(person)
            self._declare(person, seat.reserved_for)
        return person

    def _candidates(self, panel: Panel) -> Iterator[Person]:
        where = panel.locality_id
        return (person for person in self.people if where is None or person.locality_id == where)

    def _next(self, panel: Panel) -> Person:
        person = self.chance.choice(list(self._candidates(panel)))
        self.people.remove(person)
        return person

    def _community_of(self, person: Person) -> Community | None:
        groups = [role.organisation_id for role in person.roles.all()]
        return self.leads.get(groups[0]) if groups else None

    def _sit(self, panel: Panel, person: Person, seat: Seat, role: str) -> None:
        began = max(panel.first_day, self.today - timedelta(days=self.chance.randrange(20, 500)))
        row = Membership(
            id=self.chance.id_at(days_ago((self.today - began).days)),
            panel=panel,
            person=person,
            seat=seat,
            role=role,
            lived_experience=self.chance.happens(45),
            first_day=began,
            last_day=began + timedelta(days=729),
        )
        self.members.append(row)
        if len(self.members) % 6 == 0:
            kind, words = NOTES[len(self.members) // 6 % len(NOTES)]
            self.notes.append(MemberNote(membership=row, kind=kind, words=words, happened_on=began))

    def _declare(self, person: Person, community: Community | None) -> None:
        """What an invented person said of themselves; in real life nobody's group says it for them."""
        if community is None or community.pk in self.said.setdefault(person.pk, set()):
            return
        self.said[person.pk].add(community.pk)
        self.declared.append(
            DeclaredCommunity(
                id=self.chance.id_at(days_ago(DECLARED)),
                person=person,
                community=community,
                purpose=self.purpose,
                declared_on=self.today - timedelta(days=DECLARED),
                how=DeclaredCommunity.How.SPOKEN,
                recorded_by=person.entered_by,
            )
        )

    def leave_and_stand_in(self) -> None:
        """One left because nobody listened, one stands in for another, and one term is over today."""
        first, second, third = self.members[-1], self.members[-2], self.members[-3]
        first.last_day, first.left_because = self.today - timedelta(days=12), Membership.Left.NOT_HEARD
        first.left_words = "We talked about it three times and you had decided already."
        first.first_day = min(first.first_day, first.last_day)
        second.last_day = self.today
        person = self._next(third.panel)
        row = Membership(
            id=self.chance.id_at(days_ago(20)), panel=third.panel, person=person, role=Part.SUBSTITUTE,
            substitutes=third, first_day=self.today - timedelta(days=20),
        )  # fmt: skip
        self.members.append(row)

    def hold_declarations(self) -> None:
        """A reserved seat rests on what its member said."""
        said = {
            (row.person_id, row.community_id): row for row in DeclaredCommunity.objects.filter(purpose=self.purpose)
        }
        for row in self.members:
            if row.seat is not None and row.seat.reserved_for_id:
                row.declaration = said[row.person_id, row.seat.reserved_for_id]


def load_panels(say: Say) -> None:
    """Load panels with their seats and members."""
    lines, chance = read_table(DATA / "panels.csv", COLUMNS), Chance("heard/panels/bodies")
    panels = _panels(lines, chance)
    seats = _seats(lines, panels, chance)
    maker = _maker()
    for line in lines:
        panel = panels[line["name"]]
        maker.fill(panel, [seat for seat in seats if seat.panel_id == panel.pk], int(line["members"]))
    maker.leave_and_stand_in()
    write_new(maker.declared, verb=Verb.DECLARATION_MADE)
    maker.hold_declarations()
    write_new(maker.members, verb=Verb.MEMBER_ADDED)
    attach(maker.notes)
    say(f"Panels: {len(panels)}, with {len(seats)} seats and {len(maker.members)} members.")


def _panels(lines: list[Line], chance: Chance) -> dict[str, Panel]:
    places = {area.name: area for area in Area.objects.localities()}
    communities = {community.name: community for community in Community.objects.all()}
    lead = User.objects.filter(grants__role=Role.LEAD).order_by("grants__id").first()
    panels: dict[str, Panel] = {}
    for line in lines:
        moment = days_ago(int(line["days"]))
        panel = Panel(
            id=chance.id_at(moment), name=line["name"], kind=line["kind"], purpose=line["purpose"],
            terms=line["terms"], locality=places[line["locality"]] if line["locality"] else None,
            lived_experience_wanted=int(line["lived"]) if line["lived"] else None, agenda_power=line["agenda"],
            budget_power=line["budget"], words_power=line["words"], first_day=moment.date(),
            grew_from=panels[line["grew_from"]] if line["grew_from"] else None,
        )  # fmt: skip
        panels[panel.name] = panel
    made = list(panels.values())
    for first in (True, False):  # what others grew out of stands before them
        write_new([panel for panel in made if (panel.grew_from is None) is first], verb=Verb.PANEL_ADDED)
    backdate(made, [days_ago(int(line["days"])) for line in lines])
    asked = Panel.communities.through
    wanted = [(panels[line["name"]], name) for line in lines for name in line["communities"].split("|") if name]
    asked.objects.bulk_create(asked(panel_id=panel.pk, community_id=communities[name].pk) for panel, name in wanted)
    attach([_change(panels[line["name"]], line, lead) for line in lines if line["was_kind"]])
    return panels


def _change(panel: Panel, line: Line, lead: Any) -> PanelChange:
    return PanelChange(
        panel=panel, changed_on=days_ago(120).date(), old_kind=line["was_kind"], old_purpose=line["was_purpose"],
        reason=line["why_changed"], changed_by=lead,
    )  # fmt: skip


def _seats(lines: list[Line], panels: dict[str, Panel], chance: Chance) -> list[Seat]:
    communities = {community.name: community for community in Community.objects.all()}
    kept = read_table(DATA / "panel_seats.csv", SEATS)
    seats = [
        Seat(id=chance.id_at(days_ago(90)), panel=panels[line["panel"]], name=line["name"],
             reserved_for=communities[line["reserved_for"]], aim=line["aim"])
        for line in kept
    ]  # fmt: skip
    for line in lines:
        panel = panels[line["name"]]
        for number in range(1, int(line["seats"]) + 1):
            seats.append(Seat(id=chance.id_at(days_ago(90)), panel=panel, name=f"Seat {number}"))
    return write_new(seats, verb=Verb.SEAT_ADDED)


def _maker() -> Maker:
    purpose = Purpose.objects.get(key="seats")
    missing = CommunityLink.objects.filter(ancestor__name=MISSING).values_list("descendant", flat=True)
    said: dict[Any, set[Any]] = {}
    for person, community in DeclaredCommunity.objects.filter(purpose=purpose).values_list("person", "community"):
        said.setdefault(person, set()).add(community)
    never = {person for person, named in said.items() if named & set(missing)}
    leads = OrganisationCommunity.objects.filter(relation="led_by").select_related("community").order_by("id")
    people = Person.objects.filter(restricted=False, stopped_on=None).exclude(age_band__in=Person.CHILDREN)
    people = people.select_related("entered_by").prefetch_related("roles").order_by("pk")
    return Maker(
        today=timezone.localdate(),
        purpose=purpose,
        people=[person for person in people if person.pk not in never],
        leads={link.organisation_id: link.community for link in leads if link.community_id not in set(missing)},
        by_name={community.name: community for community in Community.objects.all()},
        said=said,
    )
