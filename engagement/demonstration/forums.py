"""A year of forums in five localities, past and coming, and a series around Eid with one date moved and one skipped.

Forums that took place stand as held: who came, and what was said there, is told by a part that comes after this one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from functools import cached_property
from typing import Any

from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.areas.models import Area
from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.actors import SYSTEM, Role
from crm.base.demonstration import Say
from crm.base.tables import Line, read_table
from crm.communities.models import Community
from crm.demonstration.chance import Chance
from crm.demonstration.history import days_ago
from crm.languages.models import Language
from crm.venues.models import Venue
from engagement.demonstration.lists import DATA
from engagement.forums.actions.lists import load_calendar_days, load_offer_kinds
from engagement.forums.files import read_calendar_days, shipped_offer_kinds
from engagement.forums.models import Forum, ForumOffer, Job, OfferKind, Series, SkippedDate
from engagement.forums.models.series import days_by_rule
from engagement.forums.reports.faith import bank_holidays, islamic_days
from engagement.forums.vocabulary import By, ForumState

COLUMNS = (
    "locality", "title", "about", "how_often", "week", "weekday", "starts", "ends", "community", "offers", "venue",
    "cancelled", "next",
)  # fmt: skip
YEAR = timedelta(days=366)
OPENED = timedelta(days=100)  # forums nearer than this are open; further ones are still drafts
AROUND_EID = "Ramadan and care"
SPEAKS = "ur"


@dataclass
class Maker:
    """Makes series with their dates, offers and jobs, always the same."""

    today: date
    kinds: dict[str, OfferKind]
    chance: Chance = field(default_factory=lambda: Chance("heard/forums"))
    series: list[Series] = field(default_factory=list)
    forums: list[Forum] = field(default_factory=list)
    skipped: list[SkippedDate] = field(default_factory=list)
    offers: list[ForumOffer] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)

    @cached_property
    def closed(self) -> set[date]:
        """The bank holidays of a year behind and a year ahead."""
        return {noted.first for noted in bank_holidays(self.today - 2 * YEAR, self.today + 2 * YEAR)}

    def add(self, line: Line, where: Area, venue: Venue | None, owner: User, first_on: date) -> list[Forum]:
        """One series with a date for each time its rule gives, until a year from today."""
        starts, ends = time.fromisoformat(line["starts"]), time.fromisoformat(line["ends"])
        series = Series(
            id=self.chance.id_at(days_ago(400)), name=line["title"], about=line["about"], how_often=line["how_often"],
            by=By.WEEKDAY, first_on=first_on, starts=starts, ends=ends, locality=where, owner=owner, uid=self._uid(),
        )  # fmt: skip
        self.series.append(series)
        days = days_by_rule(line["how_often"], By.WEEKDAY, first_on, last=self.today + YEAR)
        made = [self._date(series, day, venue) for day in days]
        self.forums += made
        return made

    def _uid(self) -> str:
        return str(self.chance.id_at(days_ago(400)))

    def _date(self, series: Series, day: date, venue: Venue | None) -> Forum:
        state = self._state(day)
        told = state != ForumState.DRAFT
        return Forum(
            id=self.chance.id_at(days_ago(400)), series=series, original_on=day, on=day, title=series.name,
            about=series.about, starts=series.starts, ends=series.ends, venue=venue, locality=series.locality,
            owner=series.owner, uid=self._uid(), state=state, was_published=told,
            published_at=days_ago(max((self.today - day).days, 0) + 60) if told else None,
            mode="in_person" if venue else "online",
        )  # fmt: skip

    def keep_off_holidays(self, forum: Forum) -> None:
        """A date on a bank holiday is a week later, or two: New Year's Day follows Christmas."""
        while forum.on in self.closed:
            forum.on, forum.changed_alone = forum.on + timedelta(days=7), True
            forum.state = self._state(forum.on)
            if forum.state == ForumState.OPEN:
                forum.moved_from, forum.sequence = forum.original_on, 1

    def _state(self, day: date) -> str:
        if day < self.today:
            return ForumState.HELD
        return ForumState.OPEN if day < self.today + OPENED else ForumState.DRAFT

    def fill(self, forum: Forum, keys: list[str], language: Language | None) -> None:
        """What it offers; of those ahead, the jobs that makes."""
        for key in keys:
            kind = self.kinds[key]
            spoken = language if kind.in_languages else None
            self.offers.append(ForumOffer(forum=forum, kind=kind, language=spoken))
            self._job(forum, kind, spoken)
        for kind in self.kinds.values():
            if kind.group == "every_forum":
                self._job(forum, kind, None)

    def _job(self, forum: Forum, kind: OfferKind, language: Language | None) -> None:
        if not kind.job_words or kind.lead_days is None or forum.state in (ForumState.HELD, ForumState.CANCELLED):
            return
        due = forum.on - timedelta(days=kind.lead_days)
        done = due if due < self.today and self.chance.happens(80) else None
        words = f"{kind.job_words}: {language.name}" if language else kind.job_words
        self.jobs.append(
            Job(id=self.chance.id_at(days_ago(30)), forum=forum, kind=kind, language=language, words=words, due_on=due,
                owner=forum.owner, done_on=done)
        )  # fmt: skip


