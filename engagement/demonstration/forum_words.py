"""What is said at the forums of the demonstration: each series has its own sentences, and promises that
answer them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle, islice

from crm.base.tables import Line, read_table
from crm.demonstration.chance import Chance
from engagement.demonstration.lists import DATA

COLUMNS = ("title", "kind", "words", "language", "translation", "picture", "easy", "promise", "kept")


@dataclass
class ForumWords:
    """Deals out the sentences of each series, so that none comes again before all the others came."""

    chance: Chance
    lines: list[Line] = field(default_factory=lambda: read_table(DATA / "forum_words.csv", COLUMNS))
    decks: dict[str, Iterator[Line]] = field(default_factory=dict)

    def next_for(self, title: str, how_many: int) -> list[Line]:
        """The next sentences that are said at forums of this title."""
        if title not in self.decks:
            own = [line for line in self.lines if line["title"] == title]
            self.chance.shuffle(own)
            self.decks[title] = cycle(own)
        return list(islice(self.decks[title], how_many))

    def in_easy_read(self) -> dict[str, Line]:
        """What has a picture and short words beside it, by what was said."""
        return {line["words"]: line for line in self.lines if line["easy"]}
