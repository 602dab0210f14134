"""The answer in words, in each language and format: what a letter says and what the public page says."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from crm.base.actors import Actor, holds
from crm.base.models import Record, VisibleQuerySet
from crm.languages.models import Language
from crm.sending.models import Format
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.themes.models import READERS

OF_ONE = Q(decision__isnull=False, outcome=None) | Q(decision=None, outcome__isnull=False)


class AnswerWordsQuerySet(VisibleQuerySet["AnswerWords"]):
    """The council's own words."""

    def visible_to(self, user: Actor) -> AnswerWordsQuerySet:
        """All, for whoever meets people, counts or publishes."""
        return self if holds(user, READERS) else self.none()

    def for_list(self) -> AnswerWordsQuerySet:
        """The newest first, with the language."""
        return self.select_related("language", "decision", "outcome").order_by("-created_at", "-id")


class AnswerWords(Record):
    """The answer in one language and format. It is never changed: new words are a new version."""

    WRITTEN = (Format.STANDARD, Format.EASY_READ)

    decision = models.ForeignKey(Decision, models.CASCADE, null=True, blank=True, related_name="words")
    outcome = models.ForeignKey(Outcome, models.CASCADE, null=True, blank=True, related_name="words_in")
    language = models.ForeignKey(
        Language, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty means English."
    )
    format = models.CharField(max_length=20, choices=Format, default=Format.STANDARD)
    number = models.PositiveSmallIntegerField(
        editable=False, help_text="Counts the versions of this language and format."
    )
    said = models.CharField("you said", max_length=500)
    answer = models.TextField("we did, we will, or we could not", max_length=3000)
    machine_draft = models.BooleanField(
        "a machine wrote this draft", default=False, help_text="Nobody gets it before a speaker checked it."
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    checked_by = models.CharField(
        "who checked it", max_length=150, blank=True, editable=False,
        help_text="A speaker of the language, or a group of Easy Read readers. Not a name.",
    )  # fmt: skip
    checked_on = models.DateField("checked on", null=True, blank=True, editable=False)

    objects = AnswerWordsQuerySet.as_manager()

    class Meta:
        verbose_name = "answer in words"
        verbose_name_plural = "answers in words"
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["modified_at", "id"], name="answerwords_changed")]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "outcome", "language", "format", "number"],
                name="answerwords_number_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=OF_ONE, name="answerwords_of_one"),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by="") | (Q(checked_on__isnull=False) & ~Q(checked_by="")),
                name="answerwords_checked_by_somebody",
                violation_error_message="Say who checked it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.in_words}, version {self.number}"

    @property
    def in_words(self) -> str:
        """Language and format: Urdu, Easy Read."""
        language = self.language.name if self.language else "English"
        return language if self.format == Format.STANDARD else f"{language}, {self.get_format_display()}"

    @property
    def may_be_used(self) -> bool:
        """Whether people may get it: plain English as the council wrote it, everything else once it was checked."""
        return bool(self.checked_on) or (self.language_id is None and self.format == Format.STANDARD)
