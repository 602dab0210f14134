"""Who is invited to a forum, what they answered, what would help them, and places that are held."""

from __future__ import annotations

import base64
import hashlib
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from crm.access.models import NeedType
from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, holds
from crm.base.kept import inside, keys_seen
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.panels.models import Panel
from crm.people.models import Person
from crm.sending.models import Format
from engagement.forums.models.forums import Forum
from engagement.forums.vocabulary import AT_THE_DESK, Answer, ForumState, Place, ReachBy
from engagement.log.models import EngagementEvent

LETTERS_OF_A_SECRET = 32  # 160 random bits in letters that no mail program changes (RFC 4648, base32, small)


def of_seen_forums(user: Actor) -> Exists:
    """The row's forum is one this person may see."""
    return Exists(Forum.objects.visible_to(user).order_by().filter(pk=OuterRef("forum_id")))


def of_seen_people(user: Actor) -> Q:
    """The row's person is one this person may see, or it names nobody."""
    return Q(person=None) | Q(person__in=inside(keys_seen, user, Person))


def of_own_forums(user: Actor) -> Q:
    """The row's forum is one this person looks after or organises."""
    organises = Forum.organisers.through.objects.filter(user_id=user.pk).values("forum_id")
    return Q(forum__owner=user.pk) | Q(forum__in=organises)


class HeldPlacesQuerySet(VisibleQuerySet["HeldPlaces"]):
    """Held places are seen with the forum, by those who work in the field."""

    def visible_to(self, user: Actor) -> HeldPlacesQuerySet:
        """Those of forums one may see."""
        return self.filter(of_seen_forums(user)) if holds(user, FIELD_ROLES) else self.none()

    def standing(self, today: date | None = None) -> HeldPlacesQuerySet:
        """Still held today."""
        return self.filter(until__gte=today or timezone.localdate())


class HeldPlaces(Record):
    """Places of a forum that are held for people of one community until a day, and why. Only somebody's own word, given
    for this purpose, brings them into one (Equality Act 2010, section 158)."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="held_places")
    community = models.ForeignKey(Community, models.PROTECT, related_name="+")
    places = models.PositiveSmallIntegerField("how many places")
    aim = models.CharField(
        max_length=300, help_text="Why: what being seldom heard keeps them from. The public reads it."
    )
    until = models.DateField("held until", help_text="After this day anybody gets them.")

    objects = HeldPlacesQuerySet.as_manager()

    class Meta:
        verbose_name = "held places"
        verbose_name_plural = "held places"
        ordering = ["forum", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "community"],
                name="held_once_per_community",
                violation_error_message="Places are held for this community already.",
            )
        ]

    def __str__(self) -> str:
        return f"Held places {self.pk}"


class InvitedQuerySet(VisibleQuerySet["Invitation"]):
    """Invitations are seen by those who see both the forum and whom it invites."""

    def visible_to(self, user: Actor) -> InvitedQuerySet:
        """Those who work in the field: of forums they may see, to people they may see, to groups and guests. A champion
        also sees who comes to these forums, and so does whoever looks after one or organises it, until it is closed.
        Restricted people, and those who asked us to stop, as `Person` says."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        comes = Q(answer__in=COMES, person__restricted=False, person__stopped_on=None)
        of_own = of_own_forums(user) & Q(forum__state__in=AT_THE_DESK)
        not_closed = ~Q(forum__state=ForumState.CLOSED)
        seen = of_seen_people(user) | comes & (of_own if holds(user, OFFICE_ROLES) else not_closed)
        return self.filter(of_seen_forums(user)).filter(seen)

    def coming(self) -> InvitedQuerySet:
        """Those who said yes, or maybe, and do not wait for a place."""
        return self.filter(answer__in=COMES).exclude(place__in=(Place.WAITING, Place.OFFERED))

    def started(self) -> InvitedQuerySet:
        """Without guests who opened the page and said nothing."""
        return self.exclude(person=None, organisation=None, answer=Answer.NONE)

    def waiting(self) -> InvitedQuerySet:
        """Those who wait for a place, first come first."""
        return self.filter(place=Place.WAITING).order_by("waiting_since", "id")

    def for_list(self) -> InvitedQuerySet:
        """With forum and whom it invites, in the order they were invited."""
        return self.select_related(
            "forum__venue", "person__locality", "organisation", "panel", "language", "held__community", "met_by"
        ).order_by("id")


COMES = (Answer.YES, Answer.MAYBE)


