"""Who is invited to a forum and what they answered."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, OuterRef, Q

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.models import Record, VisibleQuerySet
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.panels.models import Panel
from crm.people.models import Person
from engagement.forums.models.forums import Forum


def of_seen_forums(user: Actor) -> Exists:
    """The row's forum is one this person may see."""
    return Exists(Forum.objects.visible_to(user).order_by().filter(pk=OuterRef("forum_id")))


def of_seen_people(user: Actor) -> Q:
    """The row's person is one this person may see, or it names nobody."""
    return Q(person=None) | Q(person__in=Person.objects.visible_to(user).order_by().values("pk"))


class InvitedQuerySet(VisibleQuerySet["Invitation"]):
    """Invitations are seen by those who see both the forum and whom it invites."""

    def visible_to(self, user: Actor) -> InvitedQuerySet:
        """Those who work in the field: of forums they may see, to people they may see, to groups, panels and guests."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        return self.filter(of_seen_forums(user)).filter(of_seen_people(user))


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

    objects = InvitedQuerySet.as_manager()

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
