"""How many gave which answer: no row is a person's, none has a time, and nothing leads from here to who answered."""

from __future__ import annotations

from django.db import models

from crm.base.models import Guarded, VisibleQuerySet
from crm.panels.models import RecruitmentCall

ANSWERED, SKIPPED = "answered", "skipped"  # the answers to the question without a key: whether they answered at all


class EqualityTally(Guarded):
    """How many people who applied to one call gave one answer. Statistics only (Data Protection Act 2018, schedule 1,
    paragraph 8): never for a decision about a person. Shown only through the suppressor, by `reports`."""

    call = models.ForeignKey(RecruitmentCall, models.PROTECT, related_name="+")
    question_set = models.CharField("version of the questions", max_length=20)
    question = models.CharField(
        "key of the question", max_length=30, blank=True, help_text="Empty: whether they answered at all."
    )
    answer = models.CharField("key of the answer", max_length=30)
    people = models.PositiveIntegerField("how many people", default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "tally of equality answers"
        verbose_name_plural = "tallies of equality answers"
        ordering = ["question_set", "question", "answer"]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "question_set", "question", "answer"], name="one_tally_per_equality_answer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.answer}"
