"""Loads a council's list of faith days, school holidays and other days of note."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.base.actors import SYSTEM
from crm.base.rules import InputBlocked
from engagement.forums.actions.lists import load_calendar_days
from engagement.forums.files import read_calendar_days


class Command(BaseCommand):
    """`manage.py load_calendar_days FILE`: adds what is missing; a second run changes nothing."""

    help = "Adds days on which many people cannot come, from a CSV file: name,kind,first_day,last_day,near,source."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many. Raises CommandError with every mistake and its line."""
        try:
            number = load_calendar_days(actor=SYSTEM, lines=read_calendar_days(options["file"]))
        except InputBlocked as refusal:
            mistakes = "\n".join(f"  {blocker.words}" for blocker in refusal.blockers)
            raise CommandError(f"Nothing was loaded:\n{mistakes}") from refusal
        self.stdout.write(f"Days of note: {number} added.")
