"""What is arranged at a forum for each need of whoever comes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from crm.access.models import AccessNeed
from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.models import Record, VisibleQuerySet
from engagement.forums.models.forums import Forum
from engagement.forums.models.invitations import Invitation, of_seen_forums


class ArrangementQuerySet(VisibleQuerySet["Arrangement"]):
    """Arrangements are seen by those who see the forum and the need."""

    def visible_to(self, user: Actor) -> ArrangementQuerySet:
        """Those who work in the field: of forums they may see, for needs they may see, or that a guest told."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        seen = AccessNeed.objects.visible_to(user).order_by().values("pk")
        return self.filter(of_seen_forums(user)).filter(Q(need=None) | Q(need__in=seen))


class Arrangement(Record):
    """What is arranged at one forum for one need of one person who comes. The need's words are never copied."""

    class State(models.TextChoices):
        """How far it has got."""

        ASKED = "asked", "Asked for"
        BOOKED = "booked", "Booked"
        CONFIRMED = "confirmed", "Confirmed"
        TOLD = "told", "The person was told"
        DONE = "done", "There on the day"
        RATED = "rated", "The person said how it went"

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="arrangements")
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="arrangements")
    need = models.ForeignKey(AccessNeed, models.CASCADE, null=True, blank=True, related_name="arrangements")
    asked_words = models.CharField("what a guest asked for", max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED, editable=False)
    fell_through = models.BooleanField(
        default=False, editable=False, help_text="Whoever was booked cannot come: it is to be booked again."
    )
    supplier = models.CharField("with whom it is booked", max_length=150, blank=True)
    registration_number = models.CharField(
        max_length=40, blank=True, help_text="Of the interpreter's register, where there is one."
    )
    cost = models.DecimalField("cost in pounds", max_digits=8, decimal_places=2, null=True, blank=True)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who sees to it"
    )

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        verbose_name = "access arrangement"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["forum", "state"], name="arrangement_state"),
            models.Index(fields=["modified_at", "id"], name="arrangement_changed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "need"], name="one_arrangement_per_need"),
            models.CheckConstraint(
                condition=Q(need__isnull=False) | ~Q(asked_words=""),
                name="arrangement_is_for_something",
                violation_error_message="Say what is to be arranged.",
            ),
        ]

    def __str__(self) -> str:
        return f"Arrangement {self.pk}"
