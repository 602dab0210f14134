"""What other rooms show on the page of a contact: whether needs were met, say. They put their cards in."""

from __future__ import annotations

from collections.abc import Callable

from crm.base.actors import Actor
from crm.base.registries import Registry
from crm.base.timeline import Card
from engagement.log.models import EngagementEvent

contact_cards: Registry[Callable[[Actor, EngagementEvent], Card | None]] = Registry("cards about a contact")


def cards_about_contact(event: EngagementEvent, *, reader: Actor) -> list[Card]:
    """The cards of every room about a contact, in order."""
    cards = [card for make in contact_cards if (card := make(reader, event)) is not None]
    return sorted(cards, key=lambda card: card.order)
