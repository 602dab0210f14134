"""What other rooms show on the page of an access need: whether it was met, say. They put their cards in."""

from __future__ import annotations

from collections.abc import Callable

from crm.access.models import AccessNeed
from crm.base.actors import Actor
from crm.base.registries import Registry
from crm.base.timeline import Card

need_cards: Registry[Callable[[Actor, AccessNeed], Card | None]] = Registry("cards about an access need")


def cards_about_need(need: AccessNeed, *, reader: Actor) -> list[Card]:
    """The cards of every room about a need, in order."""
    cards = [card for make in need_cards if (card := make(reader, need)) is not None]
    return sorted(cards, key=lambda card: card.order)
