"""Who came to a forum, and how many without a name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.models import Record, VisibleQuerySet
from crm.communities.models import Community
from crm.people.models import Person
from engagement.forums.models.forums import Forum
from engagement.forums.models.invitations import Invitation, of_seen_forums, of_seen_people


class AttendanceQuerySet(VisibleQuerySet["Attendance"]):
    """Who came is seen by those who see the forum and the person."""

    def visible_to(self, user: Actor) -> AttendanceQuerySet:
        """Those who work in the field: of forums they may see, of people they may see, and of unnamed ones."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        return self.filter(of_seen_forums(user)).filter(of_seen_people(user))


class Attendance(Record):
    """Whether somebody who was invited, or walked in, came to a forum, and whether they spoke."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="attendances")
    invitation = models.OneToOneField(
        Invitation, models.CASCADE, null=True, blank=True, related_name="attendance", help_text="Empty: they walked in."
    )
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="attendances")
    came = models.BooleanField("they came")
    spoke = models.BooleanField("they spoke", default=False)
    reason = models.CharField("why they did not come", max_length=300, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "attendance at a forum"
        verbose_name_plural = "attendances at a forum"
        ordering = ["id"]
        indexes = [models.Index(fields=["modified_at", "id"], name="attendance_changed")]
        constraints = [
            models.UniqueConstraint(fields=["forum", "person"], name="one_attendance_per_person"),
            models.CheckConstraint(
                condition=Q(came=True) | Q(spoke=False),
                name="who_spoke_came",
                violation_error_message="Somebody who spoke was there.",
            ),
        ]

    def __str__(self) -> str:
        return f"Attendance {self.pk}"


class HeadcountQuerySet(VisibleQuerySet["Headcount"]):
    """Headcounts are seen with the forum."""

    def visible_to(self, user: Actor) -> HeadcountQuerySet:
        """Those who work in the field: of forums they may see."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        return self.filter(of_seen_forums(user))


class Headcount(Record):
    """How many came to a forum without giving a name, of one community or of none named."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="headcounts")
    community = models.ForeignKey(Community, models.PROTECT, null=True, blank=True, related_name="+")
    people = models.PositiveIntegerField("how many people")

    objects = HeadcountQuerySet.as_manager()

    class Meta:
        verbose_name = "headcount at a forum"
        verbose_name_plural = "headcounts at a forum"
        ordering = ["id"]
        indexes = [models.Index(fields=["modified_at", "id"], name="headcount_changed")]
        constraints = [models.UniqueConstraint(fields=["forum", "community"], name="one_headcount_per_community")]

    def __str__(self) -> str:
        return f"Headcount {self.pk}"
