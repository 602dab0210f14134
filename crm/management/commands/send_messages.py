"""`manage.py send_messages`: hands waiting messages to the mail server."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from crm.sending.delivery import send_all, send_for_ever


class Command(BaseCommand):
    """Runs beside the server for as long as it does; several at once share the work. `make run` starts one."""

    help = "Hand waiting messages to the mail server, until asked to stop. Killing it loses and doubles nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """One switch."""
        parser.add_argument("--once", action="store_true", help="Send what waits now, say how many, and end.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Send. Asked to stop, it finishes the message in its hands first."""
        if options["once"]:
            done = send_all().done
            self.stdout.write(
                ", ".join(f"{what}: {number}" for what, number in sorted(done.items())) or "Nothing waits."
            )
            return
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *told: stopping.set())
        send_for_ever(stopping)
