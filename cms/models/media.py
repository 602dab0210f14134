"""Versions of a page that are not pages: a film, a recording, and what is made or sent on request."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.validators import FileExtensionValidator
from django.db import models, transaction
from wagtail.models import Page

from cms.bare_pictures import bare_file
from cms.editing import MediaForm
from cms.editions import new_edition
from cms.rules import NotReady, blockers_to_showing, may_media_be_shown
from cms.versions import Provenance


class MediaKind(models.TextChoices):
    """What it is."""

    BSL = "bsl", "BSL film"
    AUDIO = "audio", "Recording to listen to"
    LARGE_PRINT = "large_print", "Large print"
    BRAILLE = "braille", "Braille"
    PAPER = "paper", "Paper"


def _delete_files(names: set[str]) -> None:
    """Once the change is through: what nobody uses any more would stay readable at its old address."""
    for name in names:
        transaction.on_commit(partial(default_storage.delete, name))


def languages() -> list[tuple[str, str]]:
    """The languages a recording may be in."""
    return list(settings.LANGUAGES)


class MediaVersion(Provenance):
    """A film, a recording or a print of one page. Without a file it says that it is planned, or sent on request."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="media_versions")
    kind = models.CharField(max_length=20, choices=MediaKind)
    language = models.CharField(
        max_length=20, choices=languages, default="en", help_text="The language that is spoken in a recording."
    )
    title = models.CharField(max_length=150, help_text="What it is called on the page.")
    shown = models.BooleanField("shown on the page", default=False, help_text="Once somebody has checked it.")
    file = models.FileField(
        upload_to="versions",
        blank=True,
        validators=[FileExtensionValidator(["mp4", "webm", "mp3", "ogg", "opus", "pdf", "brf"])],
    )
    captions = models.FileField(
        "captions (VTT)", upload_to="versions", blank=True, validators=[FileExtensionValidator(["vtt"])]
    )
    poster = models.ImageField("first picture", upload_to="versions", blank=True)
    transcript = models.TextField(blank=True, help_text="What is said. Empty: the words of the page are what is said.")
    seconds = models.PositiveIntegerField("length in seconds", default=0)
    speaker = models.CharField(
        "who speaks or signs", max_length=150, blank=True, help_text="If they agree to be named."
    )
    presenter_number = models.CharField(
        "registration number of who signs", max_length=30, blank=True, help_text="NRCPD or SASLI."
    )
    checker_number = models.CharField(
        "registration number of who checked",
        max_length=30,
        blank=True,
        help_text="For BSL two registered people are needed.",
    )
    deaf_led = models.BooleanField("made by a Deaf-led supplier", default=False)

    base_form_class = MediaForm

    class Meta:
        verbose_name = "film, recording or print"
        verbose_name_plural = "films, recordings and prints"
        ordering = ["page_id", "kind", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "kind", "language"],
                name="one_media_version_each",
                violation_error_message="This page has one in this language already. Change that one.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises `NotReady` when it would be shown against its rules. Remembers which words it was made from."""
        if self.file and not self.made_from_mark:
            self.bring_up_to_date()
        self.insist_it_may_be_shown()
        if self.poster and not self.poster._committed:
            self.poster = bare_file(self.poster)
        before = self._files_kept()
        super().save(*args, **kwargs)
        _delete_files(before - self._files_kept())
        new_edition()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """The page is another without it, and so is the disk."""
        new_edition()
        before = self._files_kept()
        gone = super().delete(*args, **kwargs)
        _delete_files(before)
        return gone

    def _files_kept(self) -> set[str]:
        """The names of its files, as the database has them."""
        rows = MediaVersion.objects.filter(pk=self.pk).values_list("file", "captions", "poster")
        return {name for row in rows for name in row if name}

    def insist_it_may_be_shown(self) -> None:
        """Raises `NotReady` when it is marked as shown against its rules."""
        if self.shown and self.page_id and (blockers := blockers_to_showing(self)):
            raise NotReady(blockers)

    @property
    def source_mark(self) -> str:
        """The mark of the page's words as they stand."""
        return str(getattr(self.page.specific, "standing_mark", ""))

    @property
    def is_stale(self) -> bool:
        """Whether the page's words have changed in meaning since."""
        return bool(self.made_from_mark) and self.made_from_mark != self.source_mark

    def bring_up_to_date(self) -> None:
        """Say that this now matches the page as it stands."""
        self.made_from_mark = self.source_mark

    @property
    def may_be_shown(self) -> bool:
        """Whether the public may see or hear it."""
        return may_media_be_shown(self)

    @property
    def size(self) -> int:
        """Bytes of the file; 0 where there is none or it is lost."""
        try:
            return int(self.file.size) if self.file else 0
        except OSError:
            return 0
