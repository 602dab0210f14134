"""`manage.py release_figures`: run it every night; it takes no time when there is nothing to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from crm.base.actors import SYSTEM
from crm.counting.actions import release_figures


class Command(BaseCommand):
    """Counts the figures of the month that is over."""

    help = (
        "Count the figures of the last month, for anyone and for colleagues who meet nobody, once that month is over."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how much was counted."""
        self.stdout.write(f"Releases of figures: {release_figures(actor=SYSTEM)}.")
