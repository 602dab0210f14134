"""Who is invited to a forum and what they answered, what is arranged for each need, and who came."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from crm.access.models import AccessNeed
from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.models import Record, VisibleQuerySet
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.panels.models import Panel
from crm.people.models import Person
from engagement.forums.models.forums import Forum


def _of_seen_forums(user: Actor) -> Exists:
    return Exists(Forum.objects.visible_to(user).order_by().filter(pk=OuterRef("forum_id")))


def _of_seen_people(user: Actor) -> Q:
    return Q(person=None) | Q(person__in=Person.objects.visible_to(user).order_by().values("pk"))


class InvitationQuerySet(VisibleQuerySet["Invitation"]):
    """Invitations are seen by those who see both the forum and whom it invites."""

    def visible_to(self, user: Actor) -> InvitationQuerySet:
        """Those who work in the field: of forums they may see, to people they may see, to groups, panels and guests."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        return self.filter(_of_seen_forums(user)).filter(_of_seen_people(user))


class Answer(models.TextChoices):
    """What they said."""

    NONE = "none", "No answer yet"
    YES = "yes", "Yes"
    MAYBE = "maybe", "Maybe"
    NO = "no", "No"
    CANNOT_BUT_SAY = "cannot_but_say", "I cannot come, but want to say something"


class Invitation(Record):
    """That one person, group, panel or unnamed guest is invited to a forum, and what they answered by whichever
    door."""

    class How(models.TextChoices):
        """By which door they answered."""

        PAGE = "page", "On the page"
        CALENDAR = "calendar", "In their calendar"
        PHONE = "phone", "By phone or in person"
        LETTER = "letter", "By letter"

    class Keep(models.TextChoices):
        """What happens to the needs they told us for this forum."""

        KEEP = "keep", "Keep it and ask me if it changes"
        DELETE = "delete", "Delete it after the meeting"

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="invitations")
    panel = models.ForeignKey(Panel, models.PROTECT, null=True, blank=True, related_name="invitations")
    guest_name = models.CharField(
        "what to call a guest", max_length=100, blank=True, help_text="For somebody who came by the open page."
    )
    language = models.ForeignKey(Language, models.PROTECT, null=True, blank=True, related_name="+")
    digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the secret in their own link; empty for none."
    )
    answer = models.CharField(max_length=20, choices=Answer, default=Answer.NONE)
    answered_how = models.CharField("by which door", max_length=10, choices=How, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    why_not = models.CharField("why not, if they wish to say", max_length=300, blank=True)
    guests_supporters = models.PositiveSmallIntegerField("supporters who come with them", default=0)
    guests_others = models.PositiveSmallIntegerField("others who come with them", default=0)
    keep_needs = models.CharField("what happens to their needs", max_length=10, choices=Keep, default=Keep.DELETE)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation to a forum"
        verbose_name_plural = "invitations to a forum"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["forum", "answer"], name="invitation_answer"),
            models.Index(fields=["modified_at", "id"], name="invitation_changed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["forum", "person"], name="one_invitation_per_person"),
            models.UniqueConstraint(fields=["forum", "organisation"], name="one_invitation_per_group"),
            models.UniqueConstraint(fields=["forum", "panel"], name="one_invitation_per_panel"),
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="one_invitation_per_link"),
            models.CheckConstraint(
                condition=Q(person=None, organisation=None)
                | Q(person=None, panel=None)
                | Q(organisation=None, panel=None),
                name="invitation_is_to_one",
                violation_error_message="Invite one person, one group, one panel or one guest at a time.",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"


class ArrangementQuerySet(VisibleQuerySet["Arrangement"]):
    """Arrangements are seen by those who see the forum and the need."""

    def visible_to(self, user: Actor) -> ArrangementQuerySet:
        """Those who work in the field: of forums they may see, for needs they may see, or that a guest told."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        seen = AccessNeed.objects.visible_to(user).order_by().values("pk")
        return self.filter(_of_seen_forums(user)).filter(Q(need=None) | Q(need__in=seen))


class Arrangement(Record):
    """What is arranged at one forum for one need of one person who comes. The need's words are never copied."""

    class State(models.TextChoices):
        """How far it has got."""

        ASKED = "asked", "Asked for"
        BOOKED = "booked", "Booked"
        CONFIRMED = "confirmed", "Confirmed"
        TOLD = "told", "The person was told"
        DONE = "done", "There on the day"
        RATED = "rated", "The person said how it went"

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="arrangements")
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="arrangements")
    need = models.ForeignKey(AccessNeed, models.CASCADE, null=True, blank=True, related_name="arrangements")
    asked_words = models.CharField("what a guest asked for", max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED, editable=False)
    fell_through = models.BooleanField(
        default=False, editable=False, help_text="Whoever was booked cannot come: it is to be booked again."
    )
    supplier = models.CharField("with whom it is booked", max_length=150, blank=True)
    registration_number = models.CharField(
        max_length=40, blank=True, help_text="Of the interpreter's register, where there is one."
    )
    cost = models.DecimalField("cost in pounds", max_digits=8, decimal_places=2, null=True, blank=True)
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="who sees to it"
    )

    objects = ArrangementQuerySet.as_manager()

    class Meta:
        verbose_name = "access arrangement"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["forum", "state"], name="arrangement_state"),
            models.Index(fields=["modified_at", "id"], name="arrangement_changed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "need"], name="one_arrangement_per_need"),
            models.CheckConstraint(
                condition=Q(need__isnull=False) | ~Q(asked_words=""),
                name="arrangement_is_for_something",
                violation_error_message="Say what is to be arranged.",
            ),
        ]

    def __str__(self) -> str:
        return f"Arrangement {self.pk}"


class AttendanceQuerySet(VisibleQuerySet["Attendance"]):
    """Who came is seen by those who see the forum and the person."""

    def visible_to(self, user: Actor) -> AttendanceQuerySet:
        """Those who work in the field: of forums they may see, of people they may see, and of unnamed ones."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        return self.filter(_of_seen_forums(user)).filter(_of_seen_people(user))


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
        return self.filter(_of_seen_forums(user))


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
