"""Words that are always translated the same way."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower

from cms.editions import new_edition
from cms.pictures import PICTURES

MOST_WORDS_OF_A_MEANING = 15


def languages() -> list[tuple[str, str]]:
    """Every language of the site."""
    return list(settings.LANGUAGES)


def other_languages() -> list[tuple[str, str]]:
    """Every language of the site but its own."""
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def pictures() -> list[tuple[str, str]]:
    """The pictures that Heard brings, each with what it shows."""
    return list(PICTURES.items())


class HardWord(models.Model):
    """A word that needs explaining. Easy Read explains it where it stands in bold, and the glossary lists them all."""

    word = models.CharField(max_length=60)
    meaning = models.CharField(max_length=150, help_text="What it means, in at most 15 easy words.")
    language = models.CharField(max_length=20, choices=languages, default="en")
    picture = models.CharField(max_length=30, choices=pictures, blank=True)
    checked_by = models.CharField(max_length=150, blank=True, help_text="Who read it and said it is clear.")
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "hard word"
        ordering = ["language", "word"]
        constraints = [
            models.UniqueConstraint(
                Lower("word"),
                "language",
                name="one_meaning_per_hard_word",
                violation_error_message="This word is explained already. Change that one.",
            )
        ]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """An explanation is short, or it needs explaining itself."""
        super().clean()
        if len(self.meaning.split()) > MOST_WORDS_OF_A_MEANING:
            raise ValidationError({"meaning": "Explain it in 15 words or fewer"})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Pages that explain it are others afterwards."""
        super().save(*args, **kwargs)
        new_edition()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Pages that explained it are others without it."""
        new_edition()
        return super().delete(*args, **kwargs)


def hard_words_in(code: str) -> dict[str, HardWord]:
    """The hard words of a language by their small letters, in the order of the alphabet; one query."""
    return {hard.word.casefold(): hard for hard in HardWord.objects.filter(language=code).order_by(Lower("word"))}


class AgreedWord(models.Model):
    """How one English word or name is said in one language, as agreed with people who speak it."""

    english = models.CharField("English", max_length=100)
    language = models.CharField(max_length=20, choices=other_languages)
    words = models.CharField("in this language", max_length=150)
    note = models.CharField(max_length=250, blank=True, help_text="When to say it, and what not to say.")
    checked_by = models.CharField(max_length=150, blank=True, help_text="Who agreed to it. Never your guess.")
    checked_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "agreed word"
        ordering = ["english", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["english", "language"],
                name="one_agreed_word_each",
                violation_error_message="This word is agreed for this language already. Change that one.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.english}: {self.words}"


def missing_agreed_words(english: list[str], theirs: list[str], code: str) -> list[AgreedWord]:
    """Agreed words that stand in the English of a message and were said otherwise in a language."""
    before, after = " ".join(english).casefold(), " ".join(theirs).casefold()
    rows = AgreedWord.objects.filter(language=code)
    return [row for row in rows if row.english.casefold() in before and row.words.casefold() not in after]
