"""Loads the kinds of offer that come with Heard."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crm.base.actors import SYSTEM
from crm.base.rules import InputBlocked
from engagement.forums.actions.lists import load_offer_kinds
from engagement.forums.files import shipped_offer_kinds


class Command(BaseCommand):
    """`manage.py load_offer_kinds`: adds what is missing; what the council reworded stays."""

    help = "Adds what a forum can offer, with its lead times, as it comes with Heard. Run load_need_types before it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many. Raises CommandError with every mistake and its line."""
        try:
            number = load_offer_kinds(actor=SYSTEM, lines=shipped_offer_kinds())
        except InputBlocked as refusal:
            mistakes = "\n".join(f"  {blocker.words}" for blocker in refusal.blockers)
            raise CommandError(f"Nothing was loaded:\n{mistakes}") from refusal
        self.stdout.write(f"Kinds of offer: {number} added.")
