"""Who came to a forum, how many without a name, and what was said there until the contact is written."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, holds, scope_of
from crm.base.models import Record, VisibleQuerySet
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.forums.models.forums import Forum
from engagement.forums.models.invitations import Invitation, of_own_forums, of_seen_forums, of_seen_people
from engagement.forums.vocabulary import AT_THE_DESK
from engagement.log.models import Barrier, Contribution, Point, Reach


class AttendanceQuerySet(VisibleQuerySet["Attendance"]):
    """Who came is seen by those who see the forum and the person."""

    def visible_to(self, user: Actor) -> AttendanceQuerySet:
        """Those who work in the field: of forums they may see, of people they may see, and of unnamed ones. A champion
        also sees who comes to these forums until they are closed, and so does whoever looks after one or organises it;
        never restricted people, nor those who asked us to stop."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        usable = Q(forum__state__in=AT_THE_DESK, person__restricted=False, person__stopped_on=None)
        seen = of_seen_people(user) | usable & (of_own_forums(user) if holds(user, OFFICE_ROLES) else Q())
        return self.filter(of_seen_forums(user)).filter(seen)

    def came(self) -> AttendanceQuerySet:
        """Those who were there."""
        return self.filter(came=True)

    def for_list(self) -> AttendanceQuerySet:
        """With whom it is about, in the order they were written down."""
        return self.select_related(
            "forum__owner",
            "invitation__person",
            "invitation__organisation",
            "person__locality",
            "organisation",
            "barrier",
        ).order_by("id")