class Invitation(Record):
    """That one person, group or unnamed guest is invited to a forum, and what they answered by whichever door."""

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
    panel = models.ForeignKey(
        Panel, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name="as a member of",
        help_text="The panel through which this person was invited.",
    )  # fmt: skip
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        help_text="Empty for somebody who came by the open page.",
    )  # fmt: skip
    language = models.ForeignKey(Language, models.PROTECT, null=True, blank=True, related_name="+")
    format = models.CharField(
        "form of the letters", max_length=20, choices=Format, blank=True, help_text="Empty: as their record says."
    )
    met_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="who of us meets them",
    )  # fmt: skip
    meet_words = models.CharField("where and when they are met", max_length=200, blank=True)
    link_number = models.PositiveSmallIntegerField(
        default=0, editable=False, help_text="Counts the links this invitation had: a new one ends the one before."
    )
    digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the secret in their own link; empty for none."
    )
    guest_name = models.CharField(
        "what to call them", max_length=100, blank=True, help_text="As they wrote it; of a group, whoever answered."
    )
    reach_by = models.CharField("how to reach them", max_length=10, choices=ReachBy, blank=True)
    reach_at = models.CharField("number or address", max_length=254, blank=True)
    answer = models.CharField(max_length=20, choices=Answer, default=Answer.NONE)
    answered_how = models.CharField("by which door", max_length=10, choices=How, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    answered_in_full = models.BooleanField(
        "they went through all questions", default=False, editable=False, help_text="Also when they left some out."
    )
    why_not = models.CharField("why not, if they wish to say", max_length=300, blank=True)
    to_say = models.TextField(
        "what they want to say", blank=True, help_text="Of somebody who cannot come. Somebody logs it as a contact."
    )
    said = models.ForeignKey(
        EngagementEvent, models.SET_NULL, null=True, editable=False, related_name="+",
        help_text="The contact that what they want to say was logged as.",
    )  # fmt: skip
    help_words = models.CharField("what else would help", max_length=500, blank=True)
    guests_supporters = models.PositiveSmallIntegerField("supporters who come with them", default=0)
    guests_others = models.PositiveSmallIntegerField("others who come with them", default=0)
    keep_needs = models.CharField("what happens to their needs", max_length=10, choices=Keep, default=Keep.DELETE)
    place = models.CharField(max_length=10, choices=Place, default=Place.NONE, editable=False)
    waiting_since = models.DateTimeField(null=True, blank=True, editable=False)
    offered_until = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Until then the place is kept for their yes."
    )
    held = models.ForeignKey(
        HeldPlaces, models.SET_NULL, null=True, blank=True, related_name="invitations",
        help_text="The held places they said they belong to, in their own word for this forum alone.",
    )  # fmt: skip
    calendar_sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="What their calendar last answered to (RFC 5546)."
    )
    calendar_stamp = models.DateTimeField("their calendar answered at", null=True, blank=True, editable=False)
    wish = models.CharField("another time they asked for", max_length=300, blank=True, editable=False)
    told_sequence = models.PositiveIntegerField(
        null=True, editable=False, help_text="How the forum stood when they were last told; empty before."
    )
    reminded_on = models.DateField(null=True, blank=True, editable=False)
    forgotten_on = models.DateField(
        null=True, blank=True, editable=False, help_text="The day what would help them was deleted, as they wished."
    )

    objects = InvitedQuerySet.as_manager()

    class Meta:
        verbose_name = "invitation to a forum"
        verbose_name_plural = "invitations to a forum"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["forum", "answer"], name="invitation_answer"),
            models.Index(fields=["forum", "place", "waiting_since"], name="invitation_place"),
            models.Index(fields=["modified_at", "id"], name="invitation_changed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["forum", "person"], name="one_invitation_per_person"),
            models.UniqueConstraint(fields=["forum", "organisation"], name="one_invitation_per_group"),
            models.UniqueConstraint(fields=["digest"], condition=~Q(digest=""), name="one_invitation_per_link"),
            models.CheckConstraint(
                condition=Q(person=None) | Q(organisation=None),
                name="invitation_is_to_one",
                violation_error_message="Invite one person, one group or one guest at a time.",
            ),
            models.CheckConstraint(
                condition=Q(panel=None) | Q(person__isnull=False),
                name="members_of_panels_are_people",
                violation_error_message="Of a panel, its members are invited.",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation {self.pk}"

    @property
    def name(self) -> str:
        """Whom it invites, for those who may see it."""
        named = self.person or self.organisation
        return str(named.name) if named is not None else self.guest_name or "Somebody without a name"

    @property
    def called(self) -> str:
        """How the letter or page addresses them."""
        if self.person is not None:
            return str(self.person.form_of_address or self.person.name)
        return self.guest_name or (self.organisation.name if self.organisation else "")

    @property
    def comes(self) -> bool:
        """Whether they said yes or maybe."""
        return self.answer in COMES

    @property
    def heads(self) -> int:
        """How many people come: they and whoever comes with them."""
        return 1 + self.guests_supporters + self.guests_others

    @property
    def secret(self) -> str:
        """The secret of their link. It is worked out anew each time and kept nowhere; only its hash is stored."""
        made = salted_hmac("engagement.forums.invitation", f"{self.pk}:{self.link_number}", algorithm="sha256")
        return base64.b32encode(made.digest()).decode().lower()[:LETTERS_OF_A_SECRET]

    @staticmethod
    def digest_of(secret: str) -> str:
        """The hash of a link's secret that is stored. 160 random bits, so a fast hash is enough (OWASP)."""
        return hashlib.sha256(secret.lower().encode()).hexdigest()


class HelpAskedQuerySet(VisibleQuerySet["HelpAsked"]):
    """What would help is seen like an access need."""

    def visible_to(self, user: Actor) -> HelpAskedQuerySet:
        """Of invitations one may see whose answer is yes or maybe; office roles also of other answers."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        rows = self.filter(invitation__in=inside(keys_seen, user, Invitation))
        return rows if holds(user, OFFICE_ROLES) else rows.filter(invitation__answer__in=COMES)


class HelpAsked(Guarded):
    """One thing that somebody ticked under "What would help you take part" for one forum. Kept until four weeks after
    it; what they let us keep also becomes an access need of theirs."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="help_asked")
    type = models.ForeignKey(NeedType, models.PROTECT, related_name="+")
    language = models.ForeignKey(Language, models.PROTECT, null=True, blank=True, related_name="+")

    objects = HelpAskedQuerySet.as_manager()

    class Meta:
        verbose_name = "help that was asked for"
        verbose_name_plural = "help that was asked for"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["invitation", "type"], name="help_asked_once")]

    def __str__(self) -> str:
        return f"{self.type.name}: {self.language.name}" if self.language else self.type.name
