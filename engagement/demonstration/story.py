"""Eighteen months of contacts, told one after another: who met whom, where, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from crm.accounts.models import User
from crm.areas.models import Area
from crm.demonstration.chance import Chance
from crm.organisations.models import Organisation
from engagement.demonstration.fitting import among_the_young, languages_for, marks_of, support_for, who_knows_whom
from engagement.demonstration.place import Place
from engagement.demonstration.promises import Answer, Answers, working_day
from engagement.demonstration.sentences import As, Saying, Sentences
from engagement.forums.reports.faith import bank_holidays
from engagement.log.details import BarrierDetails, EventDetails, PointDetails, PromiseDetails, ReachDetails
from engagement.log.details import SafeguardingDetails as Referral
from engagement.log.models import EngagementEvent, Reach

HOW_MANY = 2000
DAYS = 548  # eighteen months
LONGEST = 120  # days that a promise may run
PROMISES = 30  # of a hundred contacts end with one
KNOWS_THEM = 60  # of a hundred times it is the officer whom the group knows best who comes
STEPS_WAIT = 5  # so many days a next step may be overdue
QUIET_DAYS = 190  # so long nothing has been heard of the quiet communities
Kind = EngagementEvent.Kind
KINDS = dict(zip(Kind.values, (38, 16, 5, 8, 2, 10, 8, 10, 3), strict=True))
IN_PASSING = (Kind.OUTREACH, Kind.MECC, Kind.IN_PERSON)
SHUT_AT_WEEKENDS = ("education", "network", "provider")
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
    answers: Sequence[Answer] = ()
    withdrawn: str = ""


@dataclass
class Story:
    """Tells the contacts in the order of their days."""

    place: Place
    chance: Chance
    sentences: Sentences
    answers: Answers
    _closed: set[date] = field(default_factory=set, init=False)
    _known: dict[UUID, User] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        first, last = self.place.today - timedelta(days=DAYS), self.place.today + timedelta(days=LONGEST)
        self._closed = {noted.first for noted in bank_holidays(first, last)}
        self._known = who_knows_whom(self.place)

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
        told = self._told(group)
        details = replace(
            details,
            kind=kind,
            occurred_at=time(self.chance.randrange(9, 16), self.chance.choice([0, 15, 30, 45])),
            officers=self._colleagues(officer, area),
            **self._circumstances(group, replace(details, kind=kind), area, told),
        )
        details = _as_from_afar(details)
        details = replace(details, **self._rarely(number, officer, logged_at))
        answers = self._answers(group, details, told)
        details = replace(details, promises=[self._promise(one, group, details, officer) for one in answers])
        withdrawn = self._one_of("withdrawn contact") if number % WITHDRAWN_EVERY == 0 else ""
        team = self.place.teams.get(officer.pk)
        return Tale(self.chance.id_at(logged_at), details, officer, team, logged_at, answers, withdrawn)

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
        where = self._one_of("place")
        met = self.chance.choice(self.place.words_for("role met", where)) if self.chance.happens(40) else ""
        ward = self.chance.choice(self.place.wards)
        return EventDetails(occurred_on=day, area=ward, place=where.capitalize(), met_in_words=met, reach=[heads])

    def _group(self, day: date) -> Organisation:
        lately = (self.place.today - day).days < QUIET_DAYS
        while True:
            group = self.chance.choice(self.place.groups)
            shut = day.weekday() > 4 and group.kind in SHUT_AT_WEEKENDS
            if not shut and not (lately and self.place.quiet(group)):
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
            return self.chance.choice(self.place.city_officers)
        if self.chance.happens(4):
            return self.place.champions[locality]
        if group is not None and self.chance.happens(KNOWS_THEM):
            return self._known[group.pk]
        return self.chance.choice(self.place.officers[locality])

    def _colleagues(self, officer: User, area: Area) -> list[User]:
        others = [user for user in self.place.officers[self.place.locality_of[area.pk]] if user != officer]
        return [officer, self.chance.choice(others)] if others and self.chance.happens(15) else [officer]

    def _told(self, group: Organisation | None) -> list[Saying]:
        """What was said this time; nobody says the same twice in one talk."""
        told = [self.sentences.next_for(group) for _ in range(self.chance.choices([1, 2, 3], [45, 38, 17])[0])]
        return list({saying.line["words"]: saying for saying in told}.values())

    def _circumstances(
        self, group: Organisation | None, details: EventDetails, area: Area, told: Sequence[Saying]
    ) -> dict[str, Any]:
        topics = list(dict.fromkeys(saying.line["topic"] for saying in told))
        said_in = [self.place.languages[code] for saying in told if (code := saying.line["language"])]
        spoken = languages_for(self.place, group, details.people)
        support = support_for(self.place, group, details.kind, met=bool(details.people))
        follow_up, due = self._next_step(details, topics)
        return {
            "points": [self._point(saying, group, details, area) for saying in told],
            "topics": [self.place.topics[name] for name in topics],
            "languages_used": list(dict.fromkeys([*said_in, *(spoken[:1] if self.chance.happens(45) else [])])),
            "support_used": self._some_of(support, most=2) if self.chance.happens(30) else [],
            "barriers": self._barriers(group),
            "follow_up": follow_up,
            "follow_up_on": due,
            "place": details.place or (group.place if group and self.chance.happens(30) else ""),
        }

    def _next_step(self, details: EventDetails, topics: Sequence[str]) -> tuple[str, date | None]:
        """What to do next and by when, on one contact in four. What was due long ago has been done and taken off."""
        if not self.chance.happens(25):
            return "", None
        step = self.chance.choice(self.place.words_for("follow up", *topics))
        due = working_day(_day_of(details) + timedelta(days=self.chance.randrange(7, 30)), self._closed)
        return (step, due) if due >= self.place.today - timedelta(days=STEPS_WAIT) else ("", None)

    def _point(self, saying: Saying, group: Organisation | None, details: EventDetails, area: Area) -> PointDetails:
        """What was said, and who raised it: somebody who was there and speaks the language, or the group as a group."""
        language = self.place.languages.get(saying.line["language"])
        able = [person for person in details.people if not language or language.pk in self.place.speaks[person.pk]]
        person = self.chance.choice(able) if able and self.chance.happens(55) else None
        own_words = saying.written == As.QUOTE
        by_group = group if person is None and not own_words and self.chance.happens(40) else None
        point = self.sentences.point(saying, area.name, _day_of(details), group, by_group=by_group is not None)
        through = any(row.voice == Reach.Voice.THROUGH for row in details.reach or ())
        return replace(point, raised_by=person, raised_by_organisation=by_group, through=group if through else None)

    def _barriers(self, group: Organisation | None) -> list[BarrierDetails]:
        if group is None or not self.chance.happens(22):
            return []
        fits = self.place.fitting("barrier fits", marks_of(self.place, group))
        barrier = self.chance.choice([one for one in self.place.barriers if one.name in fits])
        words = self.chance.choice(self.place.words_for("barrier words", barrier.name))
        return [BarrierDetails(barrier=barrier, words=words if self.chance.happens(35) else "")]

    def _answers(self, group: Organisation | None, details: EventDetails, told: Sequence[Saying]) -> list[Answer]:
        """What is promised about what was told: on some contacts one thing, on a few two; to nobody met in passing."""
        whom = group or next(iter(details.people), None)
        if whom is None or not self.chance.happens(PROMISES):
            return []
        lines = [saying.line for saying in told]
        wanted = 2 if self.chance.happens(10) else 1
        found = [self.answers.next_for(whom.pk, lines) for _ in range(wanted)]
        return [answer for answer in found if answer is not None]

    def _promise(
        self, answer: Answer, group: Organisation | None, details: EventDetails, officer: User
    ) -> PromiseDetails:
        assert details.area is not None
        day, team = _day_of(details), self.place.officers[self.place.locality_of[details.area.pk]]
        keeper = officer if details.restricted else self.answers.keeper(answer, officer, team, self.place.manager)
        return PromiseDetails(
            words=self.sentences.filled(answer.words, details.area.name, day, group),
            due_on=working_day(day + timedelta(days=answer.days), self._closed),
            owner=keeper,
            to_organisation=group,
            to_person=next(iter(details.people), None) if group is None else None,
        )

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


def _day_of(details: EventDetails) -> date:
    assert details.occurred_on is not None
    return details.occurred_on


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