class Attendance(Record):
    """Whether somebody who was invited, or walked in, came to a forum, and whether they spoke."""

    class How(models.TextChoices):
        """How they signed in."""

        LIST = "list", "On the list"
        PHONE = "phone", "By their phone number"
        WALKED_IN = "walked_in", "Came without an invitation"

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="attendances")
    invitation = models.OneToOneField(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="attendance",
        help_text="Empty: they walked in, or their invitation was deleted with their record.",
    )  # fmt: skip
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="attendances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="attendances")
    called = models.CharField(
        "what to call them", max_length=100, blank=True,
        help_text="Of somebody we keep no record of. Deleted four weeks after the forum.",
    )  # fmt: skip
    how = models.CharField("how they signed in", max_length=10, choices=How, blank=True)
    came = models.BooleanField("they came")
    spoke = models.BooleanField("they spoke", default=False)
    others = models.PositiveSmallIntegerField("others who came with them", default=0, help_text="Without names.")
    barrier = models.ForeignKey(
        Barrier, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="what kept them away"
    )
    reason = models.CharField(
        "why they did not come", max_length=300, blank=True,
        help_text="In their own words, if they wish. Deleted four weeks after the forum.",
    )  # fmt: skip
    contribution = models.OneToOneField(
        Contribution, models.SET_NULL, null=True, blank=True, editable=False, related_name="attendance",
        help_text="Their part in the contact that closing the forum wrote.",
    )  # fmt: skip
    thanked_on = models.DateField(null=True, blank=True, editable=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "attendance at a forum"
        verbose_name_plural = "attendances at a forum"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["forum", "came"], name="attendance_came"),
            models.Index(fields=["modified_at", "id"], name="attendance_changed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "person"], name="one_attendance_per_person",
                violation_error_message="They stand on the list already.",
            ),
            models.UniqueConstraint(
                fields=["forum", "organisation"], name="one_attendance_per_group",
                violation_error_message="This group stands on the list already.",
            ),
            models.CheckConstraint(
                condition=Q(came=True) | Q(spoke=False),
                name="who_spoke_came",
                violation_error_message="Somebody who spoke was there.",
            ),
            models.CheckConstraint(
                condition=Q(came=False) | Q(barrier=None, reason=""),
                name="who_came_was_not_kept_away",
                violation_error_message="Only somebody who did not come was kept away.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Attendance {self.pk}"

    @property
    def name(self) -> str:
        """Who it is, for those who may see it."""
        named = self.person or self.organisation
        if named is not None:
            return str(named.name)
        return self.called or (self.invitation.name if self.invitation else "Somebody without a name")

    @property
    def heads(self) -> int:
        """How many people came: they and whoever came with them."""
        return 1 + self.others if self.came else 0


class HeadcountQuerySet(VisibleQuerySet["Headcount"]):
    """Headcounts are seen with the forum."""

    def visible_to(self, user: Actor) -> HeadcountQuerySet:
        """Those who work in the field: of forums they may see."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        return self.filter(of_seen_forums(user))

    def for_list(self) -> HeadcountQuerySet:
        """With the community, in the order they were counted."""
        return self.select_related("forum", "community").order_by("id")


class Headcount(Record):
    """How many came to a forum without giving a name, of one community or of none named."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="headcounts")
    community = models.ForeignKey(Community, models.PROTECT, null=True, blank=True, related_name="+")
    people = models.PositiveIntegerField("how many people")
    basis = models.CharField(max_length=10, choices=Reach.Basis, default=Reach.Basis.COUNTED)

    objects = HeadcountQuerySet.as_manager()

    class Meta:
        verbose_name = "headcount at a forum"
        verbose_name_plural = "headcounts at a forum"
        ordering = ["id"]
        indexes = [models.Index(fields=["modified_at", "id"], name="headcount_changed")]
        constraints = [
            models.UniqueConstraint(fields=["forum", "community"], name="one_headcount_per_community"),
            models.UniqueConstraint(
                fields=["forum"], condition=Q(community=None), name="one_headcount_without_community"
            ),
        ]

    def __str__(self) -> str:
        return f"Headcount {self.pk}"


class CapturedQuerySet(VisibleQuerySet["Captured"]):
    """What was said is seen as the contact will be that is made of it."""

    def visible_to(self, user: Actor) -> CapturedQuerySet:
        """Whoever wrote it down, who looks after the forum or organises it, and officers, leads and managers of its
        locality."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        rows = self.filter(of_seen_forums(user))
        scope = scope_of(user, OFFICE_ROLES)
        if scope.everywhere:
            return rows
        own = Q(captured_by=user.pk) | of_own_forums(user)
        return rows.filter(own | Q(forum__locality__in=scope.localities))

    def for_list(self) -> CapturedQuerySet:
        """What was written last stands first."""
        return self.select_related(
            "forum", "raised_by__person", "raised_by__organisation", "language", "owner", "captured_by"
        ).order_by("-id")


class Captured(Record):
    """One thing that was said or promised at a forum, in a sentence. Closing the forum moves it into the contact."""

    class Kind(models.TextChoices):
        """What sort of thing: a point, as contacts have them, or a promise of ours."""

        CONCERN = "concern", "A concern"
        IDEA = "idea", "An idea"
        QUESTION = "question", "A question"
        PRAISE = "praise", "Praise"
        ASK = "ask", "Asks for something"
        PROMISE = "promise", "We promised something"

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="captured")
    kind = models.CharField("what is it?", max_length=10, choices=Kind, default=Kind.CONCERN)
    words = models.CharField(max_length=500, help_text="One sentence. No names and no health details.")
    verbatim = models.BooleanField("these are their own words", default=False)
    raised_by = models.ForeignKey(
        Attendance, models.SET_NULL, null=True, blank=True, related_name="captured", verbose_name="who said it"
    )
    language = models.ForeignKey(
        Language, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="language it was said in"
    )
    quoting = models.CharField("may be quoted", max_length=10, choices=Point.Quoting, default=Point.Quoting.NOT_ASKED)
    due_on = models.DateField("by when", null=True, blank=True, help_text="Of a promise.")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who keeps it",
        help_text="Of a promise; empty: who looks after the forum.",
    )  # fmt: skip
    captured_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = CapturedQuerySet.as_manager()

    class Meta:
        verbose_name = "words captured at a forum"
        verbose_name_plural = "words captured at a forum"
        ordering = ["id"]
        indexes = [models.Index(fields=["modified_at", "id"], name="captured_changed")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="captured_has_words",
                violation_error_message="Write what was said. One sentence is enough",
            ),
            models.CheckConstraint(
                condition=~Q(kind="promise") | Q(due_on__isnull=False), name="captured_promise_has_a_day",
                violation_error_message="Choose by when you promised it",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Captured {self.pk}"

    @property
    def is_promise(self) -> bool:
        """Whether we promised something."""
        return self.kind == self.Kind.PROMISE
