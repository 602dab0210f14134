"""The council's own pictures and documents: each with what somebody who cannot see or open it needs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import Page

from cms.bare_pictures import bare_file
from cms.editions import new_edition
from cms.models.glossary import languages


def _uploader() -> Any:
    """Who put it in; Wagtail's own field, without a way back from the account."""
    field: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    field.wagtail_reference_index_ignore = True
    return field


class SitePicture(AbstractImage):
    """A picture of the council's own. It says what it shows, who may use it, and that whoever can be seen agreed."""

    class Licence(models.TextChoices):
        """Why we may show it."""

        OURS = "ours", "We made it ourselves"
        CC0 = "cc0", "CC0: free for anything"
        CC_BY = "cc_by", "CC BY: free when the maker is named"
        CC_BY_SA = "cc_by_sa", "CC BY-SA: free when the maker is named and changes are shared"
        OGL = "ogl", "Open Government Licence"
        BOUGHT = "bought", "Bought, for showing on our site"
        AGREED = "agreed", "The maker agreed in writing"

    class People(models.TextChoices):
        """Who can be seen."""

        NOBODY = "nobody", "Nobody"
        DRAWN = "drawn", "People are drawn, nobody real"
        FROM_BEHIND = "hidden", "People who cannot be recognised"
        CONSENTED = "consented", "People who can be recognised, and agreed"

    uploaded_by_user = _uploader()
    maker = models.CharField("who made it", max_length=150, help_text="Named under the picture where they must be.")
    licence = models.CharField("why we may show it", max_length=10, choices=Licence)
    licence_note = models.CharField(
        "where that is written", max_length=250, blank=True, help_text="An address, an invoice, a letter and its date."
    )
    people = models.CharField("who can be seen", max_length=10, choices=People)
    consent_on = models.DateField("they agreed on", null=True, blank=True)
    consent_until = models.DateField("for pages until", null=True, blank=True, help_text="Empty: until they say no.")
    consent_withdrawn_on = models.DateField(
        "they took it back on", null=True, blank=True, help_text="The picture leaves every page at once."
    )
    no_words = models.BooleanField(
        "no words in it", default=False,
        help_text="Easy Read needs pictures without words: they are the same in every language.",
    )  # fmt: skip

    admin_form_fields = (
        "title", "file", "description", "maker", "licence", "licence_note", "people", "consent_on", "consent_until",
        "consent_withdrawn_on", "no_words", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height",
        "collection", "tags",
    )  # fmt: skip

    class Meta:
        verbose_name = "picture"

    def clean(self) -> None:
        """It says what it shows, in words of somebody's own; and whoever can be recognised agreed."""
        super().clean()
        wrong: dict[str, str] = {}
        description = self.description.strip()
        if not description:
            wrong["description"] = "Say what the picture shows, for people who cannot see it"
        elif self.file and description.casefold() in _names_of(self.file.name):
            wrong["description"] = "That is the name of the file. Say what the picture shows"
        if self.people == self.People.CONSENTED and not self.consent_on:
            wrong["consent_on"] = "Say on which day the people in it agreed"
        if wrong:
            raise ValidationError(wrong)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Wagtail's, of a new file the picture alone; pages that show it are others afterwards."""
        if self.file and not self.file._committed:
            self.file = bare_file(self.file)
            self._set_image_file_metadata()
        super().save(*args, **kwargs)
        new_edition()

    @property
    def may_be_shown(self) -> bool:
        """Whether pages may show it today: nobody in it took their word back, and it has not run out."""
        ended = self.consent_until is not None and self.consent_until < timezone.localdate()
        return self.consent_withdrawn_on is None and not ended

    @property
    def must_name_maker(self) -> bool:
        """Whether its licence asks for the maker's name beside it."""
        return self.licence in (self.Licence.CC_BY, self.Licence.CC_BY_SA, self.Licence.AGREED)


class SiteRendition(AbstractRendition):
    """A picture in the size in which a page shows it."""

    image = models.ForeignKey(SitePicture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_per_picture_and_size"
            )
        ]


class SiteDocument(AbstractDocument):
    """A file to open elsewhere. A page can only offer it beside a page that says the same (GOV.UK: HTML first)."""

    class Tagged(models.TextChoices):
        """Whether its headings, lists and tables are marked for screen readers."""

        YES = "yes", "Yes"
        NO = "no", "No"
        NOT_KNOWN = "not_known", "Nobody has looked"

    uploaded_by_user = _uploader()
    language = models.CharField(max_length=20, choices=languages, default="en")
    html_twin = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="the page that says the same",
        help_text="Without it, no page with this document can go live.",
    )  # fmt: skip
    tagged = models.CharField("tagged for screen readers", max_length=10, choices=Tagged, default=Tagged.NOT_KNOWN)
    checked_by = models.CharField(max_length=150, blank=True, help_text="Who looked at it. Never your guess.")
    checked_on = models.DateField(null=True, blank=True)

    admin_form_fields = (
        "title", "file", "language", "html_twin", "tagged", "checked_by", "checked_on", "collection", "tags",
    )  # fmt: skip

    class Meta:
        verbose_name = "document"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """As Wagtail's; pages that offer it are others afterwards."""
        super().save(*args, **kwargs)
        new_edition()

    @property
    def twin(self) -> Any:
        """The page that says the same, if anyone may read it."""
        page = self.html_twin.specific if self.html_twin_id and self.html_twin else None
        return page if page is not None and getattr(page, "is_shown", False) else None


def _names_of(path: str) -> set[str]:
    """How a file's name may be written as if it were a description."""
    stem = Path(path).stem.casefold()
    return {Path(path).name.casefold(), stem, stem.replace("_", " "), stem.replace("-", " ")}
