"""The ladder of co-production, as data: its rungs, and what each promises to whoever takes part."""

from __future__ import annotations

from django.db import models

from crm.base.actors import EVERYONE_ON_STAFF, Actor, holds
from crm.base.models import Record, VisibleQuerySet


class RungQuerySet(VisibleQuerySet["Rung"]):
    """The ladder is no secret."""

    def visible_to(self, user: Actor) -> RungQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def for_list(self) -> RungQuerySet:
        """From the lowest up."""
        return self.order_by("position")


class Rung(Record):
    """One rung of the ladder: how much people may decide, and what we promise them there."""

    key = models.SlugField(max_length=40, unique=True, help_text="A short name for files and the API.")
    name = models.CharField(max_length=80, help_text="As the ladder calls it.")
    position = models.PositiveSmallIntegerField(unique=True, help_text="1 is the lowest.")
    promise = models.CharField("what we promise", max_length=300, help_text="To whoever takes part, in plain words.")
    felt_words = models.CharField(
        "how it feels", max_length=300, help_text="The same seen from the other side: people choose it as their answer."
    )
    source = models.CharField(max_length=200, blank=True, help_text="Whose ladder it is.")

    objects = RungQuerySet.as_manager()

    class Meta:
        verbose_name = "rung of the ladder of co-production"
        verbose_name_plural = "rungs of the ladder of co-production"
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
