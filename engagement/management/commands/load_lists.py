"""Loads topics, barriers and kinds of support, from a folder or as they come with Heard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.base.actors import SYSTEM
from crm.base.rules import InputBlocked
from engagement.log.actions import load_lists
from engagement.log.files import SHIPPED, read_lists


class Command(BaseCommand):
    """`manage.py load_lists [folder]`: adds what is missing; what the council renamed or retired stays."""

    help = "Adds topics, barriers and kinds of access and language support that are not there yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder."""
        words = "Holds topics.csv, barriers.csv, support.csv, or some of them; the shipped lists if none."
        parser.add_argument("folder", nargs="?", type=Path, default=SHIPPED, help=words)

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many. Raises CommandError with every mistake and its line."""
        try:
            added = load_lists(actor=SYSTEM, lists=read_lists(options["folder"]))
        except InputBlocked as refusal:
            mistakes = "\n".join(f"  {blocker.words}" for blocker in refusal.blockers)
            raise CommandError(f"Nothing was loaded:\n{mistakes}") from refusal
        topics, barriers, support = added["topics"], added["barriers"], added["support"]
        self.stdout.write(f"Topics: {topics} added. Barriers: {barriers} added. Kinds of support: {support} added.")
