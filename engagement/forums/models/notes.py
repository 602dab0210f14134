"""What the public reads about a forum that took place: the same record as text and as Easy Read."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from crm.base.actors import CONTENT_ROLES, FIELD_ROLES, Actor, holds
from crm.base.models import Guarded, Record, VisibleQuerySet
from engagement.forums.models.forums import Forum
from engagement.forums.models.invitations import of_seen_forums


class NotesQuerySet(VisibleQuerySet["ForumNotes"]):
    """Notes are seen with the forum."""

    def visible_to(self, user: Actor) -> NotesQuerySet:
        """Those who work in the field, or on what the public reads: of forums they may see."""
        return self.filter(of_seen_forums(user)) if holds(user, FIELD_ROLES | CONTENT_ROLES) else self.none()

    def published(self) -> NotesQuerySet:
        """What the public was given; of each forum the newest one counts."""
        return self.exclude(published_at=None)

    def for_list(self) -> NotesQuerySet:
        """The newest version first, with its rows."""
        return self.select_related("forum", "written_by", "published_by").prefetch_related("rows").order_by("-number")


class ForumNotes(Record):
    """One version of the notes of a forum. What is published stays as it was; a change makes the next version."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="versions_of_notes")
    number = models.PositiveSmallIntegerField("version", editable=False)
    checked_by = models.CharField(
        "who checked the Easy Read", max_length=150, blank=True, editable=False,
        help_text="A group or a role, like: the Easy Read group. Not a name.",
    )  # fmt: skip
    checked_on = models.DateField(null=True, blank=True, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = NotesQuerySet.as_manager()

    class Meta:
        verbose_name = "notes of a forum"
        verbose_name_plural = "notes of a forum"
        ordering = ["forum", "-number"]
        indexes = [models.Index(fields=["modified_at", "id"], name="notes_changed")]
        constraints = [
            models.UniqueConstraint(fields=["forum", "number"], name="one_notes_per_version"),
            models.UniqueConstraint(
                fields=["forum"], condition=Q(published_at=None), name="one_draft_of_notes",
                violation_error_message="Somebody writes the next version already. Change that one.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Notes {self.pk}"

    @property
    def is_published(self) -> bool:
        """Whether the public was given it."""
        return self.published_at is not None


class NotesRow(Guarded):
    """One thought of the notes: plain words, the same in short sentences, and the picture that shows it."""

    notes = models.ForeignKey(ForumNotes, models.CASCADE, related_name="rows")
    position = models.PositiveSmallIntegerField(default=1, help_text="Its place among the rows.")
    heading = models.CharField(max_length=60, blank=True, help_text="Over this row and those that follow.")
    words = models.TextField("in plain words", max_length=1500)
    easy = models.CharField("in Easy Read", max_length=250, help_text="One or two sentences, 15 words each at most.")
    picture = models.CharField(max_length=20, blank=True, help_text="One picture for one idea.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "row of notes"
        verbose_name_plural = "rows of notes"
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"Row {self.position} of notes {self.notes_id}"
