"""The third page of planning offers a place: whoever invites people, groups and panels puts their part in."""

from __future__ import annotations

from collections.abc import Callable

from crm.base.actors import Actor
from crm.base.registries import Registry
from crm.base.timeline import Card
from engagement.forums.models import Forum

invite_parts: Registry[Callable[[Actor, Forum], Card | None]] = Registry(
    "parts of the page on which people are invited"
)
forum_parts: Registry[Callable[[Actor, Forum], Card | None]] = Registry("parts of a forum's own page")


def parts_of(parts: Registry[Callable[[Actor, Forum], Card | None]], forum: Forum, *, reader: Actor) -> list[Card]:
    """The parts that other files put in, in order."""
    cards = [card for make in parts if (card := make(reader, forum)) is not None]
    return sorted(cards, key=lambda card: card.order)
