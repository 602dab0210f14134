"""What stands in public: lines of "You said, we did", and promises. And which promises somebody was reminded of."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from crm.base.actors import Actor, holds
from crm.base.models import Guarded, Record, VisibleQuerySet
from engagement.coproduction.decisions.models import Decision
from engagement.coproduction.themes.models import READERS
from engagement.log.models import Promise


class PublicLineQuerySet(VisibleQuerySet["PublicLine"]):
    """Lines of "You said, we did"."""

    def visible_to(self, user: Actor) -> PublicLineQuerySet:
        """All, for whoever meets people, counts or publishes: those taken off too."""
        return self if holds(user, READERS) else self.none()

    def public(self) -> PublicLineQuerySet:
        """Those anyone may read: not taken off, of a decision that stands."""
        return self.filter(taken_off_on=None, decision__withdrawn_at=None)

    def for_list(self) -> PublicLineQuerySet:
        """The newest decision first, with its words in every language and what came of it."""
        return self.select_related("decision").order_by("-decision__decided_on", "-id")


class PublicLine(Record):
    """A decision stands in "You said, we did". Its words are those of the answer; its figures are worked out afresh
    each time and are kept nowhere."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="public_line")
    published_on = models.DateField("published on", editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    taken_off_on = models.DateField("taken off on", null=True, blank=True, editable=False)
    taken_off_reason = models.CharField("why it was taken off", max_length=300, blank=True, editable=False)

    objects = PublicLineQuerySet.as_manager()

    class Meta:
        verbose_name = "line of You said, we did"
        verbose_name_plural = "lines of You said, we did"
        ordering = ["-published_on", "-id"]
        indexes = [
            models.Index(fields=["modified_at", "id"], name="publicline_changed"),
            models.Index(fields=["-created_at", "-id"], name="publicline_newest"),
        ]

    def __str__(self) -> str:
        return f"Line of {self.published_on}"


class PublicPromiseQuerySet(VisibleQuerySet["PublicPromise"]):
    """Promises in public."""

    def visible_to(self, user: Actor) -> PublicPromiseQuerySet:
        """All, for whoever meets people, counts or publishes."""
        return self if holds(user, READERS) else self.none()

    def public(self) -> PublicPromiseQuerySet:
        """Those anyone may read: not taken off, of a contact that stands, and not withdrawn."""
        standing = self.filter(taken_off_on=None, promise__event__withdrawn_at=None, promise__event__restricted=False)
        return standing.exclude(promise__state=Promise.State.WITHDRAWN)

    def for_list(self) -> PublicPromiseQuerySet:
        """The soonest due first, with the promise."""
        return self.select_related("promise__event").order_by("promise__due_on", "id")


class PublicPromise(Record):
    """A promise stands in the public list, in words an officer chose for it: never those of the contact."""

    promise = models.OneToOneField(Promise, models.PROTECT, related_name="in_public")
    words = models.CharField("what we promised", max_length=300, help_text="For anyone to read. No names.")
    published_on = models.DateField("published on", editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    taken_off_on = models.DateField("taken off on", null=True, blank=True, editable=False)

    objects = PublicPromiseQuerySet.as_manager()

    class Meta:
        verbose_name = "promise in public"
        verbose_name_plural = "promises in public"
        ordering = ["-published_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="public_promise_has_words",
                violation_error_message="Write what you promised",
            )
        ]

    def __str__(self) -> str:
        return self.words[:80]


class PromiseReminder(Guarded):
    """Whoever keeps a promise was reminded of it: some days before it was due, or when it was late."""

    class Kind(models.TextChoices):
        """When."""

        SOON = "soon", "It is due soon"
        LATE = "late", "It is late"

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=5, choices=Kind)
    due_on = models.DateField("due on", help_text="A promise that is due on another day is reminded of afresh.")
    reminded_on = models.DateField("reminded on")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "reminder of a promise"
        verbose_name_plural = "reminders of promises"
        ordering = ["reminded_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["promise", "kind", "due_on"], name="one_reminder_per_promise_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.reminded_on}"
