"""Each time an access need was, or was not, met."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from crm.access.models import AccessNeed
from crm.base.actors import Actor
from crm.base.models import Record, VisibleQuerySet
from engagement.log.models import EngagementEvent


class NeedOutcomeQuerySet(VisibleQuerySet["NeedOutcome"]):
    """Seen by whoever may see the need."""

    def visible_to(self, user: Actor) -> NeedOutcomeQuerySet:
        """Those of needs the user may see."""
        return self.filter(Exists(AccessNeed.objects.visible_to(user).order_by().filter(pk=OuterRef("need_id"))))

    def for_list(self) -> NeedOutcomeQuerySet:
        """Newest first, with need, type and person."""
        return self.select_related("need__type", "need__person", "event", "recorded_by").order_by("-happened_on", "-id")


class NeedOutcome(Record):
    """That an access need was met, partly met or not met, at a contact or in a message."""

    class Met(models.TextChoices):
        """Whether it was."""

        MET = "met", "Met"
        PARTLY = "partly", "Partly met"
        NOT_MET = "not_met", "Not met"

    class Why(models.TextChoices):
        """What stood in the way."""

        NOT_KNOWN = "not_known", "We did not know in time"
        NOT_BOOKED = "not_booked", "Nobody booked it"
        NONE_FREE = "none_free", "Nobody was free, or it could not be had"
        NO_MONEY = "no_money", "No money for it"
        FAILED = "failed", "It was booked and did not work"
        OTHER = "other", "Something else"

    need = models.ForeignKey(AccessNeed, models.CASCADE, related_name="outcomes")
    event = models.ForeignKey(
        EngagementEvent, models.CASCADE, null=True, blank=True, related_name="need_outcomes",
        help_text="The contact at which it was, or was not, met.",
    )  # fmt: skip
    message = models.CharField(
        max_length=150, blank=True, help_text="Or which message, like: letter about the forum, 3 May."
    )
    happened_on = models.DateField("on")
    met = models.CharField("was it met?", max_length=10, choices=Met)
    why = models.CharField("why not", max_length=20, choices=Why, blank=True)
    words = models.CharField("more about it", max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = NeedOutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "outcome of an access need"
        ordering = ["-happened_on", "-id"]
        indexes = [
            models.Index(fields=["need", "-happened_on"], name="need_outcome_newest"),
            models.Index(fields=["happened_on", "met"], name="need_outcome_day"),
            models.Index(fields=["modified_at", "id"], name="need_outcome_changed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "event"],
                name="one_outcome_per_need_and_contact",
                violation_error_message="It is written down for this contact already.",
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=False) | ~Q(message=""),
                name="outcome_has_an_occasion",
                violation_error_message="Say at which contact or in which message.",
            ),
            models.CheckConstraint(
                condition=Q(met="met") | ~Q(why=""),
                name="unmet_need_says_why",
                violation_error_message="Say why it was not met.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_met_display()}, {self.happened_on}"
