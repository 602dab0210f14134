"""Languages."""

from __future__ import annotations

from django.db import models

from crm.base.actors import EVERYONE_ON_STAFF, Actor, holds
from crm.base.models import Record, VisibleQuerySet


class LanguageQuerySet(VisibleQuerySet["Language"]):
    """Languages are common knowledge on the staff."""

    def visible_to(self, user: Actor) -> LanguageQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()


class Language(Record):
    """A language somebody here speaks, reads or signs."""

    class Direction(models.TextChoices):
        """Which way its script runs."""

        LTR = "ltr", "Left to right"
        RTL = "rtl", "Right to left"

    code = models.CharField(max_length=20, unique=True, help_text="BCP 47, like ur or pa-Guru.")
    name = models.CharField(max_length=60, unique=True, help_text="In English.")
    own_name = models.CharField(max_length=60, blank=True, help_text="As its speakers write it.")
    direction = models.CharField(max_length=3, choices=Direction, default=Direction.LTR)
    is_signed = models.BooleanField("signed", default=False)
    is_spoken_only = models.BooleanField("mainly spoken", default=False, help_text="Offer a voice, not a letter.")

    objects = LanguageQuerySet.as_manager()

    class Meta:
        verbose_name = "language"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
