"""You said, we did: what anyone may read, and the figures beside it. The page and the public endpoint ask here.

Figures count points, by the end of yesterday: so that they are the same for everybody all day, and nobody can watch
one go up by one. Restricted and withdrawn contacts are never counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.areas.models import Area
from crm.communities.models import Community
from crm.counting.figures import Figure, percent, tied
from crm.sending.models import Format
from engagement.coproduction.decisions.models import Answer, Decision, Outcome
from engagement.coproduction.telling.models import AnswerWords, PublicLine
from engagement.coproduction.telling.reports.reached import (
    ALL,
    DECIDED,
    HEARD,
    answered,
    asked_points,
    by_place,
    countable_points,
)
from engagement.coproduction.telling.wording import Said, generated
from engagement.log.models import Point, Reach

MOST_QUOTES = 20


@dataclass(frozen=True)
class PublicWords:
    """The words of a line in one language; `easy` are its Easy Read sentences, one thought each."""

    said: str
    answer: str
    easy: Sequence[str] = ()


@dataclass(frozen=True)
class Line:
    """One line: what people said (how many points, of which communities), and what came of it."""

    pk: UUID
    decision: Decision
    words: PublicWords
    points: Figure
    communities: Sequence[str]
    outcomes: Sequence[Outcome]
    published_on: date

    @property
    def status(self) -> str:
        """`did`, `will`, `could_not` or `not_yet`."""
        if self.decision.answer == Answer.NO:
            return "could_not"
        if self.decision.answer == Answer.NOT_YET:
            return "not_yet"
        return "did" if any(row.effect != Outcome.Effect.SAME for row in self.outcomes) else "will"


@dataclass(frozen=True)
class Share:
    """Of the points that ask for something, how many were answered: in a locality, or everywhere."""

    name: str
    asked: Figure
    answered: Figure
    percent: int | None


@dataclass(frozen=True)
class YouSaid:
    """The headline, localities, the lines in one language, and how many stand there in English only."""

    until: date
    whole: Share
    localities: Sequence[Share]
    lines: Sequence[Line]
    only_in_english: int


@dataclass(frozen=True)
class Quote:
    """Words that may be quoted, in the language they were said in, and the month."""

    words: str
    language: str
    direction: str
    translation: str
    month: date


def you_said(code: str = "en") -> YouSaid:
    """Everything the public page says in a language. 9 queries, however many lines."""
    lines, only_in_english = _lines(code)
    until = timezone.localdate() - timedelta(days=1)
    whole, localities = _shares()
    return YouSaid(until, whole, localities, lines, only_in_english)


def _lines(code: str) -> tuple[list[Line], int]:
    """The lines that have words in a language, and how many have not. What one hides hangs on all of them."""
    rows = list(PublicLine.objects.public().for_list().prefetch_related("decision__words__language"))
    spoken = {row.pk: words_in(row.decision, code) for row in rows}
    points = _points_of([row.decision_id for row in rows])
    shown = _figures({row.pk: points.get(row.decision_id, set()) for row in rows})
    names = _communities(points)
    outcomes = _outcomes([row.decision_id for row in rows])
    lines = [
        Line(
            row.pk, row.decision, words, shown[row.pk], names.get(row.decision_id, []),
            outcomes.get(row.decision_id, []), row.published_on,
        )
        for row in rows
        if (words := spoken[row.pk]) is not None
    ]  # fmt: skip
    return lines, len(rows) - len(lines)


def one_line(pk: UUID, code: str = "en") -> tuple[Line, list[Quote]] | None:
    """One line with the words that may be quoted; None where it is not public. In English where it is in no other."""
    row = PublicLine.objects.public().filter(pk=pk).first()
    if row is None:
        return None
    found = next((line for line in _lines(code)[0] if line.pk == pk), None)
    if found is None and code != "en":
        return one_line(pk)
    return (found, quotes_of(row.decision_id)) if found else None


def words_in(decision: Decision, code: str) -> PublicWords | None:
    """The words of a line in a language: only those that were checked; English is always there."""
    found: dict[str, AnswerWords] = {}
    for words in sorted(decision.words.all(), key=lambda one: one.number):
        own = words.language.code if words.language else "en"
        if own == code and words.may_be_used:
            found[words.format] = words
    easy = found.get(Format.EASY_READ)
    sentences = [line.strip() for line in easy.answer.splitlines() if line.strip()] if easy else []
    standard = found.get(Format.STANDARD)
    if standard is None and code != "en":
        return None
    said = Said(standard.said, standard.answer) if standard else generated(decision)
    return PublicWords(said.said, said.answer, sentences)


def quotes_of(decision: UUID) -> list[Quote]:
    """What people said who agreed to be quoted. Never who, and never on which day; nothing of somebody whose record is
    only stored (UK GDPR article 18) or kept from most colleagues."""
    rows = countable_points().filter(
        pk__in=answered().filter(decision=decision).values("point"), quoting=Point.Quoting.YES,
        wording=Point.Wording.VERBATIM,
    ).exclude(raised_by__person__stopped_on__isnull=False).exclude(raised_by__person__restricted=True)  # fmt: skip
    found = rows.select_related("event", "language").order_by("event__occurred_on", "pk")[:MOST_QUOTES]
    return [
        Quote(
            point.words, point.language.code if point.language else "en",
            point.language.direction if point.language else "auto", point.translation,
            point.event.occurred_on.replace(day=1),
        )
        for point in found
    ]  # fmt: skip


def _points_of(decisions: Sequence[UUID]) -> dict[UUID, set[UUID]]:
    found: dict[UUID, set[UUID]] = defaultdict(set)
    for decision, point in answered().filter(decision__in=decisions).values_list("decision", "point"):
        found[decision].add(point)
    return dict(found)


def _figures(points: Mapping[UUID, set[UUID]]) -> dict[UUID, Figure]:
    """How many points stand behind each line. One hidden alone could be worked out from all of them: then another is
    hidden too."""
    counts: dict[Any, int] = {pk: len(found) for pk, found in points.items()}
    if not counts:
        return {}
    every = set().union(*points.values())
    counts["all"] = max(len(every), *counts.values())
    shown = tied(counts, [("all", list(points))])
    return {pk: shown[pk] for pk in points}


def _communities(points: Mapping[UUID, set[UUID]]) -> dict[UUID, list[str]]:
    """Of which communities, where it is not so few that somebody could be recognised."""
    every = set().union(*points.values()) if points else set()
    events = dict(Point.objects.filter(pk__in=every).values_list("pk", "event"))
    reached: dict[UUID, set[UUID]] = defaultdict(set)
    pairs = Reach.objects.filter(event__in=set(events.values()), community__isnull=False).order_by()
    for event, community in pairs.values_list("event", "community"):
        reached[event].add(community)
    named = Community.objects.filter(pk__in=set().union(*reached.values()) if reached else set())
    names = dict(named.values_list("pk", "name"))
    found: dict[UUID, list[str]] = {}
    for decision, of in points.items():
        counts: dict[UUID, int] = defaultdict(int)
        for point in of:
            for community in reached.get(events[point], ()):
                counts[community] += 1
        shown = {pk: tied({pk: number}, [])[pk] for pk, number in counts.items()}
        found[decision] = sorted(names[pk] for pk, each in shown.items() if not each.is_hidden)
    return found


def _outcomes(decisions: Sequence[UUID]) -> dict[UUID, list[Outcome]]:
    found: dict[UUID, list[Outcome]] = defaultdict(list)
    for row in Outcome.objects.standing().filter(decision__in=decisions).order_by("created_at", "id"):
        found[row.decision_id].append(row)
    return dict(found)


def _shares() -> tuple[Share, list[Share]]:
    """Of the points that ask for something, how many a standing decision answers: everywhere and by locality. 2
    queries."""
    points = asked_points()
    shown = by_place(points)
    places = list(dict.fromkeys(point.locality for point in points))
    names: dict[Any, str] = dict(
        Area.objects.filter(pk__in=[place for place in places if place]).values_list("pk", "name")
    )
    none = Figure(None)

    def share(place: Any, name: str) -> Share:
        asked, told = shown.get((place, HEARD), none), shown.get((place, DECIDED), none)
        return Share(name, asked, told, percent(told, asked))

    rows = [share(place, names.get(place, "")) for place in places]
    return share(ALL, ""), sorted(rows, key=lambda row: row.name or "~")


def lines_for_staff(lines: Iterable[PublicLine]) -> list[tuple[PublicLine, list[str]]]:
    """Each line with the languages and forms its words are in and checked, for the workspace."""
    found = []
    for line in lines:
        ready = {words.in_words for words in line.decision.words.all() if words.may_be_used}
        found.append((line, sorted(ready | {"English"})))
    return found
