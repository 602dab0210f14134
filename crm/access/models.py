"""What a person needs so that they can take part, what we must do about it, and when we asked again."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from crm.access.coming import comes_to
from crm.accounts.models import User
from crm.base.actors import EVERYONE_ON_STAFF, OFFICE_ROLES, Actor, Role, holds, scope_of
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.languages.models import Language
from crm.people.models import Person, Supporter, one_of_people

# A person is counted once however many needs they have, and a supporter with a record of their own is that person.
HOLDER = Coalesce("supporter__supporter_id", "supporter_id", "person_id")


class NeedKind(models.TextChoices):
    """Which law or practice a need stands under. The compliance report counts the first."""

    COMMUNICATION = "communication", "Communication and information"
    LANGUAGE = "language", "Language"
    ADJUSTMENT = "adjustment", "Reasonable adjustment"
    PRACTICAL = "practical", "Practical help"


class NeedGroup(models.TextChoices):
    """The four groups of the Accessible Information Standard (DAPB1605), for needs of the first kind."""

    CONTACT = "contact", "Specific contact method"
    FORMAT = "format", "Specific information format"
    PROFESSIONAL = "professional", "Communication professional"
    SUPPORT = "support", "Communication support"


class NeedTypeQuerySet(VisibleQuerySet["NeedType"]):
    """The list of types is the council's; everyone on the staff reads it."""

    def visible_to(self, user: Actor) -> NeedTypeQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def current(self) -> NeedTypeQuerySet:
        """Those still offered."""
        return self.filter(ended_on=None)

    def for_list(self) -> NeedTypeQuerySet:
        """By kind, group and name."""
        return self.order_by("kind", "group", "name", "id")


class NeedType(Record):
    """A type of access need, under our own key; a SNOMED CT code only where one is known."""

    key = models.SlugField(max_length=60, unique=True, help_text="Our own short name; files and the API use it.")
    name = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20, choices=NeedKind)
    group = models.CharField(
        "group of the standard", max_length=20, choices=NeedGroup, blank=True,
        help_text="For communication and information needs: which of the four groups.",
    )  # fmt: skip
    what_to_do = models.CharField(
        "what to do, usually", max_length=200, help_text="Offered when a need of this type is written down."
    )
    snomed_code = models.CharField("SNOMED CT code", max_length=18, blank=True)
    source = models.CharField(max_length=200, blank=True)
    ended_on = models.DateField("not offered since", null=True, blank=True)

    objects = NeedTypeQuerySet.as_manager()

    class Meta:
        verbose_name = "type of access need"
        verbose_name_plural = "types of access need"
        ordering = ["kind", "group", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="communication") | Q(group=""),
                name="only_communication_needs_have_a_group",
                violation_error_message="Only communication and information needs stand in a group of the standard.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AccessNeedQuerySet(VisibleQuerySet["AccessNeed"]):
    """Needs act for the person. Whoever may not see one still sees the instruction it makes."""

    def visible_to(self, user: Actor) -> AccessNeedQuerySet:
        """Officers, leads and managers of the person, and whoever organises something the person comes to (a champion,
        say), as long as they come. A need that may not be shared: only who wrote it down, and the person's managers
        when that account is closed, so that somebody can still ask again."""
        coming = comes_to(user, "person") & ~Q(may_share=AccessNeed.Sharing.NO)
        if not holds(user, OFFICE_ROLES):
            return self.filter(coming) if holds(user, {Role.CHAMPION}) else self.none()
        seen = Q(one_of_people(Person.objects.visible_to(user)))
        if not scope_of(user, OFFICE_ROLES).everywhere:
            seen |= coming
        wrote = Q(recorded_by=user.pk)
        if holds(user, {Role.MANAGER}):
            wrote |= Q(recorded_by__in=User.objects.filter(is_active=False).order_by().values("pk"))
        return self.filter(~Q(may_share=AccessNeed.Sharing.NO) | wrote).filter(seen)

    def current(self) -> AccessNeedQuerySet:
        """Those that still stand. A supporter's need ends with their support."""
        # Asked as a list and not as a join: PostgreSQL then reads needs in the order of their reviews.
        gone = Supporter.objects.exclude(ended_on=None).order_by().values("pk")
        return self.filter(Q(supporter=None) | ~Q(supporter__in=gone), ended_on=None)

    def stood_on(self, day: date) -> AccessNeedQuerySet:
        """Those that had been told by the end of a day and had not ended by then."""
        gone = Supporter.objects.filter(ended_on__lte=day).order_by().values("pk")
        own = self.filter(Q(supporter=None) | ~Q(supporter__in=gone))
        return own.filter(Q(ended_on=None) | Q(ended_on__gt=day), told_on__lte=day)

    def due(self, today: date | None = None) -> AccessNeedQuerySet:
        """Those that still stand and that we must ask about again: the day is today, or past."""
        return self.current().filter(review_on__lte=today or timezone.localdate())

    def for_list(self) -> AccessNeedQuerySet:
        """With type, person, supporter and language; what must be reviewed first stands first."""
        return self.select_related("type", "person__locality", "supporter", "language", "recorded_by").order_by(
            "review_on", "id"
        )


