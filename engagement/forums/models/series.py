"""Series: forums that come again in a rhythm people can say in words."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from dateutil.rrule import FREQNAMES, MONTHLY, WEEKLY, rrule, weekday
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from crm.areas.models import Area
from crm.base.actors import OFFICE_ROLES, Actor, Role, holds, scope_of
from crm.base.models import Guarded, Record, VisibleQuerySet
from engagement.forums.vocabulary import By, HowOften

# How often → the frequency and interval of RFC 5545. Just once is no rule.
RHYTHMS: dict[str, tuple[int, int]] = {
    HowOften.WEEKLY: (WEEKLY, 1),
    HowOften.TWO_WEEKLY: (WEEKLY, 2),
    HowOften.MONTHLY: (MONTHLY, 1),
    HowOften.TWO_MONTHLY: (MONTHLY, 2),
    HowOften.THREE_MONTHLY: (MONTHLY, 3),
}
PLACES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def new_series_uid() -> str:
    """What calendars know the series by (RFC 7986, section 5.3: a random UUID); it never changes."""
    return str(uuid4())


def place_in_month(day: date) -> int:
    """Which of its weekday in the month a day is: 1 to 4, and -1 for a fifth, which not every month has."""
    place = (day.day - 1) // 7 + 1
    return place if place < 5 else -1


class SeriesQuerySet(VisibleQuerySet["Series"]):
    """Series, seen as their forums are."""

    def visible_to(self, user: Actor) -> SeriesQuerySet:
        """Officers, leads and managers: all. Champions: those of their locality, and those they own or organise."""
        if holds(user, OFFICE_ROLES):
            return self
        if not holds(user, {Role.CHAMPION}):
            return self.none()
        scope = scope_of(user, {Role.CHAMPION})
        if scope.everywhere:
            return self
        organises = Series.organisers.through.objects.filter(series_id=OuterRef("pk"), user_id=user.pk)
        return self.filter(Q(locality__in=scope.localities) | Q(owner=user.pk) | Exists(organises))

    def running(self) -> SeriesQuerySet:
        """Those that get new dates."""
        return self.filter(ended_on=None).exclude(how_often=HowOften.ONCE)

    def for_list(self) -> SeriesQuerySet:
        """By name, with place and who looks after it."""
        return self.select_related("locality", "owner").order_by("name", "id")


class Series(Record):
    """Forums that come again: what they are about, when the first one is, and how often."""

    name = models.CharField("what it is about", max_length=150)
    about = models.TextField("more about it", blank=True, help_text="In plain words: what you will talk about.")
    how_often = models.CharField(max_length=15, choices=HowOften)
    by = models.CharField("what stays the same", max_length=10, choices=By, default=By.WEEKDAY)
    first_on = models.DateField("day of the first one")
    dates = models.PositiveSmallIntegerField(
        "how many dates", null=True, blank=True, help_text="Empty: it goes on until somebody ends it."
    )
    starts = models.TimeField("start", help_text="As the clock on the wall shows it, in summer and in winter.")
    ends = models.TimeField("end")
    locality = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty means the whole council."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="series", verbose_name="who looks after it"
    )
    organisers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="organises_series")
    uid = models.CharField(max_length=64, unique=True, editable=False, default=new_series_uid)
    sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counts the changes that calendars must hear of (RFC 5545, SEQUENCE)."
    )
    ended_on = models.DateField("no new dates since", null=True, blank=True, editable=False)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        verbose_name = "series of forums"
        verbose_name_plural = "series of forums"
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["modified_at", "id"], name="series_changed")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="series_ends_after_it_starts",
                violation_error_message="The end time must be after the start time.",
            ),
            models.CheckConstraint(
                condition=Q(dates__isnull=True) | Q(dates__gte=1), name="series_has_a_date",
                violation_error_message="Write how many dates, 1 or more.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    @property
    def repeats(self) -> bool:
        """Whether it has more than one date."""
        return self.how_often != HowOften.ONCE

    @property
    def in_words(self) -> str:
        """The rhythm as people say it: Every 2 months, on the second Tuesday."""
        return rhythm_in_words(self.how_often, self.by, self.first_on)

    @property
    def rrule(self) -> str:
        """The rhythm as calendars say it (RFC 5545, section 3.3.10), without RRULE: in front; empty for just once."""
        if not self.repeats:
            return ""
        often, every = RHYTHMS[self.how_often]
        parts = [f"FREQ={FREQNAMES[often]}"]
        if every > 1:
            parts.append(f"INTERVAL={every}")
        if often == MONTHLY and self.by == By.WEEKDAY:
            parts.append(f"BYDAY={place_in_month(self.first_on)}{DAY_NAMES[self.first_on.weekday()]}")
        elif often == MONTHLY:
            parts.append(f"BYMONTHDAY={self.first_on.day}")
        if self.dates:
            parts.append(f"COUNT={self.dates}")
        return ";".join(parts)

    def days_until(self, last: date) -> list[date]:
        """Every day its rule gives, up to a last one; skipped ones too."""
        return days_by_rule(self.how_often, self.by, self.first_on, last=last, most=self.dates)


def rhythm_in_words(how_often: str, by: str, first_on: date) -> str:
    """The rhythm as people say it."""
    words = str(HowOften(how_often).label)
    if how_often not in RHYTHMS:
        return words
    return f"{words}, {by_in_words(how_often, by, first_on)}"


def by_in_words(how_often: str, by: str, first_on: date) -> str:
    """What stays the same, as people say it: on the second Tuesday; on the 12th; on Tuesdays."""
    if RHYTHMS[how_often][0] == WEEKLY:
        return f"on {first_on:%A}s"
    if by == By.DAY:
        return f"on day {first_on.day} of the month"
    return f"on the {PLACES[place_in_month(first_on)]} {first_on:%A}"


def days_by_rule(how_often: str, by: str, first_on: date, *, last: date, most: int | None = None) -> list[date]:
    """The days a rhythm gives, the first one included, up to a last day and a number of dates."""
    if how_often not in RHYTHMS:
        return [first_on] if first_on <= last else []
    often, every = RHYTHMS[how_often]
    more: dict[str, object] = {}
    if often == MONTHLY and by == By.WEEKDAY:
        more["byweekday"] = weekday(first_on.weekday(), place_in_month(first_on))
    elif often == MONTHLY:
        more["bymonthday"] = first_on.day
    start, until = _midnight(first_on), _midnight(last)
    limit = {"count": most} if most else {"until": until}
    return [day.date() for day in rrule(often, start, interval=every, **limit, **more) if day <= until]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001  # a day without a zone: the rule counts days


class SkippedDate(Guarded):
    """A day of a series on which nothing is held, and which nobody was ever told of (RFC 5545, EXDATE)."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="skipped")
    original_on = models.DateField("day by the rule")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "skipped date of a series"
        ordering = ["original_on"]
        constraints = [models.UniqueConstraint(fields=["series", "original_on"], name="one_skip_per_date")]

    def __str__(self) -> str:
        return str(self.original_on)
