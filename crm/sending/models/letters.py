"""Template letters that editors keep, in versions by language and format."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from crm.base.actors import EVERYONE_ON_STAFF, Actor, holds
from crm.base.models import Record, VisibleQuerySet
from crm.languages.models import Language
from crm.privacy.models import Purpose


class Format(models.TextChoices):
    """What form a message takes. Large print, braille and audio are made from the standard words."""

    STANDARD = "standard", "Standard"
    EASY_READ = "easy_read", "Easy Read"
    LARGE_PRINT = "large_print", "Large print"
    BRAILLE = "braille", "Braille"
    AUDIO = "audio", "Audio"


class LetterTemplateQuerySet(VisibleQuerySet["LetterTemplate"]):
    """Letters are the council's own words; everyone on the staff reads them."""

    def visible_to(self, user: Actor) -> LetterTemplateQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def for_list(self) -> LetterTemplateQuerySet:
        """By name, with the purpose and every version."""
        versions = LetterVersion.objects.select_related("language", "made_from").order_by("-number", "-id")
        return (
            self.select_related("purpose")
            .prefetch_related(models.Prefetch("versions", queryset=versions))
            .order_by("name", "id")
        )


class LetterTemplate(Record):
    """A letter the council sends again and again, like an invitation. Its words stand in versions."""

    key = models.SlugField(max_length=60, unique=True, help_text="The kind of letter; files and the API use it.")
    name = models.CharField(max_length=120, unique=True)
    purpose = models.ForeignKey(Purpose, models.PROTECT, related_name="+", verbose_name="what it is sent for")

    objects = LetterTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = "letter"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class LetterVersionQuerySet(VisibleQuerySet["LetterVersion"]):
    """Versions are seen with their letter."""

    def visible_to(self, user: Actor) -> LetterVersionQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()


class LetterVersion(Record):
    """The words of a letter in one language and format, at one time. A version is never changed: a new one follows."""

    WRITTEN = (Format.STANDARD, Format.EASY_READ)

    letter = models.ForeignKey(LetterTemplate, models.CASCADE, related_name="versions")
    language = models.ForeignKey(
        Language, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty means English."
    )
    format = models.CharField(max_length=20, choices=Format, default=Format.STANDARD)
    number = models.PositiveSmallIntegerField(
        editable=False, help_text="Counts the versions of this language and format."
    )
    subject = models.CharField(
        max_length=150, help_text="Others may see it: no name, and nothing about health or care."
    )
    body = models.TextField(
        "words", help_text="A blank line begins a paragraph; a line that begins with - is one of a list. A placeholder "
        "like {name} is filled in for each reader. A link: its words in square brackets, then its address in round "
        "ones."
    )  # fmt: skip
    made_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        help_text="The version it was translated or simplified from.",
    )  # fmt: skip
    machine_draft = models.BooleanField(
        "a machine wrote this draft", default=False, help_text="Nobody gets it before a speaker checked it."
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        help_text="Empty for words that came with Heard.",
    )  # fmt: skip
    checked_by = models.CharField(
        "who checked it", max_length=150, blank=True, editable=False,
        help_text="A speaker of the language, or a group of Easy Read readers. Not a name.",
    )  # fmt: skip
    checked_on = models.DateField("checked on", null=True, blank=True, editable=False)

    objects = LetterVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "version of a letter"
        verbose_name_plural = "versions of a letter"
        ordering = ["letter", "-number", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "language", "format", "number"],
                name="letter_version_number_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(checked_on__isnull=True, checked_by="") | (Q(checked_on__isnull=False) & ~Q(checked_by="")),
                name="letter_checked_by_somebody",
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
    def may_be_sent(self) -> bool:
        """Whether people may get it: plain English as the council wrote it, everything else once it was checked."""
        return bool(self.checked_on) or (self.language_id is None and self.format == Format.STANDARD)
