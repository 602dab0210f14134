"""What people say: written sentences, chosen for whom they fit, with the day's and the place's words put in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, cycle
from uuid import UUID

from crm.base.tables import Line, read_table
from crm.demonstration.chance import Chance
from crm.organisations.models import Organisation
from engagement.demonstration.lists import DATA
from engagement.demonstration.place import Place
from engagement.log.details import PointDetails
from engagement.log.models import Point

COLUMNS = ("topic", "kind", "audience", "language", "words", "translation")
SPEAKS_OF_ITSELF = re.compile(r"\b(I|my|me|we|our|us)\b", re.IGNORECASE)
SPOKEN_FOR = 5  # of a hundred points are said by somebody else


@dataclass
class Sentences:
    """Deals out sentences, so that a group does not say the same thing twice in a row."""

    place: Place
    chance: Chance
    lines: list[Line] = field(default_factory=lambda: read_table(DATA / "points.csv", COLUMNS))
    decks: dict[UUID | None, Iterator[Line]] = field(default_factory=dict)

    def next_for(self, group: Organisation | None) -> Line:
        """The next sentence that this group, or a passer-by, might say."""
        key = group.pk if group else None
        if key not in self.decks:
            self.decks[key] = cycle(self._deck(group))
        return next(self.decks[key])

    def _deck(self, group: Organisation | None) -> list[Line]:
        names: set[str] = set()
        if group is not None:
            near = (self.place.enclosing[community.pk] for _, community in self.place.relations[group.pk])
            names = set(chain.from_iterable(near))
        own = [line for line in self.lines if line["audience"] in names]
        anyone = [line for line in self.lines if not line["audience"]]
        self.chance.shuffle(own)
        self.chance.shuffle(anyone)
        half = max(15, len(own))
        halves = (own + anyone[:half], own + anyone[half : half * 2])  # what concerns them comes up twice as often
        return [line for lines in halves for line in self.chance.sample(lines, k=len(lines))]

    def filled(self, words: str, ward: str, day: date, group: Organisation | None) -> str:
        """The sentence with ward, months and numbers put in."""
        theirs = list(group.languages.all()) if group else []
        read = [language.name for language in theirs if not (language.is_signed or language.is_spoken_only)]
        own = self.chance.choice(theirs) if theirs else None
        recording = "video" if own and own.is_signed else "voice message"
        month = day - timedelta(days=self.chance.randrange(60, 300))
        return words.format(
            ward=ward,
            month=f"{month:%B}",
            minutes=self.chance.choice([20, 25, 35, 40, 50]),
            weeks=self.chance.choice(["three", "five", "six", "nine"]),
            years=self.chance.choice(["two", "three", "six", "eleven"]),
            written=self.chance.choice(read or ["English"]),
            language=own.name if own else "English",
            recording=recording,
        )

    def point(self, line: Line, ward: str, day: date, group: Organisation | None) -> PointDetails:
        """A point as an officer would log it; who raised it is decided by the caller."""
        words = self.filled(line["words"], ward, day, group)
        direct = bool(line["language"] or (SPEAKS_OF_ITSELF.search(words) and not words.startswith("They ")))
        wording = Point.Wording.VERBATIM if direct and self.chance.happens(85) else Point.Wording.PARAPHRASE
        said_for = not line["language"] and self.chance.happens(SPOKEN_FOR)
        voice = Point.Voice.SPOKEN_FOR if said_for else self._voice(line)
        return PointDetails(
            words=words,
            kind=line["kind"],
            wording=Point.Wording.VERBATIM if line["language"] else wording,
            language=self.place.languages[line["language"]] if line["language"] else None,
            translation=line["translation"],
            translator=self._one_of("translator") if line["language"] else "",
            voice=voice,
            authority=self._one_of("authority") if said_for else "",
            quoting=self.chance.choices(Point.Quoting.values, [15, 60, 25])[0],
        )

    def _voice(self, line: Line) -> str:
        supported = 30 if "learning disability" in line["audience"] or "dementia" in line["audience"] else 4
        return Point.Voice.SUPPORTED if self.chance.happens(supported) else Point.Voice.OWN

    def _one_of(self, what: str) -> str:
        return self.chance.choice(self.place.words[what])[0]
