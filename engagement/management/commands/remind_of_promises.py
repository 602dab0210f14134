"""`manage.py remind_of_promises`: run it every night; it takes no time when there is nothing to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from crm.base.actors import SYSTEM
from engagement.coproduction.telling.actions import remind_of_promises


class Command(BaseCommand):
    """Reminds whoever keeps a promise, once some days before it is due and once when it is late."""

    help = "Reminds whoever keeps a promise by e-mail, once some days before it is due and once when it is late."

    def add_arguments(self, parser: CommandParser) -> None:
        """How long before."""
        parser.add_argument("--days", type=int, default=7, help="So many days before it is due (7).")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many."""
        number = remind_of_promises(actor=SYSTEM, days=options["days"])
        self.stdout.write(f"Reminders of promises: {number}.")
