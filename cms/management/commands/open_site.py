"""Lets a council's public site begin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cms.actions import open_site
from crm.base.actors import SYSTEM
from crm.base.rules import Blocked


class Command(BaseCommand):
    """`manage.py open_site`: makes what is missing; pages that are there stay as they are."""

    help = "Makes a draft of the first page in each language, and lets the public site begin there, at SITE_ADDRESS."

    def handle(self, *args: Any, **options: Any) -> None:
        """Open it, and say what was made. Raises CommandError with what is missing first."""
        try:
            opened = open_site(actor=SYSTEM)
        except Blocked as refusal:
            raise CommandError(". ".join(blocker.words for blocker in refusal.blockers)) from refusal
        where = settings.SITE_ADDRESS
        if not opened.changed:
            self.stdout.write(f"The public site begins at {where} already. Nothing was changed.")
            return
        drafts = ", ".join(opened.drafts) or "none"
        self.stdout.write(f"The public site begins at {where}. Drafts of first pages made: {drafts}.")
        self.stdout.write("The public sees a first page once it was checked and a publisher has published it in /cms/.")
