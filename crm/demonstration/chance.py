"""Chance that falls the same way every time: the demonstration of one day is the same in every database."""

from __future__ import annotations

import random
from datetime import datetime
from uuid import UUID


class Chance(random.Random):
    """Seeded by a name, so that each part draws its own numbers whatever the others drew."""

    def id_at(self, moment: datetime) -> UUID:
        """An id of the usual shape (UUIDv7, RFC 9562 section 5.7) that says this moment and repeats with the seed."""
        milliseconds = int(moment.timestamp() * 1000) & (1 << 48) - 1
        head, tail = self.getrandbits(12), self.getrandbits(62)
        return UUID(int=milliseconds << 80 | 0x7 << 76 | head << 64 | 0b10 << 62 | tail)

    def happens(self, percent: float) -> bool:
        """True in so many cases of a hundred."""
        return self.random() * 100 < percent
