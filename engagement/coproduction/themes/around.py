"""What rooms above show on the page of a theme, and what themes show on the page of a contact."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm.base.actors import Actor
from crm.base.registries import Registry
from crm.base.timeline import Card, asks
from crm.base.together import each_once
from engagement.coproduction.themes import permissions
from engagement.coproduction.themes.models import Theme
from engagement.coproduction.themes.reports.words import gathered_in, themes_of
from engagement.log.models import EngagementEvent

theme_cards: Registry[Callable[[Actor, Theme], Card | None]] = Registry("cards about a theme")


def cards_about_theme(theme: Theme, *, reader: Actor) -> list[Card]:
    """The cards of every room about a theme, in order."""
    cards = [card for make in theme_cards if (card := make(reader, theme)) is not None]
    return sorted(cards, key=lambda card: card.order)


def _asks(reader: Actor, event: EngagementEvent) -> list[tuple[Any, ...]]:
    points = each_once(point.pk for point in event.points.all())
    return [(gathered_in, reader, points)] if points and permissions.read_themes(actor=reader) else []


@asks(_asks)
def themes_at(reader: Actor, event: EngagementEvent) -> Card | None:
    """On the page of a contact: what became of each point, and a way to put it into a theme. 1 query."""
    points = list(event.points.all())
    if not points or not permissions.read_themes(actor=reader):
        return None
    found = themes_of([point.pk for point in points], reader=reader)
    lines = [(point, found.get(point.pk, [])) for point in points]
    return Card("workspace/themes/card_of_contact.html", {"lines": lines, "may_gather": not event.withdrawn_at}, 20)
