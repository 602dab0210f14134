"""What is wrong in a ladder, told by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm.base.rules import Blocker
from crm.base.tables import Line


def blockers_to_ladder(lines: Sequence[Line]) -> Iterator[Blocker]:
    """Everything wrong in a ladder."""
    keys: set[str] = set()
    places: set[str] = set()
    for line in lines:
        if not (line["key"] and line["name"] and line["promise"] and line["felt_words"]):
            yield line.wrong("rung_unnamed", "give the rung a key, a name, a promise, and how it feels")
        if line["key"] in keys or line["position"] in places:
            yield line.wrong("rung_twice", "this key or position already stands above")
        if not line["position"].isdigit():
            yield line.wrong("position_missing", "write the position as a number, 1 for the lowest")
        keys.add(line["key"])
        places.add(line["position"])
