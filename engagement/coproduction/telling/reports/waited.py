"""How long answers take is counted here, once for each month that is over; pages read what was released (`days`).

Counted are people and groups, never answers: each once, where they were first told or have waited longest, with the
middle of their own days. Never those of restricted contacts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import UUID

from crm.counting.batches import ELSEWHERE, Counts, Rows, Shape
from crm.counting.months import last_month_end, month_began
from crm.counting.releases import Told
from engagement.coproduction.telling.models import Telling, ToWhom
from engagement.coproduction.telling.reports.reached import still
from engagement.log.models import Reach

HOW_LONG = "how long answers take"
TOLD, WAITING = "told", "waiting"
# Somebody can be told of one thing and wait for another: neither is a part of the other.
EACH = Shape((TOLD, WAITING))
State = Telling.State
Days = dict[str, int | None]
NOTHING: Told = {
    "places": {}, "communities": {}, "days": {"council": None, "places": {}, "communities": {}},
}  # fmt: skip


@dataclass(frozen=True)
class _One:
    """An answer: to whom, where, how long it took; days of None while they wait."""

    pk: UUID
    who: Any
    place: str
    days: int | None


def count_days(last: Told | None) -> Told:
    """`places` and `communities`: how many were told and wait in each; in several communities who was heard for
    several. `days`: of each of them, and of the `council`, the days in the middle; counted anew only where a batch was
    told, because between two batches it could be one person’s own. 2 queries."""
    before = last or NOTHING
    answers = _answers()
    at = _at_one_place(answers)
    places = EACH.next_rows(before["places"], {place: _counts(of) for place, of in at.items()})
    alone = {place: at.get(place, []) for place in places if place != ELSEWHERE}
    alone[ELSEWHERE] = [one for place, of in at.items() if place not in alone for one in of]
    of_community = _of_communities(answers)
    communities = _one_by_one(before["communities"], {key: _counts(of) for key, of in of_community.items()})
    moved = any(_moved(before["places"], places, place) for place in places)
    everyone = EACH.total(places.values())[TOLD]
    whole = _middle(answers) if moved else before["days"]["council"]
    return {
        "places": places,
        "communities": communities,
        "days": {
            "council": whole if everyone else None,
            "places": _days(before, "places", places, alone),
            "communities": _days(before, "communities", communities, of_community),
        },
    }


def _answers() -> list[_One]:
    """Every answer that was told or waited at the end of the last month, the one said first first. What was excused
    since waited then; whoever was erased waits no more."""
    until, began = last_month_end(), month_began()
    rows = Telling.objects.filter(
        still("decision__withdrawn_at"), still("outcome__withdrawn_at"), still("outcome__decision__withdrawn_at"),
        points__event__restricted=False, due_since__lte=until,
    )  # fmt: skip
    rows = rows.exclude(state=State.EXCUSED, modified_at__lt=began).order_by("said_on", "id").distinct()
    found = []
    told = rows.values_list("pk", "to_kind", "person", "organisation", "locality", "said_on", "told_on", "state")
    for pk, kind, person, group, place, said_on, told_on, state in told:
        days = None
        if state == State.TOLD and told_on is not None and told_on <= until:
            days = (told_on - said_on).days
        if days is not None or person or kind != ToWhom.PERSON:
            found.append(_One(pk, person or group or pk, str(place or ELSEWHERE), days))
    return found


def _at_one_place(answers: Iterable[_One]) -> dict[str, list[_One]]:
    """Place → the answers of whoever is counted there: each of them once as told and once as waiting, where the first
    of these answers is."""
    where: dict[tuple[Any, bool], str] = {}
    places: dict[str, list[_One]] = defaultdict(list)
    for one in answers:
        places[where.setdefault((one.who, one.days is None), one.place)].append(one)
    return dict(places)


def _of_communities(answers: Collection[_One]) -> dict[str, list[_One]]:
    """By the communities of the contacts where it was said."""
    by_key = {one.pk: one for one in answers}
    pairs = (
        Reach.objects.filter(event__points__tellings__in=list(by_key), community__isnull=False)
        .order_by().values_list("community", "event__points__tellings").distinct()
    )  # fmt: skip
    found: dict[str, list[_One]] = defaultdict(list)
    for community, telling in pairs:
        if telling in by_key:
            found[str(community)].append(by_key[telling])
    return dict(found)


def _counts(answers: Collection[_One]) -> Counts:
    told = {one.who for one in answers if one.days is not None}
    return {TOLD: len(told), WAITING: len({one.who for one in answers if one.days is None})}


def _one_by_one(before: Mapping[str, Counts], now: Mapping[str, Counts]) -> Rows:
    """What may be told of each community; those of which nothing may are left out."""
    nobody = EACH.nobody
    rows = {key: EACH.let_in(before.get(key, nobody), now.get(key, nobody)) for key in {**before, **now}}
    return {key: row for key, row in rows.items() if row != nobody}


def _moved(before: Mapping[str, Counts], now: Mapping[str, Counts], key: str) -> bool:
    return bool(before.get(key, EACH.nobody)[TOLD] != now[key][TOLD])


def _days(before: Told, kind: str, rows: Rows, answers: Mapping[str, Collection[_One]]) -> Days:
    """Row → the days in the middle, of those rows whose number of people told is shown."""
    kept = before["days"][kind]
    return {
        key: _middle(answers.get(key, ())) if _moved(before[kind], rows, key) else kept.get(key)
        for key, row in rows.items()
        if row[TOLD]
    }


def _middle(answers: Iterable[_One]) -> int | None:
    """The days in the middle, everybody counting once: of somebody with several answers, the middle of their own."""
    own: dict[Any, list[int]] = defaultdict(list)
    for one in answers:
        if one.days is not None:
            own[one.who].append(one.days)
    return round(median(median(days) for days in own.values())) if own else None
