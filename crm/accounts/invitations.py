"""E-mails about an account: the invitation, and that its second step was taken away."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from crm.accounts.models import Invitation, User

SUBJECT = "Your invitation to Heard"  # no name and no role: subjects are read in notifications and kept in logs


def link_to(secret: str) -> str:
    """The full address that opens an account."""
    return settings.SITE_ADDRESS.rstrip("/") + reverse("invitation", args=[secret])


def send_invitation(invitation: Invitation, secret: str) -> None:
    """Hand the e-mail to the mail server. Raises OSError (smtplib's errors are of that kind) when it refuses."""
    words = render_to_string("emails/invitation.txt", {"invitation": invitation, "link": link_to(secret)})
    EmailMessage(SUBJECT, words, to=[invitation.email]).send()


def tell_second_step_taken(user: User) -> None:
    """Tell the owner of an account that its second step was taken away, so that nobody does it behind their back."""
    link = settings.SITE_ADDRESS.rstrip("/") + reverse("account_login")
    words = render_to_string("emails/second_step_taken.txt", {"name": user.name, "link": link})
    EmailMessage("Your second step of signing in was taken away", words, to=[user.email]).send()
