"""You said, we did: what anyone may read, and the figures beside it. The page and the public endpoint ask here.

Figures count points and are those of the last release (`monthly`, once a month): whoever keeps every copy of
the page learns of nobody by taking one from another. Words follow at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.utils import timezone

from crm.areas.models import Area
from crm.communities.models import Community
from crm.counting.batches import ELSEWHERE, Counts, still_roughly
from crm.counting.figures import Figure, figure, percent
from crm.counting.models import Release
from crm.counting.releases import released
from crm.sending.models import Format
from engagement.coproduction.decisions.models import Answer, AnsweredPoint, Decision, Outcome
from engagement.coproduction.telling.models import AnswerWords, PublicLine
from engagement.coproduction.telling.reports.monthly import FAR, FROM_SAID_TO_TOLD
from engagement.coproduction.telling.reports.reached import DECIDED, HEARD
from engagement.coproduction.telling.wording import Said, generated
from engagement.log.models import Point

MOST_QUOTES = 20
ELSEWHERE_NAME = "Elsewhere, or not known where"


@dataclass(frozen=True)
class PublicWords:
    """The words of a line in one language; `easy` are its Easy Read sentences, one thought each."""

    said: str
    answer: str
    easy: Sequence[str] = ()


@dataclass(frozen=True)
class Line:
    """One line: what people said (about how many points, of which communities), and what came of it. It is counted
    once the month in which the decision was written down is over."""

    pk: UUID
    decision: Decision
    words: PublicWords
    is_counted: bool
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
    """The headline, localities, the lines in one language, and how many stand there in English only. `until` is None
    until a first month was counted."""

    until: date | None
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
    """Everything the public page says in a language. 8 queries, however many lines and points."""
    release = released(FROM_SAID_TO_TOLD)
    lines, only_in_english = _lines(code, release)
    whole, localities = _shares(release)
    return YouSaid(release.until if release else None, whole, localities, lines, only_in_english)


def _lines(code: str, release: Release | None) -> tuple[list[Line], int]:
    """The lines that have words in a language, and how many have not."""
    public = PublicLine.objects.public().for_list()
    rows = list(public.prefetch_related("decision__words__language", "decision__outcomes"))
    spoken = {row.pk: words_in(row.decision, code) for row in rows}
    points, named = (release.told[name] if release else {} for name in ("lines", "communities"))
    here = {pk for row in rows for pk in named.get(str(row.decision_id), ())}
    names = {str(pk): name for pk, name in Community.objects.filter(pk__in=here).values_list("pk", "name")}
    lines = [
        Line(
            row.pk, row.decision, words, _is_counted(row.decision, release), _points(row.decision, points),
            sorted(names[pk] for pk in named.get(str(row.decision_id), ()) if pk in names),
            _outcomes(row.decision), row.published_on,
        )
        for row in rows
        if (words := spoken[row.pk]) is not None
    ]  # fmt: skip
    return lines, len(rows) - len(lines)


def _points(decision: Decision, told: Mapping[str, int]) -> Figure:
    return Figure(still_roughly(told.get(str(decision.pk))))


def _is_counted(decision: Decision, release: Release | None) -> bool:
    return release is not None and timezone.localdate(decision.created_at) <= release.until


def one_line(pk: UUID, code: str = "en") -> tuple[Line, list[Quote]] | None:
    """One line with the words that may be quoted; None where it is not public. In English where it is in no other."""
    row = PublicLine.objects.public().filter(pk=pk).first()
    if row is None:
        return None
    found = next((line for line in _lines(code, released(FROM_SAID_TO_TOLD))[0] if line.pk == pk), None)
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
    """What people said who agreed to be quoted, from the day after. Never who, and never on which day; nothing of
    somebody whose record is only stored (UK GDPR article 18) or kept from most colleagues. They stand there because
    they agreed, and go at once when the contact is withdrawn or restricted."""
    today = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    answers = AnsweredPoint.objects.standing().filter(decision=decision, decision__created_at__lt=today)
    rows = Point.objects.standing().filter(
        pk__in=answers.values("point"), created_at__lt=today, event__restricted=False, quoting=Point.Quoting.YES,
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


def _outcomes(decision: Decision) -> list[Outcome]:
    standing = [row for row in decision.outcomes.all() if not (row.is_withdrawn or decision.is_withdrawn)]
    return sorted(standing, key=lambda row: (row.created_at, row.pk))


def _shares(release: Release | None) -> tuple[Share, list[Share]]:
    """Of the points that ask for something, how many a decision answers: everywhere, in each locality, and in all
    other places together. Everywhere is what stands below it added up, so it tells nothing more. 1 query."""
    told = {place: FAR.shown(row) for place, row in (release.told["places"] if release else {}).items()}
    names = [(str(pk), name) for pk, name in Area.objects.localities().values_list("pk", "name")]
    rows = [_share(name, told.get(place, FAR.nobody)) for place, name in [*names, (ELSEWHERE, ELSEWHERE_NAME)]]
    return _share("", FAR.total(told.values())), rows


def _share(name: str, counts: Counts) -> Share:
    asked, answered = figure(counts[HEARD]), figure(counts[DECIDED])
    return Share(name, asked, answered, percent(answered, asked))


def lines_for_staff(lines: Iterable[PublicLine]) -> list[tuple[PublicLine, list[str]]]:
    """Each line with the languages and forms its words are in and checked, for the workspace."""
    found = []
    for line in lines:
        ready = {words.in_words for words in line.decision.words.all() if words.may_be_used}
        found.append((line, sorted(ready | {"English"})))
    return found
