"""Invites the first administrator of a council; every later account is invited from the workspace."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crm.accounts.actions import invite_person, withdraw_invitation
from crm.accounts.details import InvitationDetails, RoleDetails
from crm.accounts.models import Invitation
from crm.audit.actions import one_transaction
from crm.base.actors import SYSTEM, Role
from crm.base.rules import Blocked


class Command(BaseCommand):
    """Sends the same e-mail as the workspace does; the link works once, for 14 days. Run again for the same address, it
    withdraws the invitation it sent before and sends a new one: nobody else could, before there is an administrator."""

    help = "Invite somebody by e-mail to be administrator of this installation."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who."""
        parser.add_argument("email", help="Where the invitation goes.")
        parser.add_argument("name", help="The name colleagues know.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Invite them, or say in words why not."""
        role = RoleDetails(role=Role.ADMINISTRATOR)
        try:
            with one_transaction():
                before = Invitation.objects.open().filter(invited_by=None, email__iexact=options["email"].strip())
                for invitation in before:
                    withdraw_invitation(actor=SYSTEM, invitation=invitation)
                invite_person(actor=SYSTEM, details=InvitationDetails(options["name"], options["email"], role))
        except Blocked as refusal:
            raise CommandError("; ".join(blocker.words for blocker in refusal.blockers)) from refusal
        except OSError as problem:
            words = "The mail server did not take the e-mail. Check EMAIL_URL, and run this again: it sends a new link."
            raise CommandError(words) from problem
        self.stdout.write("Invited. The link in the e-mail works once, for 14 days.")
