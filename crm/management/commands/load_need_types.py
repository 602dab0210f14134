"""Loads the types of access need that come with Heard."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crm.access.actions import load_need_types
from crm.access.files import shipped_need_types
from crm.base.actors import SYSTEM
from crm.base.rules import InputBlocked


class Command(BaseCommand):
    """`manage.py load_need_types`: adds what is missing; what the council reworded or ended stays."""

    help = "Adds the types of access need that come with Heard and are not there yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many. Raises CommandError with every mistake and its line."""
        try:
            number = load_need_types(actor=SYSTEM, lines=shipped_need_types())
        except InputBlocked as refusal:
            mistakes = "\n".join(f"  {blocker.words}" for blocker in refusal.blockers)
            raise CommandError(f"Nothing was loaded:\n{mistakes}") from refusal
        self.stdout.write(f"Types of access need: {number} added or changed.")
