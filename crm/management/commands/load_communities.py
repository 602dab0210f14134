"""Loads communities and programmes, from a file or the list that comes with Heard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.base.actors import SYSTEM
from crm.base.rules import InputBlocked
from crm.communities.actions import load_communities
from crm.communities.files import SHIPPED, read_communities


class Command(BaseCommand):
    """`manage.py load_communities [file]`: adds what is missing; what the council renamed or changed stays."""

    help = "Adds communities and programmes that are not there yet. Run load_areas, with its languages, before it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", nargs="?", type=Path, default=SHIPPED, help="A CSV file; the shipped list if none.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many. Raises CommandError with every mistake and its line."""
        try:
            number = load_communities(actor=SYSTEM, lines=read_communities(options["file"]))
        except InputBlocked as refusal:
            mistakes = "\n".join(f"  {blocker.words}" for blocker in refusal.blockers)
            raise CommandError(f"Nothing was loaded:\n{mistakes}") from refusal
        self.stdout.write(f"Communities: {number} added.")
