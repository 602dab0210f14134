"""Loads what the council does with what it knows about people, from a file or the list that comes with Heard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.base.actors import SYSTEM
from crm.base.rules import InputBlocked
from crm.privacy.actions import load_purposes
from crm.privacy.files import SHIPPED, read_purposes


class Command(BaseCommand):
    """`manage.py load_purposes [file]`: adds what is missing; what the council changed stays."""

    help = "Adds purposes with their lawful bases that are not there yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED, help="A CSV file; the shipped list if none.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many. Raises CommandError with every mistake and its line."""
        try:
            number = load_purposes(actor=SYSTEM, lines=read_purposes(options["file"]))
        except InputBlocked as refusal:
            mistakes = "\n".join(f"  {blocker.words}" for blocker in refusal.blockers)
            raise CommandError(f"Nothing was loaded:\n{mistakes}") from refusal
        self.stdout.write(f"Purposes: {number} added.")
