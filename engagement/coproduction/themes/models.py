"""Themes, the points that belong to them from day to day, and how themes lie in each other."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from crm.areas.models import Area
from crm.base.actors import CONTENT_ROLES, FIELD_ROLES, Actor, Role, holds
from crm.base.models import Guarded, Record, VisibleQuerySet
from engagement.log.models import EngagementEvent, Point

READERS = FIELD_ROLES | CONTENT_ROLES | {Role.ANALYST}


def standing_on(day: date) -> Q:
    """Of rows with `since` and `until`: those that stood at the end of a day. On the day `until` it was over."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


class ThemeQuerySet(VisibleQuerySet["Theme"]):
    """A theme is the council's own words; whose words lie behind it is asked of each point."""

    def visible_to(self, user: Actor) -> ThemeQuerySet:
        """All, for whoever meets people, counts or publishes."""
        return self if holds(user, READERS) else self.none()

    def open(self) -> ThemeQuerySet:
        """Those that points can be gathered into."""
        return self.filter(state=Theme.State.OPEN)

    def for_list(self) -> ThemeQuerySet:
        """By name, with owner, locality and what it lies in."""
        return self.select_related("owner", "locality", "parent", "merged_into").order_by("name", "id")


class Theme(Record):
    """Something that several people told us, under the name they would give it."""

    class State(models.TextChoices):
        """Whether points can be gathered into it."""

        OPEN = "open", "Open"
        MERGED = "merged", "Merged into another"
        CLOSED = "closed", "Closed"

    name = models.CharField(max_length=150, help_text="In the words people use. Not a name of a person.")
    about = models.TextField("what it is about", blank=True, max_length=5000, help_text="In plain words. No names.")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="lies in"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="themes", verbose_name="who looks after it"
    )
    locality = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty means the whole council."
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, editable=False)
    opened_on = models.DateField("named on", editable=False)
    closed_on = models.DateField("merged or closed on", null=True, blank=True, editable=False)
    closed_reason = models.CharField("why it was merged or closed", max_length=300, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged",
        help_text="The one that goes on.",
    )  # fmt: skip
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="split_off",
        help_text="The one it was part of.",
    )  # fmt: skip

    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = "theme"
        ordering = ["name", "id"]
        indexes = [
            models.Index(fields=["state", "name", "id"], name="theme_state"),
            models.Index(fields=["name", "id"], name="theme_name"),
            models.Index(fields=["locality", "name", "id"], name="theme_locality"),
            models.Index(fields=["modified_at", "id"], name="theme_changed"),
            models.Index(fields=["-created_at", "-id"], name="theme_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
                name="theme_not_in_itself",
                violation_error_message="A theme cannot lie in itself.",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False) | (~Q(state="merged") & Q(merged_into=None)),
                name="theme_merged_into_one",
                violation_error_message="A merged theme goes on in another one.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ThemePointQuerySet(VisibleQuerySet["ThemePoint"]):
    """Which point belongs to which theme is known to whoever may read the point."""

    def visible_to(self, user: Actor) -> ThemePointQuerySet:
        """Those of points the user may read, for whoever may see themes."""
        if not holds(user, READERS):
            return self.none()
        return self.filter(Exists(Point.objects.visible_to(user).order_by().filter(pk=OuterRef("point_id"))))

    def on(self, day: date) -> ThemePointQuerySet:
        """Those that stood at the end of a day, of contacts that were not withdrawn by then."""
        return self.filter(standing_on(day)).filter(
            Q(point__event__withdrawn_at=None) | Q(point__event__withdrawn_at__date__gt=day)
        )

    def standing(self) -> ThemePointQuerySet:
        """Those that stand now, of contacts not withdrawn."""
        return self.filter(until=None, point__event__withdrawn_at=None)

    def countable(self) -> ThemePointQuerySet:
        """Those every figure may count: never those of restricted contacts, of which only named readers may know."""
        return self.filter(Exists(EngagementEvent.objects.filter(pk=OuterRef("point__event_id"), restricted=False)))

    def for_list(self) -> ThemePointQuerySet:
        """Newest first, with theme and point."""
        return self.select_related("theme", "point__event", "gathered_by").order_by("-created_at", "-id")


class ThemePoint(Record):
    """A point belonged to a theme from a day until a day. A row is ended, never deleted, so that a figure of last
    spring can be told again as it was known then."""

    theme = models.ForeignKey(Theme, models.PROTECT, related_name="memberships")
    point = models.ForeignKey(Point, models.CASCADE, related_name="memberships")
    since = models.DateField("from", help_text="The day somebody put it there.")
    until = models.DateField(null=True, blank=True, help_text="On this day it did not belong there any more.")
    gathered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    came_from = models.ForeignKey(
        Theme, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        help_text="The theme it was in when that was merged or split.",
    )  # fmt: skip

    objects = ThemePointQuerySet.as_manager()

    class Meta:
        verbose_name = "point of a theme"
        verbose_name_plural = "points of themes"
        ordering = ["since", "id"]
        indexes = [
            models.Index(fields=["theme", "until", "since"], name="themepoint_theme"),
            models.Index(fields=["point", "until"], name="themepoint_point"),
            models.Index(fields=["modified_at", "id"], name="themepoint_changed"),
            models.Index(fields=["-created_at", "-id"], name="themepoint_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "point"], condition=Q(until__isnull=True), name="one_standing_row_per_theme_and_point",
                violation_error_message="This point belongs to the theme already.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="themepoint_ends_after_it_starts",
                violation_error_message="It cannot end before it began.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.point_id} in {self.theme_id}"


class ThemeNesting(Guarded):
    """A theme lay in another one from a day until a day: so a wider theme's figures are right for every day."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="nestings")
    parent = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    since = models.DateField("from")
    until = models.DateField(null=True, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "nesting of a theme"
        verbose_name_plural = "nestings of themes"
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["theme"], condition=Q(until__isnull=True), name="one_standing_nesting_per_theme"
            )
        ]

    def __str__(self) -> str:
        return f"{self.theme_id} in {self.parent_id}"
