"""The e-mails that bring an applicant back to their application. They go to somebody who asked a moment ago, and hold
a secret that is kept nowhere: so they are sent at once and are no messages of `crm.sending`."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from crm.panels.models import Application

RECEIVED = "We have what you sent us"
SUBJECT = "Your link"  # no name, no panel: subjects are read in notifications and kept in logs


def link_to(secret: str) -> str:
    """The full address of an application."""
    return settings.SITE_ADDRESS.rstrip("/") + reverse("my-application", args=[secret])


def send_link(email: str, secret: str) -> None:
    """Hand the e-mail to the mail server. Raises OSError (smtplib's errors are of that kind) when it refuses."""
    EmailMessage(SUBJECT, render_to_string("emails/application.txt", {"link": link_to(secret)}), to=[email]).send()


def send_received(application: Application, secret: str) -> None:
    """Tell an applicant that we have it, with the number and the link. Raises OSError as `send_link` does."""
    told = {"number": application.number, "day": application.call.answer_by, "link": link_to(secret)}
    words = render_to_string("emails/application_received.txt", told)
    EmailMessage(RECEIVED, words, to=[application.reach_at]).send()
