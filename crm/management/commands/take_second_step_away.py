"""Lets somebody in again who lost their second step, where no administrator can do it: the only one lost theirs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.accounts.actions import take_second_step_away
from crm.accounts.models import User
from crm.base.actors import SYSTEM
from crm.base.rules import Blocked


class Command(BaseCommand):
    """Does what the button on a member's page does; the audit says that a command did it."""

    help = "Take app, passkeys and backup codes off one account. Its owner sets up new ones at the next sign-in."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whose."""
        parser.add_argument("email", help="The e-mail address of the account.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take it away, or say in words why not."""
        user = User.objects.filter(email__iexact=options["email"].strip()).first()
        if user is None:
            raise CommandError("No account has this e-mail address.")
        try:
            take_second_step_away(actor=SYSTEM, user=user)
        except Blocked as refusal:
            raise CommandError("; ".join(blocker.words for blocker in refusal.blockers)) from refusal
        self.stdout.write("Taken away. They are signed out everywhere, and set up a new one when they next sign in.")
