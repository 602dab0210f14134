"""How points and answers are counted for what anyone reads, and for colleagues who meet nobody: once for each month
that is over.

Nothing here is read by a page: pages read what was released (`crm.counting.releases`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from crm.counting.batches import ELSEWHERE, Counts, Rows, Shape, roughly
from crm.counting.releases import Told
from engagement.coproduction.telling.models import HelpTally
from engagement.coproduction.telling.reports.reached import (
    CHANGED,
    DECIDED,
    HEARD,
    THEMED,
    TOLD,
    WITHIN,
    Asked,
    answered,
    asked_points,
    points_of_projects,
)
from engagement.log.models import Reach

FROM_SAID_TO_TOLD, HELPED = "from said to told", "whether answers helped"
# "You said, we did" tells how many asked and were answered, so these two are kept up to date before the others.
FAR = Shape((HEARD, DECIDED, THEMED, CHANGED, TOLD), tuple(WITHIN))


def count_how_far(last: Told | None) -> Told:
    """`places`: place → how many points that ask for something got to each step there. `projects`: project → the same;
    a point may be in several. `lines`: decision → about how many points it answers. `communities`: decision → those
    that not a few of these points come from."""
    before = last or {"places": {}, "projects": {}}
    points = asked_points()
    places: dict[str, list[Asked]] = defaultdict(list)
    for point in points:
        places[str(point.locality) if point.locality else ELSEWHERE].append(point)
    events: dict[str, Counter[UUID]] = defaultdict(Counter)
    for decision, event in answered().values_list("decision", "point__event"):
        events[str(decision)][event] += 1
    return {
        "places": FAR.next_rows(before["places"], {place: _steps(found) for place, found in places.items()}),
        "projects": _projects(before["projects"], {point.pk: point for point in points}),
        "lines": _rough({decision: of.total() for decision, of in events.items()}),
        "communities": _communities(events),
    }


def _steps(points: Iterable[Asked]) -> Counts:
    return FAR.nobody | Counter(step for point in points for step in point.steps)


def _projects(before: Mapping[str, Counts], points: Mapping[UUID, Asked]) -> Rows:
    """By batches too, so that a rough number moves for not a few at once."""
    now = {
        str(project): _steps(points[pk] for pk in within if pk in points)
        for project, within in points_of_projects().items()
    }
    nobody = FAR.nobody
    rows = {project: FAR.let_in(before.get(project, nobody), now.get(project, nobody)) for project in {**before, **now}}
    return {project: row for project, row in rows.items() if row != nobody}


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
