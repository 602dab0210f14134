"""`manage.py remind_invited`: run it every night; it takes no time when there is nothing to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from crm.base.actors import SYSTEM
from engagement.forums.actions.telling import remind_invited


class Command(BaseCommand):
    """Reminds those who come to a forum some days before, once, each in their own safe way."""

    help = "Reminds those who come to a forum some days before, once, each in their own safe way."

    def add_arguments(self, parser: CommandParser) -> None:
        """How long before."""
        parser.add_argument("--days", type=int, default=3, help="So many days before the forum (3).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many."""
        number = remind_invited(actor=SYSTEM, days=options["days"])
        self.stdout.write(f"Reminders: {number}.")
