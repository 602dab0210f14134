"""`manage.py rebuild_search`: make the search index afresh."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from crm.base.actors import SYSTEM
from crm.search.actions import rebuild_search


class Command(BaseCommand):
    """Needed after records were loaded past the actions, and after a release that says so."""

    help = "Make the search index afresh."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild, then say how many of each kind can be found."""
        for kind, count in rebuild_search(actor=SYSTEM).items():
            self.stdout.write(f"{kind}: {count:,}")
