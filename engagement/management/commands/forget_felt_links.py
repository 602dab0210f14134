"""`manage.py forget_felt_links`: run it every night; it takes no time when there is nothing to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from crm.base.actors import SYSTEM
from engagement.coproduction.projects.actions.felt import forget_felt_links


class Command(BaseCommand):
    """Deletes what is left of the one-time links of rounds that are over."""

    help = "Deletes what is left of the one-time links of rounds of asking how it felt that are over."

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many."""
        number = forget_felt_links(actor=SYSTEM)
        self.stdout.write(f"Links forgotten: {number}.")
