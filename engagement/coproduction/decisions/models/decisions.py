"""Decisions: the question, the answer, the options, the evidence, and whose points are answered."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from crm.areas.models import Area
from crm.base.actors import Actor, holds
from crm.base.models import Guarded, Record, VisibleQuerySet
from engagement.coproduction.projects.models import Project
from engagement.coproduction.themes.models import READERS, Theme
from engagement.log.models import EngagementEvent, Point


class Answer(models.TextChoices):
    """What whoever asked is told."""

    YES = "yes", "Yes"
    IN_PART = "in_part", "In part"
    NO = "no", "No"
    NOT_YET = "not_yet", "Not yet"


class DecisionQuerySet(VisibleQuerySet["Decision"]):
    """What a council decides is no secret; whose words it answers is asked of each point."""

    def visible_to(self, user: Actor) -> DecisionQuerySet:
        """All, for whoever meets people, counts or publishes."""
        return self if holds(user, READERS) else self.none()

    def standing(self) -> DecisionQuerySet:
        """Those not withdrawn."""
        return self.filter(withdrawn_at=None)

    def for_list(self) -> DecisionQuerySet:
        """Newest first, with what a row shows."""
        return (
            self.select_related("locality", "owner", "project")
            .prefetch_related("themes")
            .order_by("-decided_on", "-id")
        )

    def for_page(self) -> DecisionQuerySet:
        """With everything its own page and the API show."""
        return (
            self.for_list()
            .select_related("recorded_by", "withdrawn_by")
            .prefetch_related("options", "evidence", "corrections__corrected_by", "outcomes")
        )


class Decision(Record):
    """A decision about what people asked for. A citizen should be able to read its reason."""

    question = models.CharField("what was to be decided", max_length=300, help_text="As a question. No names.")
    answer = models.CharField("the answer", max_length=10, choices=Answer)
    reason = models.TextField(
        "why", max_length=2000, blank=True, help_text="For those who asked: short sentences, plain words. No names."
    )
    will_do = models.CharField("what we will do", max_length=500, blank=True)
    will_by = models.DateField("by when", null=True, blank=True)
    look_again_on = models.DateField("when we look at it again", null=True, blank=True)
    decided_on = models.DateField("decided on")
    decided_by = models.CharField("who decided", max_length=200, help_text="A board, a panel or a role. Not a name.")
    authority = models.CharField(
        "with what authority", max_length=300, help_text="Like: the council's scheme of delegation, or the budget vote."
    )
    project = models.ForeignKey(Project, models.PROTECT, null=True, blank=True, related_name="decisions")
    themes = models.ManyToManyField(Theme, blank=True, related_name="decisions", verbose_name="themes it answers")
    locality = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty means the whole council."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions", verbose_name="who answers for it"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "decision"
        ordering = ["-decided_on", "-id"]
        indexes = [
            models.Index(fields=["-decided_on", "-id"], name="decision_newest"),
            models.Index(fields=["answer", "-decided_on", "-id"], name="decision_answer"),
            models.Index(fields=["locality", "-decided_on", "-id"], name="decision_locality"),
            models.Index(fields=["owner", "-decided_on", "-id"], name="decision_owner"),
            models.Index(fields=["project", "-decided_on", "-id"], name="decision_project"),
            models.Index(fields=["modified_at", "id"], name="decision_changed"),
            models.Index(fields=["-created_at", "-id"], name="decision_created"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="yes") | ~Q(reason=""),
                name="decision_says_why",
                violation_error_message="Say why, so that whoever asked can read it.",
            )
        ]

    def __str__(self) -> str:
        return self.question

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was withdrawn: struck through, never gone."""
        return self.withdrawn_at is not None

    @property
    def is_past(self) -> bool:
        """Whether the day we said we would do it by is over."""
        return self.will_by is not None and self.will_by < timezone.localdate()

    @property
    def is_late(self) -> bool:
        """Whether that day is over and nothing is known to be different since. 1 query, unless outcomes are loaded."""
        if not self.is_past:
            return False
        return all(outcome.is_withdrawn or outcome.effect == "same" for outcome in self.outcomes.all())


