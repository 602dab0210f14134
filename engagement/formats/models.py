"""Requests for something we publish in another format or language."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from crm.base.actors import CONTENT_ROLES, OFFICE_ROLES, Actor, holds
from crm.base.models import Record, VisibleQuerySet
from crm.languages.models import Language

READERS = OFFICE_ROLES | CONTENT_ROLES


class Format(models.TextChoices):
    """How somebody wants to get it."""

    READ_ALOUD = "read_aloud", "Read to them on the phone"
    AUDIO = "audio", "A recording"
    BSL = "bsl", "British Sign Language"
    EASY_READ = "easy_read", "Easy Read"
    LARGE_PRINT = "large_print", "Large print"
    BRAILLE = "braille", "Braille"
    PAPER = "paper", "On paper, by post"
    LANGUAGE = "language", "Another language"
    OTHER = "other", "Another way"


class Way(models.TextChoices):
    """How to reach whoever asked."""

    PHONE = "phone", "Phone"
    TEXT = "text", "Text message"
    EMAIL = "email", "E-mail"
    POST = "post", "Post"


class State(models.TextChoices):
    """How far a request has got."""

    WAITING = "waiting", "Waits for an answer"
    ANSWERED = "answered", "Answered, being made"
    DONE = "done", "They have it"
    COULD_NOT = "could_not", "We could not"


OPEN = (State.WAITING, State.ANSWERED)


class FormatRequestQuerySet(VisibleQuerySet["FormatRequest"]):
    """Seen by those who answer and those who make the pages."""

    def visible_to(self, user: Actor) -> FormatRequestQuerySet:
        """All, for officers, leads, managers, publishers, translators and checkers."""
        return self if holds(user, READERS) else self.none()

    def open(self) -> FormatRequestQuerySet:
        """Those that are not finished."""
        return self.filter(state__in=OPEN)

    def for_list(self) -> FormatRequestQuerySet:
        """What is due first, with names."""
        return self.select_related("language", "owner").order_by("due_on", "id")


class FormatRequest(Record):
    """Somebody asked for a page or a letter in another format or language."""

    number = models.CharField(
        max_length=12, unique=True, editable=False, help_text="What is said of it in place of a name."
    )
    format = models.CharField("how they want it", max_length=20, choices=Format)
    language = models.ForeignKey(
        Language, models.PROTECT, null=True, blank=True, related_name="+", help_text="The language they want it in."
    )
    about = models.CharField("what they want", max_length=250, help_text="The title of the page or letter.")
    address = models.CharField(
        "where it stands", max_length=500, blank=True, help_text="The page's address on the site."
    )
    words = models.CharField("what else they said", max_length=500, blank=True)
    name = models.CharField("name, if they said it", max_length=150, blank=True)
    reach_by = models.CharField("how to reach them", max_length=10, choices=Way, blank=True)
    reach_at = models.CharField("number or address", max_length=254, blank=True)
    asked_on = models.DateField(editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="who answers"
    )
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, editable=False)
    due_on = models.DateField("next thing due", editable=False, help_text="The answer, then the thing itself.")
    answered_on = models.DateField(null=True, editable=False)
    finished_on = models.DateField(null=True, editable=False)
    outcome = models.CharField("what we did", max_length=300, blank=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        help_text="The colleague who wrote it down; nobody where it came from the site.",
    )  # fmt: skip
    blanked_on = models.DateField(null=True, editable=False, help_text="The day we deleted who asked.")

    objects = FormatRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "request for another format"
        verbose_name_plural = "requests for other formats"
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["owner", "state", "due_on"], name="format_request_owner"),
            models.Index(fields=["state", "due_on"], name="format_request_due"),
            models.Index(fields=["format", "asked_on"], name="format_request_format"),
            models.Index(fields=["language", "asked_on"], name="format_request_language"),
            models.Index(fields=["finished_on"], name="format_request_finished"),
            models.Index(fields=["modified_at", "id"], name="format_request_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(reach_by="") | ~Q(reach_at="") | Q(blanked_on__isnull=False),
                name="format_request_can_be_reached",
                violation_error_message="Write their number or address.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.about}"

    @property
    def is_open(self) -> bool:
        """Whether something is still to do."""
        return self.state in OPEN

    @property
    def is_late(self) -> bool:
        """Whether the day we promised has passed."""
        return self.is_open and self.due_on < timezone.localdate()
