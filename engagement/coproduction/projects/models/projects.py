"""Co-production projects: the question, what can change, the level declared beforehand, and the stages."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q

from crm.areas.models import Area
from crm.base.actors import Actor, holds
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.communities.models import Community
from crm.organisations.models import Organisation
from crm.panels.models import Panel
from engagement.coproduction.projects.models.ladder import Rung
from engagement.coproduction.themes.models import READERS, Theme
from engagement.forums.models import Forum


class Stage(models.TextChoices):
    """How far it has got, in the order a service comes to be."""

    COMMISSION = "commission", "Deciding what is needed"
    DESIGN = "design", "Designing it"
    DELIVER = "deliver", "Doing it"
    EVALUATE = "evaluate", "Looking at what came of it"


class ProjectQuerySet(VisibleQuerySet["Project"]):
    """That the council works on a question with people is no secret; who takes part is asked of each person."""

    def visible_to(self, user: Actor) -> ProjectQuerySet:
        """All, for whoever meets people, counts or publishes."""
        return self if holds(user, READERS) else self.none()

    def current(self) -> ProjectQuerySet:
        """Those still under way."""
        return self.filter(closed_on=None)

    def for_list(self) -> ProjectQuerySet:
        """Newest first, with owner, locality and the declared level."""
        return self.select_related("owner", "locality", "level").order_by("-opened_on", "-id")

    def for_page(self) -> ProjectQuerySet:
        """With everything its own page and the API show."""
        return self.for_list().prefetch_related(
            "themes", "communities", "organisations", "panels", "forums", "stages__moved_by", "levels__rung",
            "levels__declared_by",
        )  # fmt: skip


class Project(Record):
    """A question the council works on together with the people it concerns."""

    name = models.CharField("short name", max_length=150, help_text="Like: Day opportunities in Ladywood.")
    question = models.TextField("the question", max_length=1000, help_text="What shall be found out together.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="projects", verbose_name="who answers for it"
    )
    locality = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty means the whole council."
    )
    opened_on = models.DateField("began on")
    ends_by = models.DateField("meant to end by", null=True, blank=True)
    closed_on = models.DateField("closed on", null=True, blank=True, editable=False)
    closed_words = models.TextField("how it ended", blank=True, max_length=2000, editable=False)
    can_change = models.TextField("what can change", max_length=5000, help_text="What people may shape or decide.")
    cannot_change = models.TextField(
        "what cannot change", max_length=5000, help_text="And why not: a law, a contract, money already spent."
    )
    budget_open = models.DecimalField(
        "budget open to influence, in pounds", max_digits=12, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)], help_text="How much money people may decide about. 0 when none.",
    )  # fmt: skip
    level = models.ForeignKey(
        Rung, models.PROTECT, related_name="projects", verbose_name="level declared beforehand",
        help_text="How much people may decide. We say it before anybody takes part.",
    )  # fmt: skip
    level_declared_on = models.DateField("level declared on", editable=False)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.COMMISSION, editable=False)
    themes = models.ManyToManyField(Theme, blank=True, related_name="projects", help_text="What people told us before.")
    communities = models.ManyToManyField(
        Community, blank=True, related_name="projects", help_text="Whom the question concerns most."
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="projects", verbose_name="groups that take part"
    )
    panels = models.ManyToManyField(Panel, blank=True, related_name="projects")
    forums = models.ManyToManyField(Forum, blank=True, related_name="projects")

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = "co-production project"
        ordering = ["-opened_on", "-id"]
        indexes = [
            models.Index(fields=["-opened_on", "-id"], name="project_newest"),
            models.Index(fields=["locality", "-opened_on", "-id"], name="project_locality"),
            models.Index(fields=["stage", "-opened_on", "-id"], name="project_stage"),
            models.Index(fields=["owner", "-opened_on", "-id"], name="project_owner"),
            models.Index(fields=["modified_at", "id"], name="project_changed"),
            models.Index(fields=["-created_at", "-id"], name="project_added"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="project_closes_after_it_opens",
                violation_error_message="It cannot end before it began.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ProjectStage(Guarded):
    """A project came to a stage on a day."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=12, choices=Stage)
    since = models.DateField("since")
    words = models.CharField("what happened", max_length=300, blank=True)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "stage of a project"
        verbose_name_plural = "stages of projects"
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}, {self.since}"


class LevelDeclared(Guarded):
    """A level was declared for a project on a day, and why where it was not the first."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="levels")
    rung = models.ForeignKey(Rung, models.PROTECT, related_name="+")
    declared_on = models.DateField()
    reason = models.CharField("why it changed", max_length=300, blank=True)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "declared level of a project"
        verbose_name_plural = "declared levels of projects"
        ordering = ["declared_on", "id"]

    def __str__(self) -> str:
        return f"{self.rung_id}, {self.declared_on}"
