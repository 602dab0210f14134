"""`manage.py forget_old_keys`: run it every hour or so; it takes no time when there is nothing to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from crm.accounts.replay import forget_old_keys


class Command(BaseCommand):
    """Deletes the answers that were kept for repeated requests, once they are 24 hours old."""

    help = "Delete the answers that were kept for repeated requests, once they are 24 hours old."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many."""
        self.stdout.write(f"Forgot {forget_old_keys()} kept answers.")
