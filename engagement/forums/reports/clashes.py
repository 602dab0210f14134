"""Possible clashes of the dates of a forum: never a reason to refuse, always with its source."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Q

from crm.accounts.models import User
from crm.areas.models import Area
from crm.areas.reports import wards_in
from crm.base.words import named_time
from crm.organisations.models import Service
from engagement.forums.models import CalendarDay, Forum
from engagement.forums.reports.faith import Noted, bank_holidays, islamic_days

WEEK = timedelta(days=7)
MOST_GROUPS = 3
OUR_FORUMS = "Forums in Heard"
GROUPS_WORDS = "What the group told us about its services"
DAY_WORDS = [re.compile(rf"\b{name}(day)?s?\b", re.IGNORECASE)
             for name in ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")]  # fmt: skip


@dataclass(frozen=True)
class Clash:
    """One reason to look twice at a date, and where we know it from."""

    words: str
    source: str


@dataclass
class Checked:
    """A date with its possible clashes, and the same weekday a week later where that one is free."""

    forum: Any
    on: date
    clashes: list[Clash] = field(default_factory=list)
    try_instead: date | None = None


@dataclass(frozen=True)
class Planned:
    """What the dates are asked for: where, when, by whom, and which forums are their own."""

    locality: Area | None
    starts: time
    ends: time
    people: Collection[Any]
    series: Any = None


def check_dates(forums: Sequence[Forum], *, reader: User) -> list[Checked]:
    """Each of these dates (of one series, or a single one) with its possible clashes. 4 queries for any number."""
    if not forums:
        return []
    first = forums[0]
    people = {first.owner_id, *(user.pk for user in first.organisers.all())}
    planned = Planned(first.locality, first.starts, first.ends, people, first.series_id)
    days = {forum.on for forum in forums}
    found = clashes_on(days | {day + WEEK for day in days}, planned, reader=reader, besides=[f.pk for f in forums])
    return [
        Checked(forum, forum.on, found[forum.on], _instead(forum.on, found)) for forum in forums
    ]  # fmt: skip


def _instead(day: date, found: dict[date, list[Clash]]) -> date | None:
    return day + WEEK if found[day] and not found[day + WEEK] else None


def clashes_on(
    days: Collection[date], planned: Planned, *, reader: User, besides: Collection[Any] = ()
) -> dict[date, list[Clash]]:
    """Day → what may be in the way: bank holidays, faith days, school holidays, other forums, groups' meetings."""
    first, last = min(days), max(days)
    noted = [*bank_holidays(first, last), *islamic_days(first, last), *_of_the_council(first, last)]
    others = _others(days, planned, reader, besides)
    groups = _meetings(planned.locality, reader)
    found: dict[date, list[Clash]] = {}
    for day in sorted(days):
        found[day] = [Clash(one.words, one.source) for one in noted if one.touches(day)]
        found[day] += [clash for on, clash in others if on == day]
        found[day] += [clash for number, clash in groups if number == day.weekday()][:MOST_GROUPS]
    return found


def _of_the_council(first: date, last: date) -> Iterator[Noted]:
    for row in CalendarDay.objects.between(first - timedelta(days=1), last + timedelta(days=1)):
        yield Noted(row.name, row.first_day, row.last_day, row.source, row.near)


def _others(
    days: Collection[date], planned: Planned, reader: User, besides: Collection[Any]
) -> list[tuple[date, Clash]]:
    rows = Forum.objects.visible_to(reader).filter(on__in=days).exclude(state="cancelled").exclude(pk__in=besides)
    if planned.series is not None:
        rows = rows.exclude(series=planned.series)
    same = Q(locality=planned.locality) | Q(owner__in=planned.people) | Q(organisers__in=planned.people)
    found = rows.filter(same).select_related("locality", "owner").distinct().in_order()
    return [(other.on, Clash(_about(other, planned), OUR_FORUMS)) for other in found]


def _about(other: Forum, planned: Planned) -> str:
    where = f" in {other.locality}" if other.locality else ""
    again = f" {other.owner} looks after both." if other.owner_id in planned.people else ""
    at_once = other.starts < planned.ends and planned.starts < other.ends
    when = "at this time" if at_once else f"that day at {named_time(other.starts)}"
    return f"The forum ‘{other.title}’ is {when}{where}.{again}"


def _meetings(locality: Area | None, reader: User) -> list[tuple[int, Clash]]:
    """Weekday → what a group of this locality does on it, by the words it told us."""
    if locality is None:
        return []
    rows = Service.objects.visible_to(reader).filter(status=Service.Status.ACTIVE).exclude(when="")
    here = rows.filter(organisation__area__in=wards_in(locality)).select_related("organisation")
    return [
        (number, Clash(f"{one.organisation.name}: {one.name} ({one.when}).", GROUPS_WORDS))
        for one in here.order_by("organisation__name", "id")
        for number, word in enumerate(DAY_WORDS)
        if word.search(one.when)
    ]