def forum_lines() -> list[Line]:
    """The series: where and how often each meets, what is called off and why, and what is said at the end."""
    return read_table(DATA / "forums.csv", COLUMNS)


def load_forums(say: Say) -> None:
    """Load what can be offered, days of note, and a year of forums behind and ahead."""
    load_offer_kinds(actor=SYSTEM, lines=shipped_offer_kinds())
    load_calendar_days(actor=SYSTEM, lines=read_calendar_days(DATA / "calendar_days.csv"))
    maker = Maker(timezone.localdate(), {kind.key: kind for kind in OfferKind.objects.all()})
    lines = forum_lines()
    language = Language.objects.filter(code=SPEAKS).first()
    communities: list[tuple[Forum, str]] = []
    owners, places, venues = _owners(), {area.name: area for area in Area.objects.localities()}, _venues()
    for number, line in enumerate(lines):
        where = places[line["locality"]]
        first = _first_day(maker.today - YEAR, int(line["week"]), int(line["weekday"]))
        made = maker.add(line, where, venues[line["venue"]], owners[where.pk], first)
        for forum in made:
            maker.keep_off_holidays(forum)
        called_off = made[len(made) // 4 + number % 2]
        called_off.state, called_off.cancelled_reason = ForumState.CANCELLED, line["cancelled"]
        communities += [(forum, line["community"]) for forum in made]
    around = around_eid(maker, lines[0], places["East"], venues, owners)
    communities += [(forum, lines[0]["community"]) for forum in around]
    offered = {line["title"]: line["offers"].split("|") for line in lines} | {AROUND_EID: ["food", "prayer-space"]}
    for forum in maker.forums:
        maker.fill(forum, offered[forum.title], language)
    _save(maker, communities)
    held = sum(forum.state == ForumState.HELD for forum in maker.forums)
    say(f"Forums: {len(maker.forums)} in {len(maker.series)} series, {held} of them held. Jobs: {len(maker.jobs)}.")


def around_eid(maker: Maker, line: Line, where: Area, venues: Any, owners: Any) -> list[Forum]:
    """A monthly series across the clock change and the next Eid: the date at Eid moved by a week, the one after it
    skipped; the one before, where Eid is so far ahead that the year ends before the next."""
    eid = next(day.first for day in islamic_days(maker.today, maker.today + YEAR) if _is_next_eid(day, maker.today))
    first = eid - timedelta(days=28 * 2)
    while first <= maker.today:
        first += timedelta(days=28)
    own = Line(line.file, line.number, {**line.values, "title": AROUND_EID, "how_often": "monthly", "starts": "11:00",
                                        "ends": "12:30"})  # fmt: skip
    made = maker.add(own, where, venues[line["venue"]], owners[where.pk], first)
    near = min(made, key=lambda forum: abs((forum.on - eid).days))
    near.on, near.changed_alone = near.on + timedelta(days=7), True
    if near.was_published:
        near.moved_from, near.sequence = near.original_on, 1
    after = [forum for forum in made if forum.on > near.on]
    before = [forum for forum in reversed(made) if forum.on < near.on]
    gone = next((forum for forum in [*after, *before] if not forum.was_published), None)
    if gone is not None and gone.original_on is not None:
        maker.forums.remove(gone)
        made.remove(gone)
        maker.skipped.append(SkippedDate(series=maker.series[-1], original_on=gone.original_on))
    return made


def _is_next_eid(day: Any, today: date) -> bool:
    return bool(day.name == "Eid al-Fitr" and day.first > today)


def _first_day(since: date, week: int, weekday: int) -> date:
    """The first day of a kind (the second Tuesday, say) after the start of a month."""
    start = since.replace(day=1)
    day = start + timedelta(days=(weekday - start.weekday()) % 7)
    return day + timedelta(days=7 * (week - 1))


def _owners() -> dict[Any, User]:
    """Locality → its champion."""
    grants = RoleGrant.objects.filter(role=Role.CHAMPION).exclude(locality=None).select_related("user").order_by("id")
    found: dict[Any, User] = {}
    for grant in grants:
        found.setdefault(grant.locality_id, grant.user)
    return found


def _venues() -> dict[str, Venue]:
    return {venue.name: venue for venue in Venue.objects.open().select_related("area")}


def _save(maker: Maker, communities: list[tuple[Forum, str]]) -> None:
    write_new(maker.series, verb=Verb.SERIES_PLANNED)
    attach(maker.skipped)
    write_new(maker.forums, verb=Verb.FORUM_PLANNED)
    attach(maker.offers)
    write_new(maker.jobs, verb=Verb.JOB_MADE)
    by_name = {community.name: community for community in Community.objects.all()}
    through = Forum.communities.through
    through.objects.bulk_create(
        through(forum_id=forum.pk, community_id=by_name[name].pk) for forum, name in _wanted(communities, by_name)
    )


def _wanted(pairs: list[tuple[Forum, str]], known: dict[str, Community]) -> Iterator[tuple[Forum, str]]:
    return ((forum, name) for forum, name in pairs if name in known)
