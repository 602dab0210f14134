"""The council, its areas, how they lie in each other over time, and figures about them with their source."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from crm.base.actors import EVERYONE_ON_STAFF, Actor, holds
from crm.base.models import Record, VisibleQuerySet


class Council(Record):
    """The one council that this installation belongs to."""

    name = models.CharField(max_length=100)
    code = models.CharField("area code", max_length=9, unique=True, help_text="ONS code of the local authority.")
    brand_colour = models.CharField(
        max_length=7,
        default="#00566b",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$", "Enter a colour like #00566b")],
        help_text="Must stand out against white by at least 4.5 to 1 (WCAG 1.4.3).",
    )
    safeguarding_phone = models.CharField(max_length=30)
    safeguarding_url = models.URLField(blank=True)
    contact_phone = models.CharField(max_length=30)
    contact_email = models.EmailField()
    contact_text = models.CharField("number for text messages", max_length=30, blank=True)
    ready_at = models.DateTimeField("set up", null=True, editable=False, help_text="When loading had finished.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "council"

    def __str__(self) -> str:
        return self.name


class AreaKind(models.TextChoices):
    """What kind of area. A council may have no localities."""

    WARD = "ward", "Ward"
    LOCALITY = "locality", "Locality"
    CONSTITUENCY = "constituency", "Constituency"


class AreaQuerySet(VisibleQuerySet["Area"]):
    """Areas are public knowledge; in the workspace and the API, everyone on the staff sees them."""

    def visible_to(self, user: Actor) -> AreaQuerySet:
        """All areas, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def wards(self) -> AreaQuerySet:
        """The wards, by name."""
        return self.filter(kind=AreaKind.WARD).order_by("name")

    def localities(self) -> AreaQuerySet:
        """The localities, by name; none in a council that has none."""
        return self.filter(kind=AreaKind.LOCALITY).order_by("name")

    def on(self, day: date) -> AreaQuerySet:
        """The areas that exist on a day."""
        return self.filter(Q(first_day__lte=day), Q(last_day__isnull=True) | Q(last_day__gte=day))

    def touching(self, localities: Collection[Any], day: date) -> AreaQuerySet:
        """The localities themselves, the wards that lie in them on a day, and what else holds one of these wards."""
        lies = AreaGrouping.objects.on(day)
        inside = lies.filter(outer__in=localities)
        around = lies.filter(inner__in=inside.values("inner"))
        return self.filter(Q(pk__in=localities) | Q(pk__in=inside.values("inner")) | Q(pk__in=around.values("outer")))

    def for_list(self) -> AreaQuerySet:
        """By kind and name."""
        return self.order_by("kind", "name", "id")


class Area(Record):
    """A ward, a locality or another area, from the day it began until the day it ended."""

    kind = models.CharField(max_length=20, choices=AreaKind)
    code = models.CharField(max_length=20, help_text="ONS code, or the council's own where ONS gives none.")
    name = models.CharField(max_length=100)
    first_day = models.DateField("from")
    last_day = models.DateField("until", null=True, blank=True)
    source = models.CharField(max_length=300, help_text="Where this comes from, and under which licence.")

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "area"
        ordering = ["kind", "name"]
        indexes = [models.Index(fields=["kind", "name"], name="area_kind_name")]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code", "first_day"], name="one_area_per_code_and_start"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="area_ends_after_it_starts",
                violation_error_message="The last day must be the first day or later.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AreaGroupingQuerySet(VisibleQuerySet["AreaGrouping"]):
    """Which area lies in which."""

    def visible_to(self, user: Actor) -> AreaGroupingQuerySet:
        """As areas."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def on(self, day: date) -> AreaGroupingQuerySet:
        """As it was on a day."""
        return self.filter(Q(first_day__lte=day), Q(last_day__isnull=True) | Q(last_day__gte=day))


class AreaGrouping(Record):
    """A ward lay in a locality from one day until another. A correction replaces the row; a change ends it."""

    inner = models.ForeignKey(Area, models.PROTECT, related_name="lies_in")
    outer = models.ForeignKey(Area, models.PROTECT, related_name="holds")
    first_day = models.DateField("from")
    last_day = models.DateField("until", null=True, blank=True)

    objects = AreaGroupingQuerySet.as_manager()

    class Meta:
        verbose_name = "area grouping"
        indexes = [models.Index(fields=["inner", "first_day"], name="grouping_inner")]
        constraints = [
            models.UniqueConstraint(fields=["inner", "outer", "first_day"], name="one_grouping_per_start"),
        ]

    def __str__(self) -> str:
        return f"{self.inner_id} in {self.outer_id}"

    def holds_on(self, day: date) -> bool:
        """Whether it was so on a day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


class AreaFigure(Record):
    """A published figure about an area (usual residents, say), with its date, source and licence."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="figures")
    name = models.CharField(max_length=100, help_text="What is counted, like: usual residents.")
    value = models.PositiveIntegerField(help_text="People, unless the name says otherwise.")
    as_at = models.CharField("date", max_length=40, help_text="Like: Census 2021, or mid-2024.")
    source = models.CharField(max_length=300)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "figure about an area"
        constraints = [models.UniqueConstraint(fields=["area", "name", "as_at"], name="one_figure_per_date")]

    def __str__(self) -> str:
        return f"{self.name}, {self.as_at}"
