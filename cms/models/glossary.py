"""Words that are always translated the same way."""

from __future__ import annotations

from django.conf import settings
from django.db import models


def languages() -> list[tuple[str, str]]:
    """Every language of the site but its own."""
    return [(code, name) for code, name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


class AgreedWord(models.Model):
    """How one English word or name is said in one language, as agreed with people who speak it."""

    english = models.CharField("English", max_length=100)
    language = models.CharField(max_length=20, choices=languages)
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
