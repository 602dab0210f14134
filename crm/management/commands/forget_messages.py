"""`manage.py forget_messages`: run it every night; it takes no time when there is nothing to do."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from crm.base.actors import SYSTEM
from crm.sending.actions import forget_messages


class Command(BaseCommand):
    """Deletes the words and addresses of messages that ended long enough ago. What became of them stays."""

    help = "Delete the words and addresses of messages, MESSAGES_KEPT_DAYS after they were sent, posted or told."

    def handle(self, *args: Any, **options: Any) -> None:
        """Delete them and say how many."""
        total = 0
        while number := forget_messages(actor=SYSTEM):
            total += number
        self.stdout.write(f"Deleted the words of {total} messages.")
