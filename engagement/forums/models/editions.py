"""Which edition of the public calendars is out: a number that goes up whenever something in them may have changed."""

from __future__ import annotations

from django.db import models

from crm.base.models import Guarded, VisibleQuerySet


class CalendarEdition(Guarded):
    """The one row that counts changes of what public calendars say. A reader who knows the number needs nothing new."""

    number = models.PositiveBigIntegerField(default=1, help_text="Goes up by 1 with every change.")
    changed_at = models.DateTimeField("last changed")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "edition of the public calendars"
        verbose_name_plural = "edition of the public calendars"

    def __str__(self) -> str:
        return f"Edition {self.number}"
