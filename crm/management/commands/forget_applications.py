"""`manage.py forget_applications`: run it every night; it takes no time when there is nothing to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from crm.base.actors import SYSTEM
from crm.panels.actions.choosing import forget_applications


class Command(BaseCommand):
    """Deletes the words of applications of people who got no place, once they were kept long enough."""

    help = "Delete the words of applications of people who got no place, APPLICATIONS_KEPT_DAYS after their answer."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many."""
        self.stdout.write(f"Deleted the words of {forget_applications(actor=SYSTEM)} applications.")
