"""The chain of one record on one screen: heard, promised, themed, worked on, decided, changed, told; with its dates and
the days between. At most 10 queries, however long the chain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Min, Model, Q
from django.utils import timezone

from crm.base.actors import Actor
from crm.counting.batches import roughly
from crm.counting.figures import HIDDEN
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.projects.models import Project
from engagement.coproduction.telling.models import Telling
from engagement.coproduction.themes.models import Theme
from engagement.coproduction.themes.reports.hidden import counts_exactly
from engagement.coproduction.thread.reports.links import Links, links_of
from engagement.log.models import Point, Promise

MOST = 100  # steps of a stage that are shown; the page says how many more there are
HEARD, PROMISED, THEMED, WORKED_ON, DECIDED, CHANGED, TOLD = (
    "heard", "promised", "themed", "worked_on", "decided", "changed", "told",
)  # fmt: skip
CORE = (HEARD, THEMED, DECIDED, CHANGED, TOLD)  # what lies between these is counted in days
HEADINGS = {
    HEARD: "Heard", PROMISED: "Promised", THEMED: "Gathered into themes", WORKED_ON: "Worked on together",
    DECIDED: "Decided", CHANGED: "What is different", TOLD: "Told",
}  # fmt: skip
MISSING = {
    HEARD: "Nothing that you may read.", PROMISED: "", THEMED: "In no theme yet.", WORKED_ON: "In no project.",
    DECIDED: "Nothing is decided yet.", CHANGED: "Nothing is recorded yet of what is different.",
    TOLD: "Nobody was told yet.",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One thing in the chain: its day, what it says, and which record it is (kind and id; none for a line without a
    page of its own). `until` is the day it ended; `point` holds the words for the page."""

    on: date | None
    what: str
    kind: str = ""
    pk: UUID | None = None
    note: str = ""
    until: date | None = None
    point: Point | None = None


@dataclass(frozen=True)
class Stage:
    """One stage with its steps, how many there are besides, its first day, and the days since the stage before."""

    key: str
    steps: Sequence[Step]
    more: int = 0
    first: date | None = None
    days: int | None = None
    note: str = ""
    nothing: str = ""

    @property
    def heading(self) -> str:
        """What it is called."""
        return HEADINGS[self.key]

    @property
    def missing(self) -> str:
        """What is said where there is nothing; empty where there is, or where nothing needs to be."""
        return "" if self.steps or self.first else self.nothing or MISSING[self.key]


@dataclass(frozen=True)
class Chain:
    """The chain of a record. `waiting` are the days since it was first said where it stopped before the end, and
    `stopped_at` the heading of the stage that comes next."""

    stages: Sequence[Stage]
    waiting: int | None = None
    stopped_at: str = ""
    points: list[Point] = field(default_factory=list)


def chain_of(record: Model, *, reader: Actor) -> Chain:
    """Follow it, as far as the reader may see."""
    links = links_of(record, reader=reader)
    heard, points = _heard(links, reader)
    stages = _with_days([
        heard, _promised(links, reader), _themed(links), _worked_on(links, reader), _decided(links, reader),
        _changed(links, reader), _told(links, reader),
    ])  # fmt: skip
    return _stopped(Chain(stages, points=points))


def _heard(links: Links, reader: Actor) -> tuple[Stage, list[Point]]:
    whole = Point.objects.standing().filter(pk__in=links.points, event__restricted=False)
    counted = whole.order_by().aggregate(number=Count("pk"), first=Min("event__occurred_on"))
    rows = Point.objects.visible_to(reader).standing().filter(pk__in=links.points)
    rows = rows.select_related("event__locality", "language", "through").order_by("event__occurred_on", "id")
    points = list(rows[:MOST])
    steps = [
        Step(point.event.occurred_on, point.words, "point", point.pk, _said(point), point=point) for point in points
    ]
    first = min(filter(None, [counted["first"], points[0].event.occurred_on if points else None]), default=None)
    more = max(0, counted["number"] - len(points)) if counts_exactly(reader) else 0
    note = "" if counts_exactly(reader) else "What people said is read by colleagues who meet people."
    return Stage(HEARD, steps, more, first, note=note), points


def _said(point: Point) -> str:
    through = f"through {point.through.name}" if point.through else ""
    place = point.event.locality.name if point.event.locality else ""
    return " · ".join(filter(None, [point.get_kind_display(), through, place, point.get_quoting_display()]))


def _promised(links: Links, reader: Actor) -> Stage:
    events = Point.objects.filter(pk__in=links.points).order_by().values("event")
    rows = Promise.objects.visible_to(reader).filter(event__in=events, event__withdrawn_at=None)
    found = list(rows.select_related("event").order_by("event__occurred_on", "id")[: MOST + 1])
    steps = [
        Step(one.event.occurred_on, one.words, "promise", one.pk, _kept(one), one.settled_on) for one in found[:MOST]
    ]
    return Stage(PROMISED, steps, len(found) - len(steps))


