"""The event log: that something of the thread was created, changed, or told to people. No names, no words."""

from __future__ import annotations

from django.db import models

from crm.base.actors import Actor, holds
from crm.base.models import Guarded, VisibleQuerySet
from engagement.coproduction.themes.models import READERS


class FeedQuerySet(VisibleQuerySet["FeedEntry"]):
    """Entries name a record by kind and id and say nothing else."""

    def visible_to(self, user: Actor) -> FeedQuerySet:
        """All, for whoever may see themes, projects, decisions and outcomes."""
        return self if holds(user, READERS) else self.none()

    def numbered(self) -> FeedQuerySet:
        """Those that have their position, in order."""
        return self.filter(position__isnull=False).order_by("position")


class FeedEntry(Guarded):
    """Something happened to a record. Its position is given by whoever reads the log next, once what happened is
    committed: so a reader who asks for what came after a position never misses one that was still being saved."""

    class What(models.TextChoices):
        """What happened."""

        CREATED = "created", "Created"
        CHANGED = "changed", "Changed"
        TOLD = "told", "People were told of it"

    class Kind(models.TextChoices):
        """What kind of record."""

        THEME = "theme", "Theme"
        PROJECT = "project", "Project"
        DECISION = "decision", "Decision"
        OUTCOME = "outcome", "Outcome"

    position = models.PositiveBigIntegerField(null=True, unique=True, editable=False, help_text="Its place in the log.")
    kind = models.CharField(max_length=10, choices=Kind)
    subject_id = models.UUIDField("which record")
    what = models.CharField("what happened", max_length=10, choices=What)
    at = models.DateTimeField("when", auto_now_add=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = "entry of the event log"
        verbose_name_plural = "entries of the event log"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.kind} {self.subject_id}"
