"""The questions as data: each set a file with a version and the day it counts from. The law and the standards move, so
answers keep the version they were given under, and a council leaves out what it has taken no advice on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.conf import settings

FOLDER = Path(__file__).with_name("data")
NO_SAY = "no-say"  # "Prefer not to say": an answer, and not the same as leaving a question out


@dataclass(frozen=True)
class Choice:
    """An answer to choose. `group`: the heading it stands under, counted too; `counts_as`: the census's answer."""

    key: str
    words: str
    group: str = ""
    counts_as: str = ""


@dataclass(frozen=True)
class EqualityQuestion:
    """A question: its words, its answers, and where they come from."""

    key: str
    words: str
    hint: str
    answers: tuple[Choice, ...]
    source: str


@dataclass(frozen=True)
class QuestionSet:
    """The questions that count from a day on."""

    version: str
    since: date
    questions: tuple[EqualityQuestion, ...]

    def asked(self) -> list[EqualityQuestion]:
        """Those the council asks."""
        return [one for one in self.questions if one.key not in settings.EQUALITY_QUESTIONS_LEFT_OUT]


@lru_cache
def question_sets() -> dict[str, QuestionSet]:
    """Every set there ever was, by its version, oldest first."""
    found = [_read(file) for file in FOLDER.glob("questions-*.json")]
    return {one.version: one for one in sorted(found, key=lambda one: one.since)}


def current_set(today: date) -> QuestionSet:
    """The set that counts today: the newest that has begun, else the first."""
    every = list(question_sets().values())
    return next((one for one in reversed(every) if one.since <= today), every[0])


def _read(file: Path) -> QuestionSet:
    told = json.loads(file.read_text(encoding="utf-8"))
    questions = tuple(
        EqualityQuestion(
            one["key"], one["words"], one["hint"], tuple(Choice(**answer) for answer in one["answers"]), one["source"]
        )
        for one in told["questions"]
    )
    return QuestionSet(told["version"], date.fromisoformat(told["from"]), questions)
