"""What the team promised: an answer to something told in the same contact, by a day and by somebody that fit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from crm.accounts.models import User
from crm.base.tables import Line, read_table
from crm.demonstration.chance import Chance
from engagement.demonstration.lists import DATA

COLUMNS = ("answers", "words", "kept", "how", "days")
DONE_BY_ANYBODY = ("ask", "find", "send", "make", "book", "meet")  # a visit is always the officer's own
ABOVE, COLLEAGUE = 50, 20  # of a hundred promises of money the manager keeps so many; of the others a colleague


@dataclass(frozen=True)
class Answer:
    """One thing that can be promised, and how it was kept."""

    words: str
    kept: str
    how: str
    days: int


@dataclass
class Answers:
    """Deals out answers to what was told, so that nobody is promised the same thing twice."""

    chance: Chance
    lines: list[Line] = field(default_factory=lambda: read_table(DATA / "promises.csv", COLUMNS))
    given: Counter[str] = field(default_factory=Counter)
    to_each: dict[UUID, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def phrases(self) -> list[str]:
        """What the answers are to: words of one sentence each."""
        return list(self._by_phrase)

    @cached_property
    def _by_phrase(self) -> dict[str, list[Answer]]:
        found: dict[str, list[Answer]] = defaultdict(list)
        for line in self.lines:
            answer = Answer(line["words"], line["kept"], line["how"], int(line["days"]))
            found[line["answers"]].append(answer)
        return found

    def to_what_was_said(self, said: Line) -> Iterator[Answer]:
        """Every answer to a sentence."""
        words = said["translation"] or said["words"]
        for phrase, answers in self._by_phrase.items():
            if phrase in words:
                yield from answers

    def next_for(self, whom: UUID, told: Sequence[Line]) -> Answer | None:
        """One that they were not given yet, of those the one that was given least so far; or none."""
        known = self.to_each[whom]
        fits = [one for said in told for one in self.to_what_was_said(said) if one.words not in known]
        if not fits:
            return None
        least = min(self.given[one.words] for one in fits)
        chosen = self.chance.choice([one for one in fits if self.given[one.words] == least])
        self.given[chosen.words] += 1
        known.add(chosen.words)
        return chosen

    def keeper(self, answer: Answer, officer: User, team: Sequence[User], manager: User) -> User:
        """Who keeps it: mostly whoever was there."""
        if answer.how == "money" and self.chance.happens(ABOVE):
            return manager
        others = [user for user in team if user != officer]
        if others and answer.how in DONE_BY_ANYBODY and self.chance.happens(COLLEAGUE):
            return self.chance.choice(others)
        return officer


def working_day(day: date, closed: Collection[date]) -> date:
    """This day, or the first one after it on which the council is open."""
    while day.weekday() > 4 or day in closed:
        day += timedelta(days=1)
    return day
