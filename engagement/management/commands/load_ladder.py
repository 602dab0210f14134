"""Loads the ladder of co-production that comes with Heard."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crm.base.actors import SYSTEM
from crm.base.rules import InputBlocked
from engagement.coproduction.projects.actions.projects import load_ladder
from engagement.coproduction.projects.files import shipped_ladder


class Command(BaseCommand):
    """`manage.py load_ladder`: adds the rungs that are missing; what the council reworded stays."""

    help = "Adds the rungs of the ladder of co-production, with what each promises."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say how many. Raises CommandError with every mistake and its line."""
        try:
            number = load_ladder(actor=SYSTEM, lines=shipped_ladder())
        except InputBlocked as refusal:
            mistakes = "\n".join(f"  {blocker.words}" for blocker in refusal.blockers)
            raise CommandError(f"Nothing was loaded:\n{mistakes}") from refusal
        self.stdout.write(f"Rungs: {number} added.")
