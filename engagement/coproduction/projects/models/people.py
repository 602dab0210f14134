"""Who takes part in a project, as what, since when, and why somebody left."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.models import Record, VisibleQuerySet
from crm.people.models import Person, one_of_people
from engagement.coproduction.projects.models.projects import Project


class ProjectPersonQuerySet(VisibleQuerySet["ProjectPerson"]):
    """Who takes part is known to those who work with those people."""

    def visible_to(self, user: Actor) -> ProjectPersonQuerySet:
        """Those of people the user may see, for whoever works in the field. A row whose person was erased stands for
        the figures alone."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        return self.filter(one_of_people(Person.objects.visible_to(user)))

    def for_list(self) -> ProjectPersonQuerySet:
        """By first day, with person and project."""
        return self.select_related("person", "project").order_by("first_day", "id")


class ProjectPerson(Record):
    """A person takes part in a project. Erasing the person empties the link and their words; that somebody left, and
    the kind of reason, stands."""

    class Part(models.TextChoices):
        """What they are there."""

        LIVED = "lived", "Brings lived experience"
        CARER = "carer", "Cares for somebody"
        GROUP = "group", "Comes for a group"
        LEADS = "leads", "Leads it together with us"
        WORKS = "works", "Works in the service"

    class Left(models.TextChoices):
        """Why somebody left."""

        NOT_HEARD = "not_heard", "They did not feel heard"
        NOTHING_CHANGED = "nothing_changed", "Nothing came of it"
        ACCESS = "access", "It was too hard to take part"
        COST = "cost", "It cost them money or a day’s pay"
        TIME = "time", "No time, or other duties"
        HEALTH = "health", "Their own reasons"
        DONE = "done", "Their part was done"
        OTHER = "other", "Another reason"

    project = models.ForeignKey(Project, models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="project_parts")
    part = models.CharField("as what", max_length=10, choices=Part, default=Part.LIVED)
    first_day = models.DateField("from")
    last_day = models.DateField("until", null=True, blank=True, editable=False)
    left_because = models.CharField("why they left", max_length=20, choices=Left, blank=True, editable=False)
    left_words = models.CharField("in their words", max_length=300, blank=True, editable=False)

    objects = ProjectPersonQuerySet.as_manager()

    class Meta:
        verbose_name = "person in a project"
        verbose_name_plural = "people in projects"
        ordering = ["first_day", "id"]
        indexes = [
            models.Index(fields=["project", "last_day"], name="projectperson_project"),
            models.Index(fields=["modified_at", "id"], name="projectperson_changed"),
            models.Index(fields=["-created_at", "-id"], name="projectperson_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person"], condition=Q(last_day__isnull=True), name="once_in_a_project",
                violation_error_message="This person takes part already.",
            ),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="projectperson_leaves_after_joining",
                violation_error_message="The last day must be the first day or later.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_part_display()} in {self.project_id}"
