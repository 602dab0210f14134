"""What people say: written sentences, chosen for whom they fit, with the day's and the place's words put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from itertools import chain, cycle
from uuid import UUID

from crm.base.tables import Line, read_table
from crm.demonstration.chance import Chance
from crm.organisations.models import Organisation
from engagement.demonstration.fitting import KEPT_TO_THEMSELVES, marks_of
from engagement.demonstration.lists import DATA
from engagement.demonstration.place import Place
from engagement.log.details import PointDetails
from engagement.log.models import Point

COLUMNS = ("topic", "kind", "audience", "language", "words", "translation", "paraphrase")
RETOLD_ALREADY = re.compile(r"They (ask|want|would)\b")  # words that nobody says of themselves
SPOKEN = re.compile(r"\?|\b[Yy]ou\b")  # words that are somebody's, where they were not retold
SPOKEN_FOR = 5  # of a hundred points are said by somebody else
QUOTED = 60  # of a hundred points that could be written down either way, so many are quotes
BETWEEN = 25  # so many sentences that anybody might say stand between what concerns a group


class As(Enum):
    """How a sentence is written down."""

    EITHER = "either"
    QUOTE = "quote"
    RETOLD = "retold"


@dataclass(frozen=True)
class Saying:
    """A sentence, and how this group's officer writes it down this time."""

    line: Line
    written: As


@dataclass
class Sentences:
    """Deals out sentences, so that a group does not say the same thing twice in a row."""

    place: Place
    chance: Chance
    lines: list[Line] = field(default_factory=lambda: read_table(DATA / "points.csv", COLUMNS))
    decks: dict[UUID | None, Iterator[Saying]] = field(default_factory=dict)

    def next_for(self, group: Organisation | None) -> Saying:
        """The next sentence that this group, or a passer-by, might say."""
        key = group.pk if group else None
        if key not in self.decks:
            self.decks[key] = cycle(self._deck(group))
        return next(self.decks[key])

    def _deck(self, group: Organisation | None) -> list[Saying]:
        """What concerns them first as a quote, the second time retold, with what anybody might say in between. Groups
        that others lead tell of people: theirs is retold at once."""
        names: set[str] = set()
        if group is not None:
            near = (self.place.enclosing[community.pk] for _, community in self.place.relations[group.pk])
            names = set(chain.from_iterable(near))
        spoken = {language.code for language in group.languages.all()} if group else set()
        own = [line for line in self.lines if line["audience"] in names]
        own = [line for line in own if not line["language"] or line["language"] in spoken]
        anyone = [Saying(line, As.EITHER) for line in self._said_by_anyone(group)]
        self.chance.shuffle(anyone)
        first = As.QUOTE if self._lead_themselves(group) else As.RETOLD
        again = [Saying(line, As.RETOLD) for line in own if line["paraphrase"]] if first == As.QUOTE else []
        parts = ([Saying(line, first) for line in own] + anyone[:BETWEEN], again + anyone[BETWEEN : BETWEEN * 2])
        return [*(one for part in parts for one in self._mixed(part)), *anyone[BETWEEN * 2 :]]

    def _said_by_anyone(self, group: Organisation | None) -> list[Line]:
        """What concerns nobody in particular, without what this group would not say: the Deaf do not ask for a call."""
        marks = marks_of(self.place, group)
        topics, words = self.place.fitting("unfit topic", marks), self.place.fitting("unfit words", marks)
        lines = (line for line in self.lines if not line["audience"] and line["topic"] not in topics)
        return [line for line in lines if not any(each in line["words"] for each in words)]

    def _mixed(self, sayings: list[Saying]) -> list[Saying]:
        return self.chance.sample(sayings, k=len(sayings))

    def _lead_themselves(self, group: Organisation | None) -> bool:
        return group is not None and any(relation == "led_by" for relation, _ in self.place.relations[group.pk])

    def filled(self, words: str, ward: str, day: date, group: Organisation | None) -> str:
        """The sentence with ward, months and numbers put in."""
        theirs = [one for one in group.languages.all() if one.code not in KEPT_TO_THEMSELVES] if group else []
        own = self.chance.choice(theirs) if theirs else None
        recording = "video" if own and own.is_signed else "voice message"
        month = day - timedelta(days=self.chance.randrange(60, 300))
        return words.format(
            ward=ward,
            month=f"{month:%B}",
            minutes=self.chance.choice([20, 25, 35, 40, 50]),
            weeks=self.chance.choice(["three", "five", "six", "nine"]),
            years=self.chance.choice(["two", "three", "six", "eleven"]),
            language=own.name if own else "English",
            recording=recording,
        )

    def point(
        self, saying: Saying, ward: str, day: date, group: Organisation | None, *, by_group: bool = False
    ) -> PointDetails:
        """A point as an officer would log it; who raised it is decided by the caller. What a group says as a group, and
        what somebody says for another, is retold: nobody's own words begin with somebody else's I."""
        line = saying.line
        said_for = not line["language"] and saying.written != As.QUOTE and self.chance.happens(SPOKEN_FOR)
        direct = bool(line["language"]) or self._is_quoted(saying, told_for=said_for or by_group)
        return PointDetails(
            words=self.filled(line["words"] if direct else line["paraphrase"] or line["words"], ward, day, group),
            kind=line["kind"],
            wording=Point.Wording.VERBATIM if direct else Point.Wording.PARAPHRASE,
            language=self.place.languages[line["language"]] if line["language"] else None,
            translation=line["translation"],
            translator=self._one_of("translator") if line["language"] else "",
            voice=Point.Voice.SPOKEN_FOR if said_for else self._voice(line),
            authority=self._one_of("authority") if said_for else "",
            quoting=self.chance.choices(Point.Quoting.values, [15, 60, 25])[0],
        )

    def _is_quoted(self, saying: Saying, *, told_for: bool) -> bool:
        line = saying.line
        if not line["paraphrase"] and (line["kind"] == Point.Kind.IDEA or SPOKEN.search(line["words"])):
            return True
        if told_for or RETOLD_ALREADY.match(line["words"]):
            return False
        return saying.written == As.QUOTE or (saying.written == As.EITHER and self.chance.happens(QUOTED))

    def _voice(self, line: Line) -> str:
        supported = 30 if "learning disability" in line["audience"] or "dementia" in line["audience"] else 4
        return Point.Voice.SUPPORTED if self.chance.happens(supported) else Point.Voice.OWN

    def _one_of(self, what: str) -> str:
        return self.chance.choice(self.place.words[what])[0]
