"""`manage.py load_letters [folder]`: adds letters and versions that are not there yet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.base.actors import SYSTEM
from crm.base.rules import InputBlocked
from crm.sending.actions import load_letter_templates
from crm.sending.files import read_letters
from crm.sending.registry import letter_folders


class Command(BaseCommand):
    """Without a folder: the letters that come with Heard. What the council wrote stays."""

    help = "Adds letters, and words in languages and formats a letter has none of, that are not there yet."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder."""
        parser.add_argument("folder", nargs="?", type=Path, help="A folder of text files; the shipped ones if none.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many. Raises CommandError naming the file that is wrong."""
        folders = [options["folder"]] if options["folder"] else list(letter_folders)
        try:
            letters = [letter for folder in folders for letter in read_letters(folder)]
            number = load_letter_templates(actor=SYSTEM, letters=letters)
        except InputBlocked as refusal:
            mistakes = "\n".join(f"  {blocker.words}" for blocker in refusal.blockers)
            raise CommandError(f"Nothing was loaded:\n{mistakes}") from refusal
        self.stdout.write(f"Letters: {number} versions added.")
