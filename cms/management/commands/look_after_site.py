"""`manage.py look_after_site`: run it every five minutes; `--nightly` also reminds keepers and checks links."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cms.upkeep import check_links, publish_due, remind_keepers


class Command(BaseCommand):
    """Puts pages on the site on their day; at night reminds whoever keeps pages, and asks links whether they answer."""

    help = (
        "Puts pages on the site on their day; at night reminds whoever keeps pages, and asks links whether they answer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What belongs to the night."""
        parser.add_argument("--nightly", action="store_true", help="Also remind keepers and check links.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and say how many."""
        appeared, held = publish_due()
        self.stdout.write(f"Pages that appeared: {appeared}, held back: {held}.")
        if options["nightly"]:
            self.stdout.write(f"Pages to look at again: {remind_keepers()}. Links that fail: {check_links()}.")
