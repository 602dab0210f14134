"""The e-mail that brings an applicant back to their application."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

SUBJECT = "Your link"  # no name, no panel: subjects are read in notifications and kept in logs


def link_to(secret: str) -> str:
    """The full address of an application."""
    return settings.SITE_ADDRESS.rstrip("/") + reverse("my-application", args=[secret])


def send_link(email: str, secret: str) -> None:
    """Hand the e-mail to the mail server. Raises OSError (smtplib's errors are of that kind) when it refuses."""
    EmailMessage(SUBJECT, render_to_string("emails/application.txt", {"link": link_to(secret)}), to=[email]).send()
