"""What a careful newsroom writes down: who looked at what, which problems still stand, banners, links that fail."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from wagtail.models import Page

from cms.editions import new_edition
from cms.models.glossary import languages


class Covers(models.TextChoices):
    """What a check or a problem is about; the accessibility statement covers all three."""

    SITE = "site", "The site"
    WORKSPACE = "workspace", "What staff work with"
    DOCUMENTS = "documents", "Documents"


class Shown(models.Model):
    """What public pages show: whoever changes it makes a new edition of the site."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Pages that show it are others afterwards."""
        super().save(*args, **kwargs)
        new_edition()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Pages that showed it are others without it."""
        new_edition()
        return super().delete(*args, **kwargs)


class Review(Shown):
    """Somebody looked at a page, the site, the workspace or the documents: who, when, how, and what they found."""

    class Kind(models.TextChoices):
        """What they looked for."""

        ACCESS = "access", "Whether everybody can use it"
        COMMUNITY = "community", "Whether the people it is for understand it"

    kind = models.CharField("what they looked for", max_length=10, choices=Kind, default=Kind.ACCESS)
    covers = models.CharField("about", max_length=10, choices=Covers, default=Covers.SITE)
    page = models.ForeignKey(
        Page, models.CASCADE, null=True, blank=True, related_name="reviews", help_text="Empty: about the whole of it."
    )
    checked_by = models.CharField(
        "who looked", max_length=250, help_text="Names, if they agree to be named, or a group. Never your guess."
    )
    checked_on = models.DateField("on", default=timezone.localdate)
    how = models.CharField(
        max_length=250,
        help_text="Like: keyboard, NVDA and 200% text; or: read with 5 people with a learning disability.",
    )
    findings = models.TextField("what they found", blank=True)
    mark = models.CharField(max_length=64, blank=True, editable=False, help_text="Of the words they looked at.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        verbose_name = "check"
        ordering = ["-checked_on", "-id"]
        indexes = [models.Index(fields=["page", "kind", "-checked_on"], name="review_of_page")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.checked_on}"


class Problem(Shown):
    """Something that keeps somebody out. The accessibility statement lists it until somebody writes down that it is
    put right; nothing in Heard decides that."""

    class Why(models.TextChoices):
        """Where the regulations put it (Public Sector Bodies Accessibility Regulations 2018)."""

        NOT_YET = "not_yet", "It does not meet the regulations yet"
        BURDEN = "burden", "Putting it right now would be a disproportionate burden"
        OUT_OF_SCOPE = "out_of_scope", "The regulations do not cover it"

    covers = models.CharField("about", max_length=10, choices=Covers)
    words = models.CharField("what does not work", max_length=300, help_text="In plain words, for anyone to read.")
    whom = models.CharField(
        "whom it keeps out", max_length=200, blank=True, help_text="Like: people who use a keyboard."
    )
    criterion = models.CharField("WCAG criterion", max_length=60, blank=True, help_text="Like: 2.4.7 Focus visible.")
    why = models.CharField("where it stands", max_length=20, choices=Why, default=Why.NOT_YET)
    found_in = models.ForeignKey(
        Review, models.SET_NULL, null=True, blank=True, related_name="problems", verbose_name="found in the check"
    )
    found_on = models.DateField("found on", default=timezone.localdate)
    fix_by = models.DateField("we plan to put it right by", null=True, blank=True)
    fixed_on = models.DateField("put right on", null=True, blank=True)

    class Meta:
        verbose_name = "accessibility problem"
        ordering = ["covers", "found_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fixed_on__isnull=True) | Q(fixed_on__gte=F("found_on")),
                name="problem_is_fixed_after_it_is_found",
                violation_error_message="It was found later than that.",
            )
        ]

    def __str__(self) -> str:
        return self.words


class BannerQuerySet(models.QuerySet["Banner"]):
    """Banners."""

    def shown_on(self, day: date, code: str) -> list[Banner]:
        """Those of a day in a language; where there are none, those in the site's own language. One query."""
        last = Q(last_day=None) | Q(last_day__gte=day)
        rows = self.filter(last, first_day__lte=day, language__in={code, settings.LANGUAGE_CODE})
        found = list(rows.order_by("-urgent", "first_day", "id"))
        return [row for row in found if row.language == code] or found


class Banner(Shown):
    """A line above every page, for some days: a phone line that is down, a forum that moved."""

    words = models.CharField(max_length=250, help_text="One or two short sentences. What has happened, what to do.")
    language = models.CharField(max_length=20, choices=languages, default="en")
    link = models.ForeignKey(
        Page, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="page to read more"
    )
    urgent = models.BooleanField(default=False, help_text="It stands out more, and first.")
    first_day = models.DateField("from", default=timezone.localdate)
    last_day = models.DateField("until", null=True, blank=True)

    objects = BannerQuerySet.as_manager()

    class Meta:
        verbose_name = "banner"
        ordering = ["-first_day", "id"]
        indexes = [models.Index(fields=["language", "first_day"], name="banner_language")]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """It ends after it begins."""
        super().clean()
        if self.last_day and self.first_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": "Choose the first day or a later one"})


class LinkCheck(models.Model):
    """An address that pages lead to, and whether it answered when we last asked."""

    address = models.CharField(max_length=2000, unique=True)
    pages = models.ManyToManyField(Page, related_name="+")
    checked_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=100, blank=True, help_text="What it answered, in words.")
    failed_since = models.DateField(null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = "link"
        ordering = ["address"]

    def __str__(self) -> str:
        return self.address


class ReviewReminder(models.Model):
    """Whoever keeps a page was told that its day to be looked at again has come. Once for each such day."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="+")
    review_date = models.DateField()
    told_on = models.DateField(default=timezone.localdate)

    class Meta:
        verbose_name = "reminder to look at a page"
        constraints = [models.UniqueConstraint(fields=["page", "review_date"], name="one_reminder_per_page_and_day")]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.review_date}"
