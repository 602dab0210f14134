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
    """How the words, the voice or the film came about."""

    PERSON = "person", "A person made it"
    AGENCY = "agency", "An agency made it"
    MACHINE_THEN_PERSON = "machine_person", "A machine made it, then a person worked on it"
    MACHINE_ONLY = "machine", "A machine made it and no person has worked on it"
    COMPUTER_VOICE = "computer_voice", "A computer voice reads it"


class State(models.TextChoices):
    """How a version stands today."""

    CURRENT = "current", "Up to date"
    STALE = "stale", "Its source has changed"
    UNREVIEWED = "unreviewed", "Nobody has checked it"


class CheckMethod(models.TextChoices):
    """How the words were checked."""

    READERS = "readers", _("Read with people who use this kind of page")
    SPEAKER = "speaker", _("Read by a native speaker")
    TRANSLATOR = "translator", _("Checked by a professional translator")
    COLLEAGUE = "colleague", _("Read by a colleague who did not write it")


class Provenance(models.Model):
    """How something was made, from which words, and who checked it. Nobody is ever put down as a checker by Heard."""

    review_date = models.DateField(
        "look at it again on", default=in_six_months, help_text="Six months from now unless you say so; a year at most."
    )
    made_by = models.CharField(max_length=150, blank=True, help_text="The name of the person, supplier or machine.")
    # Fails closed: a copy made for translating says nothing of how it was made.
    made_how = models.CharField(max_length=20, choices=MadeHow, default=MadeHow.MACHINE_ONLY)
    made_from_mark = models.CharField(max_length=64, blank=True, editable=False)
    stale_reason = models.CharField(
        "why it may go out although its source has changed", max_length=200, blank=True,
        help_text="Only when it goes out before it is brought up to date.",
    )  # fmt: skip
    checked_by = models.CharField(
        max_length=250, blank=True,
        help_text="Who checked the words: a name, if they agree to be named, or a group. Never your guess.",
    )  # fmt: skip
    checked_on = models.DateField(null=True, blank=True)
    check_method = models.CharField("how it was checked", max_length=20, choices=CheckMethod, blank=True)
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        """A review is never put off longer than a year."""
        super().clean()
        if self.review_date and self.review_date > timezone.localdate() + LONGEST_UNTIL_REVIEW:
            raise ValidationError({"review_date": "Choose a day within the next 12 months"})

    @property
    def is_checked(self) -> bool:
        """Whether somebody checked it, and said when and how."""
        return bool(self.checked_by and self.checked_on and self.check_method)

    @property
    def is_reviewed(self) -> bool:
        """Whether it may reach the public: a person had a hand in it, and it was checked."""
        return self.made_how != MadeHow.MACHINE_ONLY and self.is_checked

    @property
    def is_stale(self) -> bool:
        """Whether the words it was made from have changed in meaning since. Each kind knows which words."""
        raise NotImplementedError

    @property
    def state(self) -> State:
        """How it stands today: stale before unreviewed, because the reader is told of that first."""
        if self.is_stale:
            return State.STALE
        return State.CURRENT if self.is_reviewed else State.UNREVIEWED


class Version(Provenance):
    """One version of a message: a page in one format and one language, with its own history of making and checking."""

    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="who keeps it",
        help_text="The person who answers for this page.",
    )  # fmt: skip
    kept_by_team = models.ForeignKey(Team, models.SET_NULL, null=True, blank=True, related_name="+")
    made_from = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="The page this version was made from: for Easy Read in Urdu, Easy Read in English.",
    )  # fmt: skip
    minor_change = models.CharField(
        "only a slip corrected", max_length=200, blank=True,
        help_text="If the meaning is the same, say what you corrected: translations then stay up to date.",
    )  # fmt: skip
    standing_mark = models.CharField(max_length=64, blank=True, editable=False)
    checked_mark = models.CharField(max_length=64, blank=True, editable=False)
    worked_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    exclude_fields_in_copy: ClassVar[list[str]] = [
        "made_by", "made_how", "made_from", "made_from_mark", "checked_by", "checked_on", "check_method",
        "checked_mark", "signed_off_by", "worked_on_by", "minor_change", "standing_mark", "stale_reason",
    ]  # fmt: skip

    # What Wagtail's Page brings; every version is a page too.
    locale_id: int
    translation_key: Any

    class Meta:
        abstract = True

    def words(self) -> list[str]:
        """The words that make the message, in order. Each kind of page says which."""
        raise NotImplementedError

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
        words, stored = mark_of(self.words()), self._stored("standing_mark")
        self.standing_mark = stored[0] if stored and stored[0] and self.minor_change else words
        self.checked_mark = words if self.is_checked else ""
        if self.made_from_id and not self.made_from_mark:
            self.bring_up_to_date()
        if not self.is_stale:
            self.stale_reason = ""

    def was_checked_for_other_words(self) -> bool:
        """Whether the words changed in meaning after the check, and nobody has checked them again."""
        if not (self.is_checked and self.checked_mark) or self.minor_change:
            return False
        now = (self.checked_by, self.checked_on, self.check_method)
        return (
            self.checked_mark != mark_of(self.words())
            and self._stored("checked_by", "checked_on", "check_method") == now
        )

    def _stored(self, *fields: str) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = type(self)._default_manager.filter(pk=self.pk).values_list(*fields).first()
        return found

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
