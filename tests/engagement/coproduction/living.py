"""Four months in a council, a few people at a time, for whoever keeps copies of every figure and compares them."""

from __future__ import annotations

import random
from typing import Any

from django.utils import timezone

from crm.erasing.actions import decide_erasure
from crm.people.models import Person
from engagement.coproduction.projects.actions.people import leave_project
from engagement.coproduction.projects.details import LeavingDetails
from engagement.coproduction.projects.models import ProjectPerson
from engagement.coproduction.telling.actions import excuse_telling, publish_line, tell_in_person
from engagement.coproduction.telling.models import Telling
from engagement.coproduction.themes.actions import gather_points
from engagement.log.actions import restrict_event, withdraw_event
from engagement.log.details import PointDetails, ReachDetails
from engagement.log.models import Point
from tests.crm.erasing.helpers import LOOKED, a_request
from tests.crm.panels.helpers import somebody
from tests.engagement.coproduction.deciding import a_decision, an_outcome
from tests.engagement.coproduction.helpers import a_place, a_project, a_theme
from tests.world import World

FEW, MORNINGS = 10, 45  # every third day for four months
ROUGH = {None, 15, 30, 60, 120, 240}


def nobody_or_not_a_few(number: int) -> bool:
    """Whether this many may be told."""
    return number == 0 or abs(number) >= FEW


class Life:
    """What happens in a council from day to day: a few points here and there, and now and then a decision."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.chance, self.open = world, random.Random(seed), list[Point]()

    def day(self, number: int) -> None:
        """One day's events, so that every kind happens in each month."""
        self.somebody_speaks(self.chance.randint(1, 4))
        if number % 7 == 5:
            self.somebody_decides()
        if number % 6 == 4 and self.open:
            event = self.open.pop(self.chance.randrange(len(self.open))).event
            self.open = [point for point in self.open if point.event_id != event.pk]
            if number % 4:
                withdraw_event(actor=self.world.amina, event=event, reason="Written down twice")
            else:
                restrict_event(actor=self.world.amina, event=event, readers=[self.world.amina])
        if number == 25:
            request = a_request(self.world, self.world.person)
            granted = {"outcome": "granted", "reason": "They asked", "looked": LOOKED}
            decide_erasure(actor=self.world.lead, request=request, **granted)

    def somebody_speaks(self, points: int) -> None:
        """At one contact, somewhere."""
        ward = self.chance.choice([self.world.east_ward, self.world.east_ward, self.world.south_ward, None])
        asks = [PointDetails(f"Please ({number})", kind="ask") for number in range(points)]
        more = {"area": ward, "reach": [ReachDetails(self.world.community, points)]}
        self.open += self.world.contact(occurred_on=timezone.localdate(), points=asks, **more).points.all()

    def somebody_decides(self) -> None:
        """About a part of what waits; the answer is put into public."""
        answers = self.open[: self.chance.randint(1, len(self.open))]
        self.open = self.open[len(answers) :]
        publish_line(actor=self.world.lead, decision=a_decision(self.world, *answers))


class BusyLife(Life):
    """And they are known by name, gathered into themes, told or not told for a reason; and people leave a project."""

    PEOPLE = 50

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(world, seed)
        self.people = [somebody(world, f"Takes part {number}") for number in range(self.PEOPLE)]
        self.wide, self.inner = a_theme(world, "Wide"), a_theme(world, "Inner", parent=a_theme(world, "Wide"))
        self.project, self.other = a_project(world, themes=[self.inner]), a_project(world, "Other", themes=[self.wide])
        for person in self.people:
            a_place(world, person, project=self.project)

    def day(self, number: int) -> None:
        """One day's events."""
        super().day(number)
        self.somebody_is_told(number)
        if number % 3 != 2:
            self.somebody_leaves()
        if number == 30:
            granted = {"outcome": "granted", "reason": "They asked", "looked": LOOKED}
            decide_erasure(actor=self.world.lead, request=a_request(self.world, self.people[3]), **granted)

    def somebody_speaks(self, points: int) -> None:
        """At one contact each, somewhere, in their own name; most of it is put in a theme."""
        ward = self.chance.choice([self.world.east_ward, self.world.east_ward, self.world.south_ward, None])
        for person in self.chance.sample(list(Person.objects.filter(name__startswith="Takes part")), points + 1):
            asks = [PointDetails("Please", kind=self.chance.choice(["ask", "ask", "ask", "praise"]), raised_by=person)]
            more: dict[str, Any] = {"area": ward, "reach": [ReachDetails(self.world.community, 1)], "people": [person]}
            contact = self.world.contact(occurred_on=timezone.localdate(), points=asks, **more)
            self.open += contact.points.all()
        self._somebody_gathers(self.open[-points:])

    def _somebody_gathers(self, points: list[Point]) -> None:
        if self.chance.random() < 0.7:
            theme = self.chance.choice([self.wide, self.inner, self.inner])
            theme.refresh_from_db()
            gather_points(actor=self.world.lead, theme=theme, points=points)

    def somebody_decides(self) -> None:
        """About most of what waits, in the project or not; sometimes something is different at once."""
        answers, self.open = self.open[: max(1, len(self.open) * 3 // 4)], self.open[len(self.open) * 3 // 4 :]
        project = self.chance.choice([self.project, None])
        decision = a_decision(self.world, *answers, actor=self.world.lead, project=project)
        publish_line(actor=self.world.lead, decision=decision)
        if self.chance.random() < 0.5:
            an_outcome(self.world, decision)

    def somebody_is_told(self, number: int) -> None:
        """One to five of those who wait; now and then somebody is not told, for a reason."""
        waiting = list(Telling.objects.visible_to(self.world.lead).untold().filter(state="due").order_by("id")[:9])
        for telling in self.chance.sample(waiting, min(len(waiting), self.chance.randint(1, 5))):
            tell_in_person(actor=self.world.lead, telling=telling, how="At the door")
            waiting.remove(telling)
        if number % 8 == 3 and waiting:
            excuse_telling(actor=self.world.lead, telling=waiting[0], reason="They asked not to be told")

    def somebody_leaves(self) -> None:
        """One or two people, for one of three reasons."""
        here = ProjectPerson.objects.filter(project=self.project, last_day=None, person__isnull=False).order_by("id")
        for place in here[: self.chance.randint(1, 2)]:
            because = LeavingDetails(self.chance.choice(["cost", "cost", "time", "not_heard"]))
            leave_project(actor=self.world.lead, place=place, details=because)
