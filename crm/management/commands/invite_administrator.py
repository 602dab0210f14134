"""Invites the first administrator of a council; every later account is invited from the workspace."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.accounts.actions import invite_person
from crm.accounts.details import InvitationDetails, RoleDetails
from crm.base.actors import SYSTEM, Role
from crm.base.rules import Blocked


class Command(BaseCommand):
    """Sends the same e-mail as the workspace does; the link works once, for 14 days."""

    help = "Invite somebody by e-mail to be administrator of this installation."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        parser.add_argument("email", help="Where the invitation goes.")
        parser.add_argument("name", help="The name colleagues know.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite them, or say in words why not."""
        role = RoleDetails(role=Role.ADMINISTRATOR)
        try:
            invite_person(actor=SYSTEM, details=InvitationDetails(options["name"], options["email"], role))
        except Blocked as refusal:
            raise CommandError("; ".join(blocker.words for blocker in refusal.blockers)) from refusal
        except OSError as problem:
            raise CommandError("The mail server did not take the e-mail. Check EMAIL_URL, and try again.") from problem
        self.stdout.write("Invited. The link in the e-mail works once, for 14 days.")
