"""Outcomes: what is different since a decision, how we know, and whether those who asked agree."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from crm.base.actors import Actor, holds
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.communities.models import Community
from engagement.coproduction.decisions.models.decisions import Decision
from engagement.coproduction.frameworks.models import FrameworkPart
from engagement.coproduction.themes.models import READERS


class OutcomeQuerySet(VisibleQuerySet["Outcome"]):
    """What changed, and what did not, is no secret."""

    def visible_to(self, user: Actor) -> OutcomeQuerySet:
        """All, for whoever meets people, counts or publishes."""
        return self if holds(user, READERS) else self.none()

    def standing(self) -> OutcomeQuerySet:
        """Those not withdrawn, of decisions not withdrawn."""
        return self.filter(withdrawn_at=None, decision__withdrawn_at=None)

    def for_list(self) -> OutcomeQuerySet:
        """Newest first, with the decision and for whom."""
        return self.select_related("decision", "owner").prefetch_related("communities").order_by("-created_at", "-id")

    def for_page(self) -> OutcomeQuerySet:
        """With everything its own page and the API show."""
        return (
            self.for_list()
            .select_related("recorded_by", "withdrawn_by")
            .prefetch_related(
                "parts__framework",
                "parts__says_the_same__framework",
                "checks__recorded_by",
                "corrections__corrected_by",
            )
        )


class Outcome(Record):
    """What is different for people since a decision; or, as plainly, what is not."""

    class Effect(models.TextChoices):
        """Whether anything is different."""

        DIFFERENT = "different", "Something is different"
        PARTLY = "partly", "Some of it is different"
        SAME = "same", "Nothing has changed"

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="outcomes")
    effect = models.CharField("is anything different?", max_length=10, choices=Effect)
    words = models.TextField(
        "what is different, or what is not", max_length=2000, help_text="Short sentences, plain words. No names."
    )
    for_whom = models.CharField("for whom", max_length=300, help_text="Like: carers in the East. Not a name.")
    communities = models.ManyToManyField(Community, blank=True, related_name="outcomes")
    since = models.DateField("since when", null=True, blank=True)
    measure = models.CharField("what was measured", max_length=200, blank=True)
    measure_before = models.CharField("before", max_length=60, blank=True)
    measure_after = models.CharField("after", max_length=60, blank=True)
    measure_source = models.CharField("where the figures come from", max_length=200, blank=True)
    account = models.TextField(
        "what people say about it", max_length=2000, blank=True, help_text="In their words where they agreed. No names."
    )
    parts = models.ManyToManyField(
        FrameworkPart, blank=True, related_name="outcomes", verbose_name="what it counts for"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="outcomes", verbose_name="who answers for it"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    done_on = models.DateField("done on", null=True, blank=True, editable=False)
    untold_reason = models.CharField(
        "why it is done though not everybody was told", max_length=300, blank=True, editable=False
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "outcome"
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="outcome_newest"),
            models.Index(fields=["decision", "-created_at"], name="outcome_decision"),
            models.Index(fields=["effect", "-created_at", "-id"], name="outcome_effect"),
            models.Index(fields=["owner", "-created_at", "-id"], name="outcome_owner"),
            models.Index(fields=["done_on", "-created_at", "-id"], name="outcome_done"),
            models.Index(fields=["modified_at", "id"], name="outcome_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="outcome_has_words",
                violation_error_message="Say what is different, or what is not.",
            ),
            models.CheckConstraint(
                condition=~Q(measure="") | ~Q(account=""),
                name="outcome_says_how_we_know",
                violation_error_message="Say how we know: a measure before and after, or what people say.",
            ),
        ]

    def __str__(self) -> str:
        return self.words[:80]

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was withdrawn: struck through, never gone."""
        return self.withdrawn_at is not None

    @property
    def state(self) -> str:
        """`withdrawn`, `done` or `open`."""
        return "withdrawn" if self.withdrawn_at else "done" if self.done_on else "open"

    @property
    def state_in_words(self) -> str:
        """How far it is."""
        return {"withdrawn": "Withdrawn", "done": "Done", "open": "Not done yet"}[self.state]


class WithOutcomeQuerySet(VisibleQuerySet[Any]):
    """Seen with the outcome."""

    def visible_to(self, user: Actor) -> WithOutcomeQuerySet:
        """Those of outcomes one may see."""
        return self if holds(user, READERS) else self.none()


class OutcomeCheck(Guarded):
    """Some of those who asked looked at the outcome and said whether it is so."""

    class Verdict(models.TextChoices):
        """What they said."""

        AGREE = "agree", "Yes, it is so"
        PARTLY = "partly", "Partly"
        DISAGREE = "disagree", "No, it is not so"

    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="checks")
    checked_on = models.DateField("on")
    by_whom = models.CharField(
        "by whom", max_length=150, help_text="Like: four carers of the Monday group. Not a name."
    )
    verdict = models.CharField("what they said", max_length=10, choices=Verdict)
    words = models.CharField("in their words", max_length=500, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = WithOutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "check of an outcome"
        ordering = ["checked_on", "id"]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}, {self.checked_on}"


class ThreadCorrection(Guarded):
    """A decision or an outcome was corrected: by whom, when, why, and what it said before."""

    decision = models.ForeignKey(Decision, models.CASCADE, null=True, related_name="corrections")
    outcome = models.ForeignKey(Outcome, models.CASCADE, null=True, related_name="corrections")
    corrected_at = models.DateTimeField(auto_now_add=True)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    before = models.JSONField(default=list, help_text="What it said before: pairs of what and words.")

    objects = WithOutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = "correction of a decision or outcome"
        verbose_name_plural = "corrections of decisions and outcomes"
        ordering = ["corrected_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False, outcome=None) | Q(decision=None, outcome__isnull=False),
                name="correction_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"Correction, {self.corrected_at:%Y-%m-%d}"
