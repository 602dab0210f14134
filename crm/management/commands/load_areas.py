"""Loads a council, its areas and the languages from files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.areas.actions import load_areas
from crm.areas.files import read_area_files
from crm.base.actors import SYSTEM
from crm.base.rules import InputBlocked
from crm.languages.actions import load_languages
from crm.languages.files import shipped_languages


class Command(BaseCommand):
    """`manage.py load_areas FOLDER`: all or nothing; the same files a second time change nothing."""

    help = "Loads a council, its areas and figures from the CSV files in a folder, and the list of languages."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder."""
        parser.add_argument("folder", type=Path, help="Holds council.csv, areas.csv, groupings.csv, figures.csv.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what changed. Raises CommandError with every mistake and its line."""
        try:
            loaded = load_areas(actor=SYSTEM, files=read_area_files(options["folder"]))
            languages = load_languages(actor=SYSTEM, lines=shipped_languages())
        except InputBlocked as refusal:
            mistakes = "\n".join(f"  {blocker.words}" for blocker in refusal.blockers)
            raise CommandError(f"Nothing was loaded:\n{mistakes}") from refusal
        self.stdout.write(f"Areas: {loaded}. Languages: {languages} added or changed.")
