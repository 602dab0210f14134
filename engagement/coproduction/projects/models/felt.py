"""How much people felt they decided: asked in rounds by one-time links that lead to no person, kept as tallies only.

No row is an answer. An answer adds one to a tally and ends the link it came by, so that nobody, with the whole database
before them, can say who chose what or when.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from crm.base.actors import Actor
from crm.base.kept import inside, keys_seen
from crm.base.models import Guarded, Record, VisibleQuerySet
from engagement.coproduction.projects.models.ladder import Rung
from engagement.coproduction.projects.models.projects import Project


class FeltRoundQuerySet(VisibleQuerySet["FeltRound"]):
    """That people were asked is known with the project; what they answered only as the suppressor lets it out."""

    def visible_to(self, user: Actor) -> FeltRoundQuerySet:
        """Those of projects one may see."""
        return self.filter(project__in=inside(keys_seen, user, Project))

    def for_list(self) -> FeltRoundQuerySet:
        """Newest first, with the project."""
        return self.select_related("project__level").order_by("-opened_on", "-id")


class FeltRound(Record):
    """People in a project are asked how much they felt they decided, from a day until a day."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="felt_rounds")
    opened_on = models.DateField("asked since", editable=False)
    closes_on = models.DateField("last day to answer", help_text="What they said is shown the day after, not before.")
    links_made = models.PositiveSmallIntegerField("how many links were made", editable=False)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = FeltRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "round of asking how it felt"
        verbose_name_plural = "rounds of asking how it felt"
        ordering = ["-opened_on", "-id"]
        indexes = [
            models.Index(fields=["modified_at", "id"], name="feltround_changed"),
            models.Index(fields=["-created_at", "-id"], name="feltround_newest"),
        ]

    def __str__(self) -> str:
        return f"Round of {self.opened_on}"


class FeltLink(Guarded):
    """The right to answer once. It names nobody and is deleted by the answer."""

    round = models.ForeignKey(FeltRound, models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True, help_text="The link itself is kept nowhere.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "one-time link"
        ordering = ["digest"]

    def __str__(self) -> str:
        return "A one-time link"


class FeltSpent(Guarded):
    """A mailed link was used. It has no time, says nothing about the answer and leads to no letter: which letter held
    which link was never written down. It goes with the round's last day."""

    round = models.ForeignKey(FeltRound, models.CASCADE, related_name="spent")
    digest = models.CharField(max_length=64, primary_key=True, help_text="The link itself is kept nowhere.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "used mailed link"
        ordering = ["digest"]

    def __str__(self) -> str:
        return "A used link"


class FeltTally(Guarded):
    """How many chose a rung in a round. Without a time, and without a row for each answer."""

    round = models.ForeignKey(FeltRound, models.CASCADE, related_name="tallies")
    rung = models.ForeignKey(Rung, models.PROTECT, related_name="+")
    answers = models.PositiveSmallIntegerField("how many chose it", default=0)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "tally of how it felt"
        verbose_name_plural = "tallies of how it felt"
        ordering = ["rung__position"]
        constraints = [models.UniqueConstraint(fields=["round", "rung"], name="one_tally_per_round_and_rung")]

    def __str__(self) -> str:
        return f"{self.rung_id} in {self.round_id}"
