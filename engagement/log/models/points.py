"""Points: what people told us, one thought at a time."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from crm.base.actors import Actor
from crm.base.models import Record, VisibleQuerySet
from crm.languages.models import Language
from crm.organisations.models import Organisation
from engagement.log.models.events import Contribution, EngagementEvent


class PointQuerySet(VisibleQuerySet["Point"]):
    """Points are words: seen by whoever may read the contact's words."""

    def visible_to(self, user: Actor) -> PointQuerySet:
        """Those of contacts whose words the user may read."""
        # Asked of each point by its contact's key: a list of all readable contacts would be made anew for every page.
        return self.filter(Exists(EngagementEvent.objects.visible_to(user).filter(pk=OuterRef("event_id"))))

    def standing(self) -> PointQuerySet:
        """Those of contacts not withdrawn."""
        return self.filter(event__withdrawn_at=None)

    def for_list(self) -> PointQuerySet:
        """Newest first, with what a row shows."""
        return self.select_related(
            "event", "language", "raised_by__person", "raised_by_organisation", "through"
        ).order_by("-created_at", "-id")


class Point(Record):
    """One thing people told us. Treat each as possibly special category data (UK GDPR Article 9)."""

    class Kind(models.TextChoices):
        """What sort of point."""

        CONCERN = "concern", "A concern"
        IDEA = "idea", "An idea"
        QUESTION = "question", "A question"
        PRAISE = "praise", "Praise"
        ASK = "ask", "Asks for something"

    class Wording(models.TextChoices):
        """Whose words."""

        VERBATIM = "verbatim", "Their words"
        PARAPHRASE = "paraphrase", "Our words for what they said"

    class Voice(models.TextChoices):
        """Who spoke."""

        OWN = "own", "They spoke themselves"
        SUPPORTED = "supported", "With support to say it"
        SPOKEN_FOR = "spoken_for", "Somebody spoke for them"

    class Quoting(models.TextChoices):
        """Whether the words may leave."""

        ASKED_NO = "no", "May not be quoted"
        NOT_ASKED = "not_asked", "Not asked, so not quoted"
        YES = "yes", "May be quoted"

    event = models.ForeignKey(EngagementEvent, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField(default=1, help_text="Order within the contact.")
    words = models.TextField("what they told us", max_length=5000)
    wording = models.CharField(max_length=12, choices=Wording, default=Wording.PARAPHRASE)
    language = models.ForeignKey(
        Language, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="language it was said in"
    )
    translation = models.TextField("in English", blank=True, max_length=5000)
    translator = models.CharField(max_length=100, blank=True, help_text="Who translated: a person's role or a service.")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CONCERN)
    raised_by = models.ForeignKey(Contribution, models.SET_NULL, null=True, blank=True, related_name="points")
    raised_by_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="points_raised"
    )
    through = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", help_text="Who brought it to us."
    )
    voice = models.CharField(max_length=12, choices=Voice, default=Voice.OWN)
    authority = models.CharField(
        max_length=200, blank=True, help_text="With what right they were spoken for, like: power of attorney, asked to."
    )
    quoting = models.CharField("may be quoted", max_length=10, choices=Quoting, default=Quoting.NOT_ASKED)

    objects = PointQuerySet.as_manager()

    class Meta:
        verbose_name = "point"
        ordering = ["position", "id"]
        indexes = [
            models.Index(fields=["event", "position"], name="point_event"),
            models.Index(fields=["modified_at", "id"], name="point_changed"),
            models.Index(fields=["-created_at", "-id"], name="point_newest"),
            models.Index(fields=["kind", "-created_at", "-id"], name="point_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(raised_by__isnull=True) | Q(raised_by_organisation__isnull=True),
                name="point_raised_by_one",
                violation_error_message="A point is raised by a person or by a group, not both.",
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="point_has_words",
                violation_error_message="Write what people told you. One sentence is enough",
            ),
        ]

    def __str__(self) -> str:
        return f"Point {self.pk}"
