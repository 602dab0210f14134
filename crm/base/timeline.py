"""What stands on a record's page: its timeline, cards, what is coming, and the lines of the relationship at a glance.

Rooms above put their sources in; people, groups and communities need not know them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from crm.base.actors import Actor
from crm.base.kept import asked_ahead
from crm.base.registries import Registry

T = TypeVar("T")
TIMELINE, COMING = 20, 3  # so many entries are shown


@dataclass(frozen=True)
class Said:
    """Words as they were said, with their language and its direction, so that they are read out and set as such."""

    words: str
    language: str = ""
    direction: str = "auto"


@dataclass(frozen=True)
class TimelineEntry:
    """One thing that happened: when, what, the words the reader may see, and where to read more (empty for none).

    `who` wrote it down and `met` were there from us, both empty where the reader may not know. The words of what is
    `restricted` stay on the screen: they are never printed.
    """

    on: date
    what: str
    who: str = ""
    words: Sequence[Said] = ()
    topics: Sequence[str] = ()
    url: str = ""
    struck: bool = False
    met: Sequence[str] = ()
    restricted: bool = False


class TimelineSource(Protocol):
    """Gives the newest entries about a subject (a group, person or community) that this reader may see."""

    def __call__(self, *, reader: Actor, subject: Any, most: int) -> list[TimelineEntry]:
        """At most `most` entries, newest first."""


timeline_sources: Registry[TimelineSource] = Registry("timeline sources")


@dataclass(frozen=True)
class Glance:
    """One line of the relationship at a glance: what it is about, and the few words that say it. `late` stands out.

    Lower `order` comes first: who they are (10), last contact (20), promises (30), needs (40), who knows them (50).
    """

    label: str
    words: str
    late: bool = False
    url: str = ""
    order: int = 100


@dataclass(frozen=True)
class Coming:
    """Something ahead that the subject is part of: a forum, say."""

    on: date
    what: str
    where: str = ""
    url: str = ""


@dataclass(frozen=True)
class Card:
    """A card for a page made of cards: a template and what it shows. Lower `order` comes first. `glance` are its news
    in a line or two, for the top of the page: what a card has read already is not asked for twice. `on_paper` puts it
    on the sheet that is printed before a visit."""

    template: str
    shows: dict[str, Any]
    order: int = 100
    glance: Sequence[Glance] = ()
    on_paper: bool = False


home_cards: Registry[Callable[[Actor], Card | None]] = Registry("home cards")
subject_cards: Registry[Callable[[Actor, Any], Card | None]] = Registry("cards about a person, group or community")
glances: Registry[Callable[[Actor, Any], Sequence[Glance]]] = Registry("lines of the relationship at a glance")
coming: Registry[Callable[[Actor, Any, int], Sequence[Coming]]] = Registry("what is coming for a subject")


Asks = Callable[..., Sequence[tuple[Any, ...]]]


def asks(questions: Asks) -> Callable[[T], T]:
    """Say what a card or source will ask, given what it is given itself: kept questions, each with its values. The page
    asks those of all its cards with one query; what a card asks besides is asked by itself."""

    def mark(make: T) -> T:
        make.asks = questions  # type: ignore[attr-defined]
        return make

    return mark


def asked_by(makers: Iterable[Any], *given: Any) -> list[tuple[Any, ...]]:
    """What all of these will ask."""
    return [one for make in makers if (questions := getattr(make, "asks", None)) for one in questions(*given)]


def cards_of_home(reader: Actor) -> list[Card]:
    """The cards of every room that has something for this reader, in order."""
    with asked_ahead(asked_by(home_cards, reader)):
        cards = [card for make in home_cards if (card := make(reader)) is not None]
    return sorted(cards, key=lambda card: card.order)


@contextmanager
def asked_for_page(subject: Any, *besides: tuple[Any, ...], reader: Actor) -> Iterator[None]:
    """Inside, everything that the cards and sources of a subject's page said they ask has been asked, at once; with
    what the page asks itself besides."""
    questions = [*asked_by(subject_cards, reader, subject), *asked_by(coming, reader, subject, COMING)]
    with asked_ahead([*besides, *questions, *asked_by(timeline_sources, reader, subject, TIMELINE)]):
        yield


def timeline_of(subject: Any, *, reader: Actor, most: int = TIMELINE) -> list[TimelineEntry]:
    """The newest entries of every source, newest first."""
    found = [entry for source in timeline_sources for entry in source(reader=reader, subject=subject, most=most)]
    return sorted(found, key=lambda entry: entry.on, reverse=True)[:most]


def cards_about(subject: Any, *, reader: Actor) -> list[Card]:
    """The cards of every room about a subject, in order."""
    cards = [card for make in subject_cards if (card := make(reader, subject)) is not None]
    return sorted(cards, key=lambda card: card.order)


def coming_for(subject: Any, *, reader: Actor, most: int = COMING) -> list[Coming]:
    """What is next for a subject, the soonest first; empty while no room puts anything in."""
    found = [entry for source in coming for entry in source(reader, subject, most)]
    return sorted(found, key=lambda entry: entry.on)[:most]
