"""Where the room above joins in: who is due an answer, who was not told yet, and what stands on the pages besides."""

from __future__ import annotations

from collections.abc import Callable

from crm.base.actors import Actor
from crm.base.registries import Registry
from crm.base.timeline import Card
from engagement.coproduction.decisions.models import Decision, Outcome

# Called inside the action that recorded, corrected or withdrew it.
after_deciding: Registry[Callable[[Actor, Decision | Outcome], None]] = Registry("what follows a decision or outcome")
# How many people and groups that are due an answer about it have had none, and no reason stands.
untold: Registry[Callable[[Decision | Outcome], int]] = Registry("who was not told yet")
decision_parts: Registry[Callable[[Actor, Decision], Card | None]] = Registry("parts of the page of a decision")
outcome_parts: Registry[Callable[[Actor, Outcome], Card | None]] = Registry("parts of the page of an outcome")


def follow(actor: Actor, record: Decision | Outcome) -> None:
    """Let the rooms above know."""
    for after in after_deciding:
        after(actor, record)


def how_many_untold(record: Decision | Outcome) -> int:
    """Over all rooms above."""
    return sum(count(record) for count in untold)


def parts_of_decision(reader: Actor, decision: Decision) -> list[Card]:
    """In their order."""
    return _sorted([make(reader, decision) for make in decision_parts])


def parts_of_outcome(reader: Actor, outcome: Outcome) -> list[Card]:
    """In their order."""
    return _sorted([make(reader, outcome) for make in outcome_parts])


def _sorted(cards: list[Card | None]) -> list[Card]:
    return sorted((card for card in cards if card is not None), key=lambda card: card.order)
