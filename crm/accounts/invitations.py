"""The e-mail that invites somebody."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from crm.accounts.models import Invitation

SUBJECT = "Your invitation to Heard"  # no name and no role: subjects are read in notifications and kept in logs


def link_to(secret: str) -> str:
    """The full address that opens an account."""
    return settings.SITE_ADDRESS.rstrip("/") + reverse("invitation", args=[secret])


def send_invitation(invitation: Invitation, secret: str) -> None:
    """Hand the e-mail to the mail server. Raises OSError (smtplib's errors are of that kind) when it refuses."""
    words = render_to_string("emails/invitation.txt", {"invitation": invitation, "link": link_to(secret)})
    EmailMessage(SUBJECT, words, to=[invitation.email]).send()
