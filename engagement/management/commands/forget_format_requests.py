"""`manage.py forget_format_requests`: run it every night; it takes no time when there is nothing to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from crm.base.actors import SYSTEM
from engagement.formats.actions import forget_format_requests


class Command(BaseCommand):
    """Deletes who asked for another format, four weeks after they have it."""

    help = "Deletes who asked for another format, four weeks after they have it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many."""
        number = forget_format_requests(actor=SYSTEM)
        self.stdout.write(f"Requests for other formats forgotten: {number}.")
