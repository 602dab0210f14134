"""What equality answers came to a call, as it may be told: through the suppressor, once the call is closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from crm.counting.figures import Figure, says_the_rule, tied
from crm.equality.models import ANSWERED, SKIPPED, EqualityTally
from crm.equality.questions import EqualityQuestion, question_sets
from crm.equality.rules import may_be_told
from crm.panels.models import Application, RecruitmentCall

NOT_YET = "Told once the call is closed, and not before: until then one more answer would show who gave it."
NO_ANSWER = "left-out"
Key = tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One answer and how many gave it. `group`: a heading that sums up the answers under it."""

    key: str
    words: str
    people: Figure
    group: bool = False


@dataclass(frozen=True)
class Told:
    """One question under one version of the questions."""

    version: str
    question: EqualityQuestion
    lines: Sequence[Line]


@dataclass(frozen=True)
class EqualityReport:
    """The report. Empty of numbers, with `not_yet`, while the call takes answers. Three ways of not knowing stay
    apart: people nobody asked, people who skipped, and people who prefer not to say."""

    rule: str
    not_yet: str
    applied: Figure
    answered: Figure
    skipped: Figure
    not_asked: Figure
    questions: Sequence[Told]


def equality_of(call: RecruitmentCall) -> EqualityReport:
    """What is told of one call. 2 queries."""
    if not may_be_told(call):
        nothing = Figure(None)
        return EqualityReport(says_the_rule(), NOT_YET, nothing, nothing, nothing, nothing, [])
    counted: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for row in EqualityTally.objects.filter(call=call):
        counted[row.question_set, row.question][row.answer] = row.people
    sets = {version: question_sets()[version] for version, question in counted if not question}
    told = [
        (version, one)
        for version, each in sets.items()
        for one in each.questions
        if one in each.asked() or any(counted[version, one.key].values())
    ]
    numbers, sums = _numbers(call, counted, told)
    shown = tied(numbers, sums)
    return EqualityReport(
        says_the_rule(), "", shown["applied",], shown["answered",], shown["skipped",], shown["not asked",],
        [Told(version, one, _lines(version, one, shown)) for version, one in told],
    )  # fmt: skip


def _numbers(
    call: RecruitmentCall, counted: dict[tuple[str, str], dict[str, int]], told: Sequence[tuple[str, EqualityQuestion]]
) -> tuple[dict[Key, int], list[tuple[Key, list[Key]]]]:
    """Every number with all that ties them, so that no hidden one can be worked out from the others."""
    versions = {version for version, _ in counted}
    began = {version: counted[version, ""] for version in versions}
    answered = {version: began[version].get(ANSWERED, 0) for version in versions}
    applied = Application.objects.filter(call=call, sent_at__isnull=False).count()
    numbers: dict[Key, int] = {
        ("applied",): applied,
        ("answered",): sum(answered.values()),
        ("skipped",): sum(one.get(SKIPPED, 0) for one in began.values()),
    }
    numbers["not asked",] = max(0, applied - numbers["answered",] - numbers["skipped",])
    numbers |= {("answered", version): many for version, many in answered.items()}
    sums: list[tuple[Key, list[Key]]] = [
        (("applied",), [("answered",), ("skipped",), ("not asked",)]),
        (("answered",), [("answered", version) for version in sorted(versions)]),
    ]
    for version, one in told:
        many = counted[version, one.key]
        parts: list[Key] = []
        for group, answers in _grouped(one):
            keys: list[Key] = [(version, one.key, answer) for answer in answers]
            numbers |= {key: many.get(key[-1], 0) for key in keys}
            if group:
                numbers[version, one.key, group] = sum(numbers[key] for key in keys)
                sums.append(((version, one.key, group), keys))
                parts.append((version, one.key, group))
            else:
                parts += keys
        left_out: Key = (version, one.key, NO_ANSWER)
        numbers[left_out] = answered[version] - sum(many.values())
        sums.append((("answered", version), [*parts, left_out]))
    return numbers, sums


def _grouped(question: EqualityQuestion) -> list[tuple[str, list[str]]]:
    """The answers by the heading they stand under; "" for those without."""
    found: dict[str, list[str]] = {}
    for answer in question.answers:
        found.setdefault(answer.group, []).append(answer.key)
    return list(found.items())


def _lines(version: str, question: EqualityQuestion, shown: dict[Key, Figure]) -> list[Line]:
    words = {answer.key: answer.words for answer in question.answers}
    lines: list[Line] = []
    for group, answers in _grouped(question):
        if group:
            lines.append(Line(group, group, shown[version, question.key, group], group=True))
        lines += [Line(key, words[key], shown[version, question.key, key]) for key in answers]
    return [*lines, Line(NO_ANSWER, "Left this question out", shown[version, question.key, NO_ANSWER])]
