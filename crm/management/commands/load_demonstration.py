"""Loads the demonstration into an empty database."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.base.actors import SYSTEM
from crm.base.rules import Blocked
from crm.demonstration.actions import load_demonstration
from crm.demonstration.rules import is_loaded
from crm.demonstration.sign_ins import sign_in_words


class Command(BaseCommand):
    """`manage.py load_demonstration`: all of it or nothing; a second run changes nothing."""

    help = "Loads the demonstration: invented people and groups in real places. Only into an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        """Two switches."""
        parser.add_argument("--if-needed", action="store_true", help="Say nothing when it is loaded already.")
        parser.add_argument(
            "--sign-ins", action="store_true", help="Load nothing; print the accounts and their password."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it, saying what and how long. Raises CommandError where a council's own data is kept."""
        if options["sign_ins"]:
            self.stdout.write("\n".join(sign_in_words()))
            return
        if is_loaded():
            if not options["if_needed"]:
                self.stdout.write("The demonstration is loaded already. Nothing was changed.")
            return
        started = time.perf_counter()
        try:
            load_demonstration(actor=SYSTEM, say=self._say)
        except Blocked as refusal:
            raise CommandError(". ".join(blocker.words for blocker in refusal.blockers)) from refusal
        self.stdout.write(f"The demonstration is loaded, in {time.perf_counter() - started:.0f} seconds.")

    def _say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
