"""The answers that an applicant chooses from, in the words they read."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReachBy(models.TextChoices):
    """How we may reach an applicant."""

    PHONE = "phone", _("Phone me")
    TEXT = "text", _("Send me a text message")
    EMAIL = "email", _("E-mail me")
    LETTER = "letter", _("Write me a letter")
    GROUP = "group", _("Through my group")
    LINK = "link", _("I will look at my link myself")


class KnowsAbout(models.TextChoices):
    """What an applicant knows about from their own life."""

    USES_CARE = "uses_care", _("I use care and support")
    CARER = "carer", _("I look after someone")
    FAMILY = "family", _("Someone in my family uses care")
    WORKS = "works", _("I work or volunteer in care")
    LIVES_HERE = "lives_here", _("I live here")


class PaidBy(models.TextChoices):
    """How an applicant would like to be paid."""

    BANK = "bank", _("Into my bank account")
    VOUCHER = "voucher", _("As a voucher")
    GROUP = "group", _("Give it to my group")
    NONE = "none", _("No thank you")
    LATER = "later", _("I would like to talk about it first")
