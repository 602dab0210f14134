"""Eighteen months of contacts, told one after another: who met whom, where, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from crm.accounts.models import User
from crm.areas.models import Area
from crm.demonstration.chance import Chance
from crm.organisations.models import Organisation
from engagement.demonstration.fitting import among_the_young, languages_for, support_for
from engagement.demonstration.place import Place
from engagement.demonstration.sentences import Sentences
from engagement.forums.reports.faith import bank_holidays
from engagement.log.details import BarrierDetails, EventDetails, PointDetails, PromiseDetails, ReachDetails
from engagement.log.details import SafeguardingDetails as Referral
from engagement.log.models import EngagementEvent, Reach

HOW_MANY = 2000
DAYS = 548  # eighteen months
STEPS_WAIT = 5  # so many days a next step may be overdue
QUIET_DAYS = 190  # so long nothing has been heard of the quiet communities
Kind = EngagementEvent.Kind
KINDS = dict(zip(Kind.values, (38, 16, 5, 8, 2, 10, 8, 10, 3), strict=True))
IN_PASSING = (Kind.OUTREACH, Kind.MECC, Kind.IN_PERSON)
WITH_ONE_OR_TWO = (Kind.PHONE, Kind.MESSAGE, Kind.LETTER)
RESTRICTED_EVERY, WITHDRAWN_EVERY, PASSED_ON_EVERY = 160, 190, 240


@dataclass(frozen=True)
class Tale:
    """One contact as it will be saved, with the moment it was logged."""

    id: UUID
    details: EventDetails
    logged_by: User
    team_id: UUID | None
    logged_at: datetime
    withdrawn: str = ""


@dataclass
class Story:
    """Tells the contacts in the order of their days."""

    place: Place
    chance: Chance
    sentences: Sentences
    _closed: set[date] = field(default_factory=set, init=False)

    def __post_init__(self) -> None:
        first = self.place.today - timedelta(days=DAYS)
        self._closed = {noted.first for noted in bank_holidays(first, self.place.today)}

    def tales(self) -> Iterator[Tale]:
        """All of them."""
        days = sorted(self._day() for _ in range(HOW_MANY))
        for number, day in enumerate(days, start=1):
            yield self._tale(number, day)

    def _day(self) -> date:
        while True:
            day = self.place.today - timedelta(days=self.chance.randrange(1, DAYS))
            if (day.weekday() < 5 or self.chance.happens(25)) and day not in self._closed:
                return day

    def _tale(self, number: int, day: date) -> Tale:
        group, details = self._who(day)
        area = details.area or (group.area if group else None)
        assert area is not None
        officer = self._officer(area, group)
        logged_at = datetime.combine(day, time(16, self.chance.randrange(60)), UTC)
        kind = self._kind(met_in_passing=not (details.organisations or details.people))
        kind = Kind.ONLINE if kind == Kind.PHONE and _signs(group) else kind
        details = replace(
            details,
            kind=kind,
            occurred_at=time(self.chance.randrange(9, 16), self.chance.choice([0, 15, 30, 45])),
            officers=self._colleagues(officer, area),
            **self._circumstances(group, replace(details, kind=kind), area, day),
        )
        details = _as_from_afar(details)
        details = replace(details, **self._rarely(number, officer, logged_at))
        withdrawn = self._one_of("withdrawn contact") if number % WITHDRAWN_EVERY == 0 else ""
        team = self.place.teams.get(officer.pk)
        return Tale(self.chance.id_at(logged_at), details, officer, team, logged_at, withdrawn)

    def _kind(self, *, met_in_passing: bool) -> str:
        if met_in_passing:
            return self.chance.choice(IN_PASSING)
        return self.chance.choices(list(KINDS), list(KINDS.values()))[0]

    def _who(self, day: date) -> tuple[Organisation | None, EventDetails]:
        draw = self.chance.random()
        if draw < 0.82:
            group = self._group(day)
            members = among_the_young(self.place, group, self.place.members.get(group.pk, []))
            people = self._some_of(members, most=2) if self.chance.happens(50) else []
            reach = self._reach(group)
            return group, EventDetails(
                occurred_on=day, area=group.area, organisations=[group], people=people, reach=reach
            )
        if draw < 0.92:
            person = self.chance.choice(self.place.people)
            return None, EventDetails(occurred_on=day, area=person.area, people=[person], reach=[])
        return None, self._in_passing(day)

    def _in_passing(self, day: date) -> EventDetails:
        heads = ReachDetails(people=self.chance.randrange(2, 12), basis=Reach.Basis.ESTIMATED)
        met = self._one_of("role met") if self.chance.happens(40) else ""
        where = self._one_of("place").capitalize()
        ward = self.chance.choice(self.place.wards)
        return EventDetails(occurred_on=day, area=ward, place=where, met_in_words=met, reach=[heads])

    def _group(self, day: date) -> Organisation:
        lately = (self.place.today - day).days < QUIET_DAYS
        while True:
            group = self.chance.choice(self.place.groups)
            if not (lately and self.place.quiet(group)):
                return group

    def _reach(self, group: Organisation) -> list[ReachDetails]:
        rows: dict[UUID, ReachDetails] = {}
        for relation, community in self.place.relations[group.pk]:
            people = self.chance.randrange(3, 35)
            basis = self.chance.choices(Reach.Basis.values, [25, 60, 15])[0]
            row = ReachDetails(community=community, people=people, basis=basis)
            if relation == "led_by":
                rows[community.pk] = row
            elif relation == "speaks_for":
                through = replace(row, people=None, basis=Reach.Basis.TOLD, voice=Reach.Voice.THROUGH, through=group)
                rows.setdefault(community.pk, through)
        return list(rows.values())

    def _officer(self, area: Area, group: Organisation | None) -> User:
        locality = self.place.locality_of[area.pk]
        if group is not None and self.chance.happens(10):
            return self.place.city_officer
        if self.chance.happens(4):
            return self.place.champions[locality]
        return self.chance.choice(self.place.officers[locality])

    def _colleagues(self, officer: User, area: Area) -> list[User]:
        others = [user for user in self.place.officers[self.place.locality_of[area.pk]] if user != officer]
        return [officer, self.chance.choice(others)] if others and self.chance.happens(15) else [officer]

    def _circumstances(
        self, group: Organisation | None, details: EventDetails, area: Area, day: date
    ) -> dict[str, Any]:
        told = [self.sentences.next_for(group) for _ in range(self.chance.choices([1, 2, 3], [45, 38, 17])[0])]
        lines = list({line["words"]: line for line in told}.values())  # nobody says the same twice in one talk
        points = [self._raised(self.sentences.point(line, area.name, day, group), group, details) for line in lines]
        spoken = languages_for(self.place, group, details.people)
        support = support_for(self.place, group, details.kind)
        follow_up, due = self._next_step(day)
        return {
            "points": points,
            "topics": [self.place.topics[name] for name in dict.fromkeys(line["topic"] for line in lines)],
            "languages_used": spoken[:1] if self.chance.happens(45) else [],
            "support_used": self._some_of(support, most=2) if self.chance.happens(30) else [],
            "barriers": self._barriers(),
            "promises": self._promises(group, details, day) if self.chance.happens(30) else (),
            "follow_up": follow_up,
            "follow_up_on": due,
            "place": details.place or (group.place if group and self.chance.happens(30) else ""),
        }

    def _next_step(self, day: date) -> tuple[str, date | None]:
        """What to do next and by when, on one contact in four. What was due long ago has been done and taken off."""
        if not self.chance.happens(25):
            return "", None
        step, due = self._one_of("follow up"), day + timedelta(days=self.chance.randrange(7, 30))
        return (step, due) if due >= self.place.today - timedelta(days=STEPS_WAIT) else ("", None)

    def _raised(self, point: PointDetails, group: Organisation | None, details: EventDetails) -> PointDetails:
        by_group = [row for row in details.reach or () if row.voice == Reach.Voice.THROUGH]
        point = replace(point, through=group) if by_group else point
        able = [p for p in details.people if not point.language or point.language.pk in self.place.speaks[p.pk]]
        if able and self.chance.happens(55):
            return replace(point, raised_by=self.chance.choice(able))
        if group is not None and self.chance.happens(25):
            return replace(point, raised_by_organisation=group)
        return point

    def _barriers(self) -> list[BarrierDetails]:
        if not self.chance.happens(18):
            return []
        words = self._one_of("barrier words") if self.chance.happens(35) else ""
        return [BarrierDetails(barrier=self.chance.choice(self.place.barriers), words=words)]

    def _promises(self, group: Organisation | None, details: EventDetails, day: date) -> list[PromiseDetails]:
        ward = details.area.name if details.area else ""
        words = self.sentences.filled(self._one_of("promise"), ward, day, group)
        due = day + timedelta(days=self.chance.choice([7, 7, 14, 14, 21, 30, 30, 45, 60]))
        promise = PromiseDetails(words=words, due_on=due)
        if group is not None:
            return [replace(promise, to_organisation=group)]
        person = next(iter(details.people), None)
        return [replace(promise, to_person=person)] if person else []

    def _rarely(self, number: int, officer: User, logged_at: datetime) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if number % RESTRICTED_EVERY == 0:
            found = {"restricted": True, "named_readers": [officer, self.place.manager]}
        if number % PASSED_ON_EVERY == 0:
            team = self._one_of("safeguarding team")
            found["safeguarding"] = Referral(passed_on_at=logged_at, to_team=team, reference=f"SG-{number:05}")
        return found

    def _some_of(self, rows: list[Any], most: int) -> list[Any]:
        return self.chance.sample(rows, k=min(len(rows), self.chance.randrange(1, most + 1)))

    def _one_of(self, what: str) -> str:
        return self.chance.choice(self.place.words[what])[0]


def _signs(group: Organisation | None) -> bool:
    return group is not None and any(language.is_signed for language in group.languages.all())


def _as_from_afar(details: EventDetails) -> EventDetails:
    """A call or a letter comes from one to three people, needs no room, and nobody turns back at its door."""
    if details.kind == Kind.ONLINE:
        return replace(details, place="")
    if details.kind not in WITH_ONE_OR_TWO:
        return details
    reach = [
        replace(row, people=1 + row.people % 3, basis=Reach.Basis.COUNTED) if row.people else row
        for row in details.reach or ()
    ]
    return replace(details, place="", reach=reach, support_used=[], barriers=[])
