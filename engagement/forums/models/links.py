"""Private calendars: an address that nobody guesses, for one person or one colleague."""

from __future__ import annotations

import base64
import hashlib

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.models import Record, VisibleQuerySet
from crm.people.models import Person


class CalendarLinkQuerySet(VisibleQuerySet["CalendarLink"]):
    """Links are shown to whom they belong to, and to those who may see the person they were made for."""

    def visible_to(self, user: Actor) -> CalendarLinkQuerySet:
        """One's own, and those of people one may see, for those who work in the field."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        people = Person.objects.visible_to(user).order_by().values("pk")
        return self.filter(Q(user=user.pk) | Q(person__in=people))

    def working(self) -> CalendarLinkQuerySet:
        """Those nobody ended, of people whose record may be used and of colleagues whose account is open."""
        return self.filter(ended_at=None, person__stopped_on=None).exclude(user__is_active=False)


class CalendarLink(Record):
    """A private calendar of one person, or of one colleague. Whoever has its address reads it, until it is ended."""

    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="calendar_links")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="calendar_links",
        verbose_name="colleague",
    )  # fmt: skip
    digest = models.CharField(
        max_length=64, unique=True, editable=False, help_text="SHA-256 of the secret in its address."
    )
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    ended_at = models.DateTimeField("ended", null=True, blank=True, editable=False)

    objects = CalendarLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "private calendar"
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["modified_at", "id"], name="calendar_link_changed")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_at=None), name="one_calendar_per_person",
                violation_error_message="This person has a private calendar already.",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="one_calendar_per_colleague",
                violation_error_message="You have a private calendar already.",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=True, user__isnull=False) | Q(person__isnull=False, user__isnull=True),
                name="calendar_is_of_one",
                violation_error_message="A private calendar is of one person or of one colleague.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Private calendar {self.pk}"

    @property
    def secret(self) -> str:
        """The secret in its address: 256 bits, worked out anew each time and kept nowhere. It lets its owner see the
        address again; only its hash is stored."""
        made = salted_hmac("engagement.forums.calendar_link", str(self.pk), algorithm="sha256")
        return base64.b32encode(made.digest()).decode().lower().rstrip("=")

    @staticmethod
    def digest_of(secret: str) -> str:
        """The hash that is stored."""
        return hashlib.sha256(secret.encode()).hexdigest()