class WithDecisionQuerySet(VisibleQuerySet[Any]):
    """Seen with the decision."""

    def visible_to(self, user: Actor) -> WithDecisionQuerySet:
        """Those of decisions one may see."""
        return self if holds(user, READERS) else self.none()


class DecisionOption(Guarded):
    """One of the things that could have been decided, whether it was chosen, and why."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(default=1, help_text="Order within the decision.")
    words = models.CharField("the option", max_length=500)
    chosen = models.BooleanField("chosen", default=False, help_text="Otherwise it was refused.")
    why = models.CharField("why it was chosen or refused", max_length=500, blank=True)

    objects = WithDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "option of a decision"
        verbose_name_plural = "options of a decision"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.words


class Evidence(Guarded):
    """Something that was weighed."""

    class Kind(models.TextChoices):
        """What sort of evidence."""

        PEOPLE = "people", "What people told us"
        FIGURES = "figures", "Figures"
        RESEARCH = "research", "Research"
        LAW = "law", "The law"
        MONEY = "money", "What it costs"
        STAFF = "staff", "What colleagues know from their work"
        OTHER = "other", "Something else"

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="evidence")
    position = models.PositiveSmallIntegerField(default=1, help_text="Order within the decision.")
    kind = models.CharField("what sort", max_length=10, choices=Kind, default=Kind.PEOPLE)
    words = models.CharField("what it says", max_length=500)
    source = models.CharField("where it stands", max_length=300, blank=True)

    objects = WithDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "evidence"
        verbose_name_plural = "evidence"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.words


class AnsweredPointQuerySet(VisibleQuerySet["AnsweredPoint"]):
    """Which point a decision answers is known to whoever may read the point."""

    def visible_to(self, user: Actor) -> AnsweredPointQuerySet:
        """Those of points the user may read, for whoever may see decisions."""
        if not holds(user, READERS):
            return self.none()
        return self.filter(Exists(Point.objects.visible_to(user).order_by().filter(pk=OuterRef("point_id"))))

    def standing(self) -> AnsweredPointQuerySet:
        """Those that stand now: neither the contact nor the decision was withdrawn."""
        return self.filter(until=None, point__event__withdrawn_at=None, decision__withdrawn_at=None)

    def countable(self) -> AnsweredPointQuerySet:
        """Those every figure may count: never those of restricted contacts."""
        return self.filter(Exists(EngagementEvent.objects.filter(pk=OuterRef("point__event_id"), restricted=False)))

    def for_list(self) -> AnsweredPointQuerySet:
        """By the day it was said, with point and contact."""
        return self.select_related("point__event", "theme").order_by("point__event__occurred_on", "id")


class AnsweredPoint(Record):
    """A decision answers a point: named itself, or by a theme it belonged to on the day of the decision. A row is
    ended, never deleted."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="answered")
    point = models.ForeignKey(Point, models.CASCADE, related_name="answers")
    theme = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, related_name="+", help_text="The theme it came by, if any."
    )
    since = models.DateField("from")
    until = models.DateField(null=True, blank=True, help_text="From this day on it was not meant any more.")

    objects = AnsweredPointQuerySet.as_manager()

    class Meta:
        verbose_name = "answered point"
        ordering = ["since", "id"]
        indexes = [
            models.Index(fields=["decision", "until"], name="answeredpoint_decision"),
            models.Index(fields=["point", "until"], name="answeredpoint_point"),
            models.Index(fields=["modified_at", "id"], name="answeredpoint_changed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "point"], condition=Q(until__isnull=True), name="point_answered_once_by_decision",
                violation_error_message="This decision answers the point already.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.decision_id} answers {self.point_id}"
