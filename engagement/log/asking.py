"""What an officer should know before they ask again: rooms above put it in, the page of the log shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crm.base.actors import Actor
from crm.base.registries import Registry

before_asking: Registry[Callable[[Actor, Sequence[Any]], Mapping[Any, str]]] = Registry("what to know before asking")


def notes_about(subjects: Sequence[Any], *, reader: Actor) -> dict[Any, str]:
    """For each group, person or community to choose, by id, what to tell them first. Those without a note are not in
    it."""
    found: dict[Any, str] = {}
    for source in before_asking:
        for pk, words in source(reader, subjects).items():
            found[pk] = f"{found[pk]} {words}" if pk in found else words
    return found
