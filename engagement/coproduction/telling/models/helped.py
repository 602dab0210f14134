"""Whether an answer helped: asked by a link, kept as tallies only.

No row is an answer. An answer adds one to a tally and writes down that its link was used: who answered can be found
out, what they answered cannot.
"""

from __future__ import annotations

from django.db import models

from crm.base.models import Guarded, VisibleQuerySet
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.telling.models.words import OF_ONE


class HelpTally(Guarded):
    """How many said that an answer helped, helped partly, or did not help. Without a time and without a row each."""

    class Helped(models.TextChoices):
        """What they said."""

        YES = "yes", "Yes"
        PARTLY = "partly", "A little"
        NO = "no", "No"

    decision = models.ForeignKey(Decision, models.CASCADE, null=True, blank=True, related_name="help_tallies")
    outcome = models.ForeignKey(Outcome, models.CASCADE, null=True, blank=True, related_name="help_tallies")
    helped = models.CharField("did it help?", max_length=10, choices=Helped)
    answers = models.PositiveIntegerField("how many said so", default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "tally of whether it helped"
        verbose_name_plural = "tallies of whether it helped"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "outcome", "helped"], name="one_tally_per_answer", nulls_distinct=False
            ),
            models.CheckConstraint(condition=OF_ONE, name="helptally_of_one"),
        ]

    def __str__(self) -> str:
        return self.get_helped_display()


class SpentLink(Guarded):
    """A link to say whether it helped was used. It says nothing about the answer, and has no time."""

    digest = models.CharField(max_length=64, primary_key=True, help_text="The link itself is kept nowhere.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "used link"
        ordering = ["digest"]

    def __str__(self) -> str:
        return "A used link"
