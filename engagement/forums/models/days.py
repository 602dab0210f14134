"""Days on which many people cannot come: what the council keeps itself, beside what the calendar libraries know."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from crm.base.actors import EVERYONE_ON_STAFF, Actor, holds
from crm.base.models import Record, VisibleQuerySet


class CalendarDayQuerySet(VisibleQuerySet["CalendarDay"]):
    """Public knowledge; everyone on the staff reads it."""

    def visible_to(self, user: Actor) -> CalendarDayQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def between(self, first: date, last: date) -> CalendarDayQuerySet:
        """Those that touch a span of days."""
        return self.filter(first_day__lte=last, last_day__gte=first).order_by("first_day", "id")


class CalendarDay(Record):
    """A faith day, a school holiday or another day of note, from its first day to its last."""

    class Kind(models.TextChoices):
        """What kind of day."""

        FAITH = "faith", "Faith day"
        SCHOOL = "school", "School holiday"
        COMMUNITY = "community", "Day of a community"

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind)
    first_day = models.DateField("from")
    last_day = models.DateField("until")
    near = models.BooleanField(
        "may move by a day", default=False, help_text="The moon or a local custom decides: expected on or near."
    )
    source = models.CharField(max_length=300, help_text="Where this comes from, and under which licence.")

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = "day of note"
        verbose_name_plural = "days of note"
        ordering = ["first_day", "id"]
        indexes = [models.Index(fields=["last_day", "first_day"], name="calendar_day_span")]
        constraints = [
            models.UniqueConstraint(fields=["name", "first_day"], name="one_day_of_a_name"),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="calendar_day_ends_after_it_starts",
                violation_error_message="The last day must be the first day or later.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.first_day}"