class AccessNeed(Record):
    """One thing a person, or somebody who supports them, needs so that they can take part."""

    class ToldBy(models.TextChoices):
        """Who told us."""

        THEMSELVES = "themselves", "They told us themselves"
        CARER = "carer", "Their carer or family"
        PROFESSIONAL = "professional", "A professional, with their agreement"
        RECORD = "record", "It stood in another record"
        FORM = "form", "On a form or an answer to an invitation"

    class Sharing(models.TextChoices):
        """Whether others who meet the person may be told."""

        YES = "yes", "Yes, share it with those who need to know"
        NO = "no", "No, do not share it"
        NOT_ASKED = "not_asked", "Not asked yet"

    person = models.ForeignKey(Person, models.CASCADE, related_name="access_needs")
    supporter = models.ForeignKey(
        Supporter, models.CASCADE, null=True, blank=True, related_name="access_needs",
        verbose_name="whose need", help_text="Empty when it is the person's own.",
    )  # fmt: skip
    type = models.ForeignKey(NeedType, models.PROTECT, related_name="needs")
    own_words = models.CharField("in their own words", max_length=500, blank=True)
    what_to_do = models.CharField(
        "what you need to do", max_length=300,
        help_text="An instruction that says nothing about health, like: text only, do not phone. Everyone who meets "
        "the person sees it.",
    )  # fmt: skip
    language = models.ForeignKey(Language, models.PROTECT, null=True, blank=True, related_name="+")
    told_by = models.CharField("who told us", max_length=20, choices=ToldBy, default=ToldBy.THEMSELVES)
    told_on = models.DateField("told us on")
    review_on = models.DateField("ask again on")
    may_share = models.CharField("may we share it?", max_length=10, choices=Sharing, default=Sharing.NOT_ASKED)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    ended_on = models.DateField("no longer needed since", null=True, blank=True, editable=False)
    ended_reason = models.CharField(max_length=200, blank=True, editable=False)

    objects = AccessNeedQuerySet.as_manager()

    class Meta:
        verbose_name = "access need"
        ordering = ["review_on", "id"]
        indexes = [
            models.Index(fields=["person", "ended_on"], name="need_person"),
            models.Index(fields=["review_on", "id"], condition=Q(ended_on=None), name="need_to_review"),
            models.Index(fields=["type", "ended_on"], name="need_type"),
            models.Index(fields=["modified_at", "id"], name="need_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(review_on__gte=F("told_on")),
                name="need_reviewed_after_told",
                violation_error_message="The day to ask again must be after the day they told us.",
            )
        ]

    def __str__(self) -> str:
        return f"Access need {self.pk}"

    @property
    def name(self) -> str:
        """The need in a few words: its type, and the language where there is one."""
        return f"{self.type.name}: {self.language.name}" if self.language else self.type.name

    @property
    def days_late(self) -> int:
        """Days since we should have asked again; 0 when that day is still to come."""
        return max(0, (timezone.localdate() - self.review_on).days) if self.ended_on is None else 0