def _kept(promise: Promise) -> str:
    if promise.is_late:
        return f"Late: due on {promise.due_on:%-d %B %Y}"
    due = f"due on {promise.due_on:%-d %B %Y}"
    return f"{promise.get_state_display()}, {due}" + (f": {promise.settled_words}" if promise.settled_words else "")


def _themed(links: Links) -> Stage:
    mine = Q(memberships__point__in=links.points)
    open_ = Count("memberships", filter=mine & Q(memberships__until=None))
    rows: Any = Theme.objects.filter(pk__in=links.themes)
    rows = rows.annotate(since=Min("memberships__since", filter=mine), now=open_)
    found = list(rows.order_by("name", "id")[: MOST + 1])
    steps = [
        Step(theme.since or theme.opened_on, theme.name, "theme", theme.pk, _belongs(theme)) for theme in found[:MOST]
    ]
    first = min((theme.since for theme in found if theme.since), default=None)
    return Stage(THEMED, steps, len(found) - len(steps), first)


def _belongs(theme: Any) -> str:
    if theme.state != Theme.State.OPEN:
        return str(theme.get_state_display())
    return "" if theme.now else "Does not belong there any more" if theme.since else ""


def _worked_on(links: Links, reader: Actor) -> Stage:
    rows = Project.objects.visible_to(reader).filter(pk__in=links.projects).order_by("opened_on", "id")
    steps = [
        Step(one.opened_on, one.name, "project", one.pk, one.get_stage_display(), one.closed_on) for one in rows[:MOST]
    ]
    return Stage(WORKED_ON, steps, first=steps[0].on if steps else None)


def _decided(links: Links, reader: Actor) -> Stage:
    rows = Decision.objects.visible_to(reader).standing().filter(pk__in=links.decisions).order_by("decided_on", "id")
    steps = [
        Step(one.decided_on, one.question, "decision", one.pk, f"{one.get_answer_display()}. {one.reason}".strip())
        for one in rows[:MOST]
    ]
    return Stage(DECIDED, steps, first=steps[0].on if steps else None)


def _changed(links: Links, reader: Actor) -> Stage:
    rows = Outcome.objects.visible_to(reader).standing().filter(pk__in=links.outcomes).order_by("created_at", "id")
    steps = [
        Step(one.since or timezone.localdate(one.created_at), one.words, "outcome", one.pk,
             f"{one.get_effect_display()}. {one.state_in_words}", one.done_on)
        for one in rows[:MOST]
    ]  # fmt: skip
    return Stage(CHANGED, steps, first=min((step.on for step in steps if step.on), default=None))


def _told(links: Links, reader: Actor) -> Stage:
    """About how many; to whoever meets nobody only where they are not a few: that few wait, or that somebody was told
    and they are few, is news to them."""
    about = Q(decision__in=links.decisions) | Q(outcome__in=links.outcomes)
    # A point's own thread tells whether anybody was told what answers this point, not another of the same decision.
    mine = Telling.points.through.objects.filter(point__in=links.points).values("telling")
    rows = Telling.objects.filter(about, pk__in=mine).order_by().values("state")
    erased = Count("pk", filter=Q(person=None, organisation=None))
    people = Count("person", distinct=True) + Count("organisation", distinct=True) + erased
    counted = list(rows.annotate(number=people, first=Min("told_on")))
    numbers = {row["state"]: roughly(row["number"]) for row in counted}
    steps = [
        Step(None, f"{words}: " + (f"about {numbers[state]}" if numbers[state] else HIDDEN))
        for state, words in Telling.State.choices
        if state in numbers and (numbers[state] or counts_exactly(reader))
    ]
    if not counts_exactly(reader) and not numbers.get(Telling.State.TOLD):
        return Stage(TOLD, steps, nothing="Nobody was told yet, or too few to say.")
    return Stage(TOLD, steps, first=min((row["first"] for row in counted if row["first"]), default=None))


def _with_days(stages: Sequence[Stage]) -> list[Stage]:
    """Each stage of the core with the days since the one before it that has a day."""
    found, before = [], None
    for stage in stages:
        here = stage
        if stage.key in CORE and stage.first is not None:
            here = replace(stage, days=(stage.first - before).days if before else None)
            before = stage.first
        found.append(here)
    return found


def _stopped(chain: Chain) -> Chain:
    """Where it stopped, and for how many days whoever said it has waited."""
    by_key = {stage.key: stage for stage in chain.stages}
    ahead = next((key for key in CORE if by_key[key].first is None and key != HEARD), "")
    said = by_key[HEARD].first
    if not ahead or said is None:
        return chain
    return replace(chain, waiting=(timezone.localdate() - said).days, stopped_at=HEADINGS[ahead])
