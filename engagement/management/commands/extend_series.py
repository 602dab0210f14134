"""`manage.py extend_series`: run it every night; it takes no time when there is nothing to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from crm.base.actors import SYSTEM
from engagement.forums.actions.series import extend_series


class Command(BaseCommand):
    """Makes the dates of every running series of forums that came within the next 12 months."""

    help = "Makes the next dates of every running series of forums, 12 months ahead."

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them and say how many."""
        self.stdout.write(f"Dates made: {extend_series(actor=SYSTEM)}.")
