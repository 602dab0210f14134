"""`manage.py load_frameworks [folder]`: adds editions of frameworks that are not there yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.base.actors import SYSTEM
from crm.base.rules import InputBlocked
from engagement.coproduction.frameworks.actions import load_frameworks
from engagement.coproduction.frameworks.files import SHIPPED, read_frameworks


class Command(BaseCommand):
    """Without a folder: the frameworks that come with Heard. What is there stays."""

    help = "Adds editions of frameworks (the regulator's statements, strategies) that are not there yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder."""
        parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED, help="A folder of JSON files.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many. Raises CommandError naming what is wrong."""
        try:
            number = load_frameworks(actor=SYSTEM, frameworks=read_frameworks(options["folder"]))
        except InputBlocked as refusal:
            mistakes = "\n".join(f"  {blocker.words}" for blocker in refusal.blockers)
            raise CommandError(f"Nothing was loaded:\n{mistakes}") from refusal
        self.stdout.write(f"Frameworks: {number} editions added.")
