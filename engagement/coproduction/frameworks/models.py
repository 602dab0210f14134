"""Frameworks in editions, and their parts: objectives, themes, phases, quality statements."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from crm.base.actors import EVERYONE_ON_STAFF, Actor, holds
from crm.base.models import Guarded, Record, VisibleQuerySet


class FrameworkQuerySet(VisibleQuerySet["Framework"]):
    """Frameworks are published words; everyone on the staff reads them."""

    def visible_to(self, user: Actor) -> FrameworkQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def current(self, today: date | None = None) -> FrameworkQuerySet:
        """The editions that hold today."""
        day = today or timezone.localdate()
        return self.filter(Q(last_day=None) | Q(last_day__gte=day), first_day__lte=day)

    def for_list(self) -> FrameworkQuerySet:
        """By name, the newest edition first."""
        return self.order_by("name", "-first_day", "id")

    def with_parts_in_order(self) -> FrameworkQuerySet:
        """With every part, the part it lies in, and the parts of other frameworks that say the same. 3 queries."""
        parts = FrameworkPart.objects.select_related("within").prefetch_related("says_the_same__framework")
        return self.prefetch_related(models.Prefetch("parts", queryset=parts.order_by("position", "id")))


class Framework(Record):
    """One edition of something the council is held to. Another edition is another row: what was linked stays linked."""

    key = models.SlugField(max_length=60, help_text="The same for every edition.")
    edition = models.CharField(max_length=40, help_text="Like 2025+, or 2023.")
    name = models.CharField(max_length=200)
    about = models.TextField("what it is", blank=True, max_length=2000)
    source = models.CharField("where it comes from", max_length=300, help_text="Who published it, when and where.")
    licence = models.CharField("may be passed on under", max_length=200, blank=True)
    first_day = models.DateField("holds from")
    last_day = models.DateField("holds until", null=True, blank=True, help_text="Empty while it holds.")

    objects = FrameworkQuerySet.as_manager()

    class Meta:
        verbose_name = "framework"
        ordering = ["name", "-first_day", "id"]
        indexes = [models.Index(fields=["modified_at", "id"], name="framework_changed")]
        constraints = [
            models.UniqueConstraint(
                fields=["key", "edition"],
                name="framework_edition_once",
                violation_error_message="This edition is there already. Give the new one another name.",
            ),
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(last_day__gte=F("first_day")),
                name="framework_days_in_order",
                violation_error_message="The last day is before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.edition}"


class PartQuerySet(VisibleQuerySet["FrameworkPart"]):
    """Parts are seen with their framework."""

    def visible_to(self, user: Actor) -> PartQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def to_link(self, today: date | None = None) -> PartQuerySet:
        """Those one may link to: of editions that hold today, by framework and place. What somebody would say about
        themselves ("I" statements) is shown with the statement it belongs to."""
        rows = self.filter(framework__in=Framework.objects.current(today)).exclude(kind=FrameworkPart.Kind.I_STATEMENT)
        return rows.select_related("framework").order_by("framework__name", "framework_id", "position", "id")


class FrameworkPart(Record):
    """One part of a framework, like an objective. Outcomes are linked to parts."""

    class Kind(models.TextChoices):
        """What sort of part."""

        OBJECTIVE = "objective", "Objective"
        THEME = "theme", "Theme"
        PHASE = "phase", "Phase"
        STATEMENT = "statement", "Quality statement"
        I_STATEMENT = "i_statement", "“I” statement"

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="parts")
    code = models.CharField(max_length=20, help_text="Short, like 7 or theme-2. Nothing else in the edition has it.")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.OBJECTIVE)
    position = models.PositiveSmallIntegerField(help_text="Order within the framework.")
    within = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="holds")
    name = models.CharField(max_length=300)
    words = models.TextField("more about it", blank=True, max_length=2000)
    says_the_same = models.ManyToManyField(
        "self", symmetrical=False, through="FrameworkMap", through_fields=("part", "other"), related_name="said_by"
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "part of a framework"
        verbose_name_plural = "parts of a framework"
        ordering = ["framework", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework", "code"],
                name="framework_part_code_once",
                violation_error_message="Each part needs a code of its own.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class FrameworkMap(Guarded):
    """That a part says the same as a part of another framework, so that what is linked to one counts for both."""

    part = models.ForeignKey(FrameworkPart, models.CASCADE, related_name="maps")
    other = models.ForeignKey(FrameworkPart, models.CASCADE, related_name="mapped_by")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "parts that say the same"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["part", "other"], name="framework_map_once"),
            models.CheckConstraint(condition=~Q(part=F("other")), name="framework_map_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} = {self.other_id}"
