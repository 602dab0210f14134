"""How what is told in public of points and answers is counted, once for each month that is over.

Nothing here is read by a page: pages read what was released (`crm.counting.releases`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from crm.counting.batches import ELSEWHERE, Pair, next_rows, roughly
from crm.counting.releases import Told
from engagement.coproduction.telling.models import HelpTally
from engagement.coproduction.telling.reports.reached import DECIDED, answered, asked_points
from engagement.log.models import Reach

YOU_SAID, HELPED = "you said, we did", "whether answers helped"


def count_you_said(last: Told | None) -> Told:
    """`places`: place → how many points ask for something there, and how many a decision answers. `lines`: decision →
    about how many points it answers. `communities`: decision → those that not a few of these points come from."""
    before = {place: Pair(*numbers) for place, numbers in (last or {}).get("places", {}).items()}
    now: dict[str, Pair] = defaultdict(Pair)
    for point in asked_points():
        place = str(point.locality) if point.locality else ELSEWHERE
        now[place] += Pair(1, int(DECIDED in point.steps))
    events: dict[str, Counter[UUID]] = defaultdict(Counter)
    for decision, event in answered().values_list("decision", "point__event"):
        events[str(decision)][event] += 1
    return {
        "places": {place: [pair.whole, pair.part] for place, pair in next_rows(before, now).items()},
        "lines": _rough({decision: of.total() for decision, of in events.items()}),
        "communities": _communities(events),
    }


def _communities(events: Mapping[str, Counter[UUID]]) -> dict[str, list[str]]:
    """By the communities that the contacts reached."""
    every = {event for of in events.values() for event in of}
    reached: dict[UUID, set[str]] = defaultdict(set)
    rows = Reach.objects.filter(event__in=every, community__isnull=False).order_by()
    for event, community in rows.values_list("event", "community"):
        reached[event].add(str(community))
    found: dict[str, list[str]] = {}
    for decision, of in events.items():
        counts: Counter[str] = Counter()
        for event, number in of.items():
            counts.update(dict.fromkeys(reached[event], number))
        if shown := _rough(counts):
            found[decision] = sorted(shown)
    return found


def count_whether_it_helped(last: Told | None) -> Told:
    """Decision or outcome → what people said → about how many said so."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for tally in HelpTally.objects.order_by("id"):
        found[str(tally.decision_id or tally.outcome_id)][tally.helped] = tally.answers
    return {record: _rough(counts) for record, counts in found.items()}


def _rough(counts: Mapping[Any, int]) -> dict[Any, int]:
    """Those that are not a few, roughly."""
    return {key: number for key, count in counts.items() if (number := roughly(count)) is not None}