class NeedReview(Guarded):
    """That somebody asked again whether a need is still right."""

    class Answer(models.TextChoices):
        """What they said."""

        SAME = "same", "Still the same"
        CHANGED = "changed", "It has changed"
        ENDED = "ended", "No longer needed"

    need = models.ForeignKey(AccessNeed, models.CASCADE, related_name="reviews")
    reviewed_on = models.DateField()
    due_on = models.DateField("was due on", help_text="The day until which they were to be asked.")
    answer = models.CharField(max_length=10, choices=Answer)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "review of an access need"
        ordering = ["-reviewed_on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}, {self.reviewed_on}"


class NeedShare(Guarded):
    """That a need was shared, with the person's agreement: with whom, and when."""

    need = models.ForeignKey(AccessNeed, models.CASCADE, related_name="shares")
    shared_on = models.DateField()
    shared_with = models.CharField("with whom", max_length=150, help_text="Like: the interpreter agency. Not a name.")
    shared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "sharing of an access need"
        verbose_name_plural = "sharings of an access need"
        ordering = ["-shared_on", "-id"]

    def __str__(self) -> str:
        return f"{self.shared_with}, {self.shared_on}"


class NoNeedQuerySet(VisibleQuerySet["NoNeed"]):
    """That somebody needs nothing is read by whoever may read what people need."""

    def visible_to(self, user: Actor) -> NoNeedQuerySet:
        """Officers, leads and managers of the person."""
        if not holds(user, OFFICE_ROLES):
            return self.none()
        return self.filter(one_of_people(Person.objects.visible_to(user)))

    def current(self) -> NoNeedQuerySet:
        """Those that still stand."""
        return self.filter(ended_on=None)

    def stood_on(self, day: date) -> NoNeedQuerySet:
        """Those that stood at the end of a day."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), asked_on__lte=day)

    def due(self, today: date | None = None) -> NoNeedQuerySet:
        """Those that still stand, of people whom we must ask again: the day is today, or past."""
        return self.current().filter(review_on__lte=today or timezone.localdate())

    def for_list(self) -> NoNeedQuerySet:
        """With the person and who asked; whom to ask again first stands first."""
        return self.select_related("person__locality", "asked_by").order_by("review_on", "id")


class NoNeed(Record):
    """That a person was asked what they need so that they can take part, and needs nothing (DAPB1605, identify).

    It stands until they are asked again, until a need of theirs is written down, or until it turns out to be wrong.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="no_needs")
    told_by = models.CharField(
        "who told us", max_length=20, choices=AccessNeed.ToldBy, default=AccessNeed.ToldBy.THEMSELVES
    )
    asked_on = models.DateField("asked on")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    review_on = models.DateField("ask again on")
    ended_on = models.DateField("stood until", null=True, blank=True, editable=False)
    ended_reason = models.CharField(max_length=200, blank=True, editable=False)

    objects = NoNeedQuerySet.as_manager()

    class Meta:
        verbose_name = "answer that nothing is needed"
        verbose_name_plural = "answers that nothing is needed"
        ordering = ["-asked_on", "-id"]
        indexes = [
            models.Index(fields=["review_on", "id"], condition=Q(ended_on=None), name="no_need_to_review"),
            models.Index(fields=["modified_at", "id"], name="no_need_changed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(ended_on__isnull=True),
                name="one_standing_no_need",
                violation_error_message="Somebody wrote down just now that they need nothing.",
            ),
            models.CheckConstraint(
                condition=Q(review_on__gt=F("asked_on")),
                name="no_need_reviewed_after_asked",
                violation_error_message="The day to ask again must be after the day you asked.",
            ),
        ]

    def __str__(self) -> str:
        return f"Needs nothing, asked {self.asked_on}"

    @property
    def days_late(self) -> int:
        """Days since we should have asked again; 0 when that day is still to come."""
        return max(0, (timezone.localdate() - self.review_on).days) if self.ended_on is None else 0
