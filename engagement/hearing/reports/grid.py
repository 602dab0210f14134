"""Whom we heard, where and about what: contacts counted live, direct voice apart from groups speaking for people.

Counted from the ledger itself each time it is asked for, so it is right to the last committed contact; what that costs
is in docs/decisions/0018. A contact counts once in each cell it belongs to: roll-ups count distinct contacts and never
add up overlapping communities or topics.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, F, IntegerField, Max, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from crm.areas.models import Area
from crm.communities.models import Community, CommunityLink, FormerNesting
from engagement.log.models import EngagementEvent, Topic

REACHED = "reach__community__"
NESTED, NESTED_THEN = f"{REACHED}enclosing__", f"{REACHED}lay_in__"
# What a cell can be counted by, and the path from a contact to it.
KEYS = {"community": f"{NESTED}ancestor", "locality": "locality", "topic": "topics", "month": "month"}


@dataclass(frozen=True)
class Wanted:
    """Which contacts are counted: a period (both days in it), and what they are narrowed by. `as_it_was` counts each
    contact where its community lay on that day, mergers and moves since then left out. People are counted at contacts
    until the day `people_until`; None: at all of them."""

    first_day: date
    last_day: date
    topic: Topic | None = None
    community: Community | None = None
    locality: Area | None = None
    as_it_was: bool = False
    people_until: date | None = None

    @cached_property
    def inside(self) -> set[UUID]:
        """The community asked for and those that lie in it, and (as it was) those that once did. 1 query."""
        found = CommunityLink.objects.filter(ancestor=self.community).values_list("descendant_id", flat=True)
        if not self.as_it_was:
            return set(found)
        once = FormerNesting.objects.filter(ancestor=self.community).values_list("descendant_id", flat=True)
        return set(found.union(once))


@dataclass(frozen=True)
class Cell:
    """What was heard in one cell. `key` are the ids it is counted by, None for what is not known; a month is its first
    day. Contacts may be both direct and through a group, or (where nobody was written down) neither.

    `people` adds, over the contacts, the largest headcount of the communities in question, so that forty people of
    three communities stay forty; somebody who came twice counts twice. It is a true count: show it only through
    `crm.counting`. `uncounted` are the contacts of which nobody knows how many people they reached, or that are too new
    to tell.
    """

    key: tuple[Any, ...]
    contacts: int
    direct: int
    through: int
    people: int
    uncounted: int


def cells(wanted: Wanted, by: Sequence[str]) -> list[Cell]:
    """The cells of the contacts that stand and are not restricted, counted by some of `KEYS`: 1 query.

    With a community, only it and those in it are told. Cells without a contact are not in the list.
    """
    parts = [_rows(wanted, by, NESTED)]
    if wanted.as_it_was and "community" in by:
        parts.append(_rows(wanted, by, NESTED_THEN))
    rows = _added_up(parts, by)
    if wanted.community is None or "community" not in by:
        return rows
    place = list(by).index("community")
    return [row for row in rows if row.key[place] in wanted.inside]


def _rows(wanted: Wanted, by: Sequence[str], nested: str) -> QuerySet[Any, Any]:
    """A row for each contact in each cell: what the cell's figures are made of."""
    events: Any = EngagementEvent.objects.standing().filter(
        restricted=False, occurred_on__gte=wanted.first_day, occurred_on__lte=wanted.last_day
    )
    if wanted.locality is not None:
        events = events.filter(locality=wanted.locality)
    if wanted.topic is not None:
        events = events.filter(topics=wanted.topic)
    # One filter, so that all of it is asked of the same link between the contact and the community.
    events = events.filter(_then(wanted, by, nested))
    if "month" in by:
        events = events.annotate(month=TruncMonth("occurred_on"))
    paths = [KEYS[name].replace(NESTED, nested) for name in by]
    is_direct, is_through = (
        Max(Case(When(reach__voice=voice, then=Value(1)), default=Value(0), output_field=IntegerField()))
        for voice in ("direct", "through")
    )
    counted = events.order_by().values(*paths, "pk").annotate(d=is_direct, t=is_through, p=Max(_people(wanted)))
    return counted.values_list(*paths, "pk", "d", "t", "p")  # type: ignore[no-any-return]


def _people(wanted: Wanted) -> Any:
    headcount = F("reach__people")
    if wanted.people_until is None:
        return headcount
    return Case(When(occurred_on__lte=wanted.people_until, then=headcount))


def _then(wanted: Wanted, by: Sequence[str], nested: str) -> Q:
    """Which links between contacts and communities count."""
    asked = Q()
    if wanted.community is not None:
        asked &= Q(reach__community__in=wanted.inside)
    if wanted.as_it_was and "community" in by:
        asked &= Q(**{f"{nested}since": None}) | Q(**{f"{nested}since__lte": F("occurred_on")})
        if nested == NESTED_THEN:
            asked &= Q(**{f"{nested}until__gt": F("occurred_on")})
    return asked


FIGURES = "COUNT(*), SUM(d), SUM(t), COALESCE(SUM(p), 0), SUM(CASE WHEN p IS NULL THEN 1 ELSE 0 END)"


def _added_up(parts: Sequence[QuerySet[Any, Any]], by: Sequence[str]) -> list[Cell]:
    """The rows of the parts added up by cell, in the database: there are as many as contacts. Django has no words for
    counting what was counted, so its query is wrapped; only names of ours are put into the text, never a value."""
    told = [part.query.sql_with_params() for part in parts]
    with connection.cursor() as cursor:
        cursor.execute(_wrapped([sql for sql, _ in told], by), [value for _, params in told for value in params])
        return [
            Cell(tuple(_plain(name, key) for name, key in zip(by, row, strict=False)), *map(_number, row[len(by) :]))
            for row in cursor.fetchall()
        ]


def _wrapped(told: Sequence[str], by: Sequence[str]) -> str:
    """The query that adds up. A contact that two parts put into one cell counts once; one part does so by itself."""
    names = [f"k{place}" for place, _ in enumerate(by)]
    keys, cell = ", ".join(names), ", ".join([*names, "e"])
    each = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part{place}" for place, sql in enumerate(told))  # noqa: S608
    once = "each_row"
    if len(told) > 1:
        once = f"(SELECT {cell}, MAX(d) AS d, MAX(t) AS t, MAX(p) AS p FROM each_row GROUP BY {cell})"  # noqa: S608
    shown, grouped = (f"{keys}, ", f" GROUP BY {keys}") if keys else ("", "")
    return f"WITH each_row ({cell}, d, t, p) AS ({each}) SELECT {shown}{FIGURES} FROM {once} AS once{grouped}"  # noqa: S608


def _number(value: Any) -> int:
    return int(value or 0)


def _plain(name: str, value: Any) -> Any:
    """An id as a UUID and a month as a date, whatever the database gave."""
    if value is None:
        return None
    if name == "month":
        return date.fromisoformat(str(value)[:10])  # a date, a moment or text
    return value if isinstance(value, UUID) else UUID(str(value))


def nested_in(communities: Iterable[UUID]) -> dict[UUID, set[UUID]]:
    """Community → those that lie in it, itself left out: 1 query."""
    found: dict[UUID, set[UUID]] = {pk: set() for pk in communities}
    links = CommunityLink.objects.filter(ancestor__in=found, depth__gt=0)
    for ancestor, descendant in links.values_list("ancestor_id", "descendant_id"):
        found[ancestor].add(descendant)
    return found
