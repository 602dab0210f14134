"""`manage.py offer_free_places`: run it every night; it takes no time when there is nothing to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from crm.base.actors import SYSTEM
from engagement.forums.actions.answers import offer_free_places


class Command(BaseCommand):
    """Offers places that came free to those who wait, first come first."""

    help = "Offers places that came free to those who wait, first come first."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many."""
        number = offer_free_places(actor=SYSTEM)
        self.stdout.write(f"Places offered: {number}.")
