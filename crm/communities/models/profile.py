"""What is known about working with a community, theirs beside ours; and how often we mean to hear from them where."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from crm.areas.models import Area
from crm.base.actors import EVERYONE_ON_STAFF, Actor, holds
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.communities.models.communities import Community


class CommunityRhythm(Guarded):
    """How often we mean to hear from a community in one locality, where that differs from the community's own."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="rhythms")
    locality = models.ForeignKey(Area, models.PROTECT, related_name="+")
    rhythm_days = models.PositiveSmallIntegerField("hear from them every … days")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "rhythm of a community in a locality"
        verbose_name_plural = "rhythms of communities in localities"
        ordering = ["locality__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "locality"],
                name="one_rhythm_per_locality",
                violation_error_message="Each locality stands once.",
            ),
            models.CheckConstraint(
                condition=Q(rhythm_days__gte=1),
                name="local_rhythm_at_least_a_day",
                violation_error_message="Write a number of days, 1 or more.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rhythm_days} days"


class FactQuerySet(VisibleQuerySet["CommunityFact"]):
    """Known to everyone on the staff, as communities are."""

    def visible_to(self, user: Actor) -> FactQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def current(self) -> FactQuerySet:
        """Those that still stand."""
        return self.filter(ended_on=None)

    def for_list(self) -> FactQuerySet:
        """Newest first, with who wrote them down."""
        return self.select_related("community", "recorded_by").order_by("-created_at", "-id")


class CommunityFact(Record):
    """One thing to know about working with a community: ours, or a correction by the community that stands beside."""

    class Kind(models.TextChoices):
        """What it is about."""

        FORMAT = "format", "Format that works"
        LANGUAGE = "language", "Language, and how it is used"
        AVOID = "avoid", "Time or day to avoid"
        TRUSTED_PERSON = "trusted_person", "Trusted person"
        TRUSTED_PLACE = "trusted_place", "Trusted place"
        BARRIER = "barrier", "Barrier they told us of"
        TOLD_ALREADY = "told_already", "Told us already: do not ask again"
        OTHER = "other", "Something else"

    class Voice(models.TextChoices):
        """Whose words they are."""

        COUNCIL = "council", "Ours"
        COMMUNITY = "community", "The community's own"

    community = models.ForeignKey(Community, models.CASCADE, related_name="facts")
    kind = models.CharField("what it is about", max_length=20, choices=Kind)
    words = models.CharField(max_length=500, help_text="In a sentence or two. Name no private person and no health.")
    voice = models.CharField("whose words", max_length=10, choices=Voice, default=Voice.COUNCIL)
    said_by = models.CharField(
        "who said so", max_length=150, blank=True, help_text="Their role or group, like: the women's group committee."
    )
    said_on = models.DateField("said on")
    corrects = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="corrections", verbose_name="stands beside",
        help_text="What it corrects. Both stay.",
    )  # fmt: skip
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    ended_on = models.DateField("no longer true since", null=True, blank=True, editable=False)
    ended_reason = models.CharField(max_length=200, blank=True, editable=False)

    objects = FactQuerySet.as_manager()

    class Meta:
        verbose_name = "fact about a community"
        verbose_name_plural = "facts about communities"
        ordering = ["kind", "said_on", "id"]
        indexes = [
            models.Index(fields=["community", "ended_on", "kind"], name="fact_community"),
            models.Index(fields=["-created_at", "-id"], name="fact_newest"),
            models.Index(fields=["modified_at", "id"], name="fact_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(voice="council") | ~Q(said_by=""),
                name="their_words_have_a_speaker",
                violation_error_message="Say who in the community said so.",
            ),
        ]

    def __str__(self) -> str:
        return self.words
