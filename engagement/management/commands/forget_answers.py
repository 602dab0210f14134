"""`manage.py forget_answers`: run it every night; it takes no time when there is nothing to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from crm.base.actors import SYSTEM
from engagement.forums.actions.answers import forget_answers


class Command(BaseCommand):
    """Deletes what people told us for one forum alone, four weeks after it."""

    help = "Deletes what people told us for one forum alone, four weeks after it."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many."""
        number = forget_answers(actor=SYSTEM)
        self.stdout.write(f"Answers forgotten: {number}.")
