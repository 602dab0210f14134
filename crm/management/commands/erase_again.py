"""`manage.py erase_again`: run it whenever a backup was put back, before anybody signs in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.base.actors import SYSTEM
from crm.erasing.actions import erase_again
from crm.erasing.ledger import noted
from crm.erasing.models import ErasureRequest
from crm.erasing.outside import read_ahead

NO_LIST = (
    "The list of erasures is not where ERASURES_FILE says, so whoever was erased may be back. Nothing was erased. Put "
    "the newest copy of the list there and run this again, before anybody signs in. Only where nobody was ever erased: "
    "erase_again --none-yet. It refuses where the records themselves tell of an erasure."
)


class Command(BaseCommand):
    """Erases again whoever was erased since the backup was taken, from the list beside the database."""

    help = "Erase again, after a backup was put back, whoever was erased since: from the list in ERASURES_FILE."

    def add_arguments(self, parser: CommandParser) -> None:
        """One switch."""
        parser.add_argument("--none-yet", action="store_true", help="Nobody was ever erased here, so there is no list.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase them and say how many. Safe to run twice. Raises CommandError for a list that cannot be read or is not
        there: people who were erased would be back without a word."""
        try:
            lines = list(noted())
        except FileNotFoundError as problem:
            if not options["none_yet"] or ErasureRequest.objects.exclude(erased_on=None).exists():
                raise CommandError(NO_LIST) from problem
            lines = []
        except (OSError, ValueError, KeyError) as problem:
            raise CommandError(f"The list of erasures cannot be read: {problem}. Nothing was erased.") from problem
        read_ahead()
        again = sum(erase_again(actor=SYSTEM, erased=line) for line in lines)
        self.stdout.write(f"Erasures in the list: {len(lines)}. Had come back and were carried out again: {again}.")
        if again:
            self.stdout.write(
                "Other spellings and files are not in the list: let a lead look once more, as when it was decided."
            )
