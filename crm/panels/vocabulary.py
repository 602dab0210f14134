"""The answers that an applicant chooses from, in the words they read."""

from django.db import models


class ReachBy(models.TextChoices):
    """How we may reach an applicant."""

    PHONE = "phone", "Phone me"
    TEXT = "text", "Send me a text message"
    EMAIL = "email", "E-mail me"
    LETTER = "letter", "Write me a letter"
    GROUP = "group", "Through my group"
    LINK = "link", "I will look at my link myself"


class KnowsAbout(models.TextChoices):
    """What an applicant knows about from their own life."""

    USES_CARE = "uses_care", "I use care and support"
    CARER = "carer", "I look after someone"
    FAMILY = "family", "Someone in my family uses care"
    WORKS = "works", "I work or volunteer in care"
    LIVES_HERE = "lives_here", "I live here"


class PaidBy(models.TextChoices):
    """How an applicant would like to be paid."""

    BANK = "bank", "Into my bank account"
    VOUCHER = "voucher", "As a voucher"
    GROUP = "group", "Give it to my group"
    NONE = "none", "No thank you"
    LATER = "later", "I would like to talk about it first"
