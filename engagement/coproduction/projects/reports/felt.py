"""Declared beside felt: how many felt they decided less, as much or more than promised, where enough answered.

Shown from the day after the last day to answer, so that nobody watches single answers come in; each round alone, never
added up with another, so that nothing can be worked out by taking one from the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from crm.counting.figures import Figure, Table, table
from engagement.coproduction.projects.links import digest_of, round_of_mailed
from engagement.coproduction.projects.models import FeltRound, FeltTally, Project, Rung

BELOW, AS_DECLARED, ABOVE = "below", "as_declared", "above"
WORDS = {BELOW: "Less than was declared", AS_DECLARED: "As much as was declared", ABOVE: "More than was declared"}


@dataclass(frozen=True)
class Felt:
    """One round, as far as it may be shown. `figures` and `middle` are None while people can still answer; `middle` is
    the rung in the middle of all answers and `gap` how many rungs it lies above (below, when negative) the declared
    one; both None also where the group it lies in is hidden: it would tell that at least half of them are in it."""

    round: FeltRound
    declared: Rung
    figures: Table[str] | None
    middle: Rung | None
    gap: int | None

    @property
    def answers(self) -> Figure | None:
        """How many answered."""
        return self.figures.total if self.figures else None

    @property
    def lines(self) -> list[tuple[str, Figure]]:
        """Words and figure of each group; none while people can still answer."""
        return [(WORDS[key], figure) for key, figure in self.figures.cells.items()] if self.figures else []


def round_of_link(secret: str) -> FeltRound | None:
    """The round that a link may still answer: printed and not used, or mailed and not used. At most 2 queries."""
    rows, digest = FeltRound.objects.select_related("project"), digest_of(secret)
    mailed = round_of_mailed(secret)
    if mailed is None:
        return rows.filter(links__digest=digest).first()
    over = rows.filter(pk=mailed, closes_on__lt=timezone.localdate()).exists()
    return None if over else rows.filter(pk=mailed).exclude(spent__digest=digest).first()


def felt_in(project: Project) -> list[Felt]:
    """Every round of a project, the newest first. 2 queries."""
    rounds = list(FeltRound.objects.filter(project=project).order_by("-opened_on", "-id"))
    tallies: dict[object, list[FeltTally]] = {}
    for tally in FeltTally.objects.filter(round__in=rounds).select_related("rung").order_by("rung__position"):
        tallies.setdefault(tally.round_id, []).append(tally)
    return [_shown(one, project.level, tallies.get(one.pk, [])) for one in rounds]


def _shown(asked: FeltRound, declared: Rung, tallies: Sequence[FeltTally]) -> Felt:
    if asked.closes_on >= timezone.localdate():
        return Felt(asked, declared, None, None, None)
    counts = dict.fromkeys(WORDS, 0)
    for tally in tallies:
        counts[_group(tally.rung, declared)] += tally.answers
    figures = table(counts)
    middle = _middle(tallies) if tallies else declared
    if figures.cells[_group(middle, declared)].is_hidden:
        return Felt(asked, declared, figures, None, None)
    return Felt(asked, declared, figures, middle, middle.position - declared.position)


def _group(rung: Rung, declared: Rung) -> str:
    if rung.position == declared.position:
        return AS_DECLARED
    return BELOW if rung.position < declared.position else ABOVE


def _middle(tallies: Sequence[FeltTally]) -> Rung:
    """The rung of the answer in the middle; of the two in the middle, the lower one."""
    half, so_far = (sum(tally.answers for tally in tallies) + 1) // 2, 0
    for tally in tallies:
        so_far += tally.answers
        if so_far >= half:
            return tally.rung
    return tallies[-1].rung
