"""Every version of a message says who made it, from what, and who checked it; and knows when its source moved on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.words import mark_of
from crm.accounts.models import Team

LONGEST_UNTIL_REVIEW = timedelta(days=366)


def in_six_months() -> date:
    """When a new page is looked at again, unless somebody says otherwise."""
    return timezone.localdate() + timedelta(days=182)


class MadeHow(models.TextChoices):
    """How the words came about."""

    PERSON = "person", "A person wrote or translated it"
    MACHINE_THEN_PERSON = "machine_person", "A machine made it, then a person worked on it"
    MACHINE_ONLY = "machine", "A machine made it and no person has worked on it"


class CheckMethod(models.TextChoices):
    """How the words were checked."""

    READERS = "readers", _("Read with people who use this kind of page")
    SPEAKER = "speaker", _("Read by a native speaker")
    TRANSLATOR = "translator", _("Checked by a professional translator")
    COLLEAGUE = "colleague", _("Read by a colleague who did not write it")


class Version(models.Model):
    """One version of a message: a page in one format and one language, with its own history of making and checking."""

    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="who keeps it",
        help_text="The person who answers for this page.",
    )  # fmt: skip
    kept_by_team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+")
    review_date = models.DateField(
        "look at it again on", default=in_six_months, help_text="Six months from now unless you say so; a year at most."
    )
    made_by = models.CharField(max_length=150, blank=True, help_text="The name of the person, supplier or machine.")
    # Fails closed: a copy made for translating says nothing of how it was made.
    made_how = models.CharField(max_length=20, choices=MadeHow, default=MadeHow.MACHINE_ONLY)
    made_from = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="The page this version was made from: for Easy Read in Urdu, Easy Read in English.",
    )  # fmt: skip
    made_from_mark = models.CharField(max_length=64, blank=True, editable=False)
    checked_by = models.CharField(
        max_length=250, blank=True,
        help_text="Who checked the words: a name, if they agree to be named, or a group. Never your guess.",
    )  # fmt: skip
    checked_on = models.DateField(null=True, blank=True)
    check_method = models.CharField("how it was checked", max_length=20, choices=CheckMethod, blank=True)
    minor_change = models.CharField(
        "only a slip corrected", max_length=200, blank=True,
        help_text="If the meaning is the same, say what you corrected: translations then stay up to date.",
    )  # fmt: skip
    standing_mark = models.CharField(max_length=64, blank=True, editable=False)

    exclude_fields_in_copy: ClassVar[list[str]] = [
        "made_by", "made_how", "made_from", "made_from_mark", "checked_by", "checked_on", "check_method",
        "minor_change", "standing_mark",
    ]  # fmt: skip

    # What Wagtail's Page brings; every version is a page too.
    locale_id: int
    translation_key: Any

    class Meta:
        abstract = True

    def words(self) -> list[str]:
        """The words that make the message, in order. Each kind of page says which."""
        raise NotImplementedError

    def clean(self) -> None:
        """A review is never put off longer than a year."""
        super().clean()
        if self.review_date and self.review_date > timezone.localdate() + LONGEST_UNTIL_REVIEW:
            raise ValidationError({"review_date": "Choose a day within the next 12 months"})

    @property
    def is_checked(self) -> bool:
        """Whether somebody checked the words, and said when and how."""
        return bool(self.checked_by and self.checked_on and self.check_method)

    @property
    def is_reviewed(self) -> bool:
        """Whether the words may reach the public: a person had a hand in them, and they were checked."""
        return self.made_how != MadeHow.MACHINE_ONLY and self.is_checked

    @property
    def source(self) -> Any:
        """The page this was made from, as its own kind."""
        found = self.made_from.specific if self.made_from_id and self.made_from else None
        return found if isinstance(found, Version) else None

    @property
    def is_stale(self) -> bool:
        """Whether the source's words have changed in meaning since this was made, or the source is gone."""
        if not self.made_from_mark:
            return False
        source = self.source
        return source is None or source.standing_mark != self.made_from_mark

    def bring_up_to_date(self) -> None:
        """Say that this now matches its source as it stands."""
        source = self.source
        self.made_from_mark = source.standing_mark if source else ""

    def keep_marks(self) -> None:
        """Before going live: the mark of the words that count. A corrected slip leaves it, so nothing goes stale."""
        stored = type(self)._default_manager.filter(pk=self.pk).values_list("standing_mark", flat=True).first()
        self.standing_mark = stored if stored and self.minor_change else mark_of(self.words())
        if self.made_from_id and not self.made_from_mark:
            self.bring_up_to_date()

    def still_in_source_language(self) -> list[str]:
        """Pieces of two words or more that a translation shares with its source, letter for letter."""
        source = self.source or self._in_the_first_language()
        if source is None or source.locale_id == self.locale_id:
            return []
        theirs = set(source.words())
        return [words for words in self.words() if words in theirs and " " in words]

    def _in_the_first_language(self) -> Any:
        """The same page in the site's own language, where nobody has said what a version was made from."""
        versions = type(self)._default_manager.filter(translation_key=self.translation_key)
        return versions.filter(locale__language_code=settings.LANGUAGE_CODE).exclude(pk=self.pk).first()
