"""What a forum offers so that everyone can take part, and the jobs that come of it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from crm.access.models import NeedType
from crm.base.actors import EVERYONE_ON_STAFF, FIELD_ROLES, Actor, holds
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.languages.models import Language
from crm.venues.models import VenueFact
from engagement.forums.models.forums import Forum
from engagement.forums.vocabulary import OfferGroup


class OfferKindQuerySet(VisibleQuerySet["OfferKind"]):
    """The list is the council's; everyone on the staff reads it."""

    def visible_to(self, user: Actor) -> OfferKindQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def offered(self) -> OfferKindQuerySet:
        """What can be chosen for a forum, in the order of the page."""
        return self.exclude(group=OfferGroup.EVERY_FORUM).order_by("order", "id")

    def for_every_forum(self) -> OfferKindQuerySet:
        """Jobs that every forum makes, chosen or not."""
        return self.filter(group=OfferGroup.EVERY_FORUM).order_by("order", "id")


class OfferKind(Record):
    """Something a forum can offer, how long before it must be arranged, and the job that makes."""

    key = models.SlugField(max_length=60, unique=True, help_text="Our own short name; files and the API use it.")
    name = models.CharField(max_length=120, unique=True, help_text="As it stands on the page: BSL interpreters (2).")
    group = models.CharField(max_length=20, choices=OfferGroup)
    hint = models.CharField(max_length=150, blank=True, help_text="What to know when choosing it.")
    job_words = models.CharField(
        "the job it makes", max_length=150, blank=True, help_text="Like: Book 2 BSL interpreters. Empty: none."
    )
    lead_days = models.SmallIntegerField(
        "so many days before", null=True, blank=True, help_text="When the job is due; below 0: after the forum."
    )
    in_languages = models.BooleanField(
        "asks which languages", default=False, help_text="Like interpreters of community languages."
    )
    venue_fact = models.CharField(
        "what the venue must have", max_length=20, choices=VenueFact.About, blank=True,
        help_text="The line of the venue's access record that says whether it is there.",
    )  # fmt: skip
    need_types = models.ManyToManyField(
        NeedType, blank=True, related_name="offer_kinds", help_text="Which types of access need it answers."
    )
    order = models.PositiveSmallIntegerField(default=0, help_text="Its place on the page.")
    source = models.CharField(max_length=200, blank=True)

    objects = OfferKindQuerySet.as_manager()

    class Meta:
        verbose_name = "kind of offer"
        verbose_name_plural = "kinds of offer"
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(job_words="") | Q(lead_days__isnull=False),
                name="job_of_an_offer_has_a_day",
                violation_error_message="Say how many days before the forum the job is due.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class ForumOffer(Guarded):
    """That one forum offers one thing, perhaps in one language."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="offers")
    kind = models.ForeignKey(OfferKind, models.PROTECT, related_name="+")
    language = models.ForeignKey(Language, models.PROTECT, null=True, blank=True, related_name="+")
    have_already = models.BooleanField(
        "it is arranged already", default=False, help_text="No job is made, and no warning given that time is short."
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "offer of a forum"
        verbose_name_plural = "offers of a forum"
        ordering = ["kind__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "kind", "language"], name="one_offer_per_language"),
            models.UniqueConstraint(
                fields=["forum", "kind"], condition=Q(language=None), name="one_offer_without_language"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The offer in a few words, with its language where it has one."""
        return f"{self.kind.name}: {self.language.name}" if self.language else self.kind.name


class JobQuerySet(VisibleQuerySet["Job"]):
    """Jobs are seen with their forum, and by whoever must do them."""

    def visible_to(self, user: Actor) -> JobQuerySet:
        """Those of forums the user may see, and the user's own; for those who work in the field."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        seen = Exists(Forum.objects.visible_to(user).order_by().filter(pk=OuterRef("forum_id")))
        return self.filter(Q(owner=user.pk) | seen)

    def open(self) -> JobQuerySet:
        """Not done, of forums that take place."""
        return self.filter(done_on=None).exclude(forum__state="cancelled")

    def late(self, today: date | None = None) -> JobQuerySet:
        """Open, and due before today."""
        return self.open().filter(due_on__lt=today or timezone.localdate())

    def for_list(self) -> JobQuerySet:
        """What is due first stands first."""
        return self.select_related("forum", "owner").order_by("due_on", "id")


class Job(Record):
    """Something somebody must do for a forum by a day. Its day moves with the forum until it is done."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="jobs")
    kind = models.ForeignKey(OfferKind, models.PROTECT, editable=False, related_name="+", verbose_name="what makes it")
    language = models.ForeignKey(Language, models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    words = models.CharField("what to do", max_length=200)
    due_on = models.DateField("by")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="jobs", verbose_name="who does it")
    done_on = models.DateField("done on", null=True, blank=True, editable=False)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "job for a forum"
        verbose_name_plural = "jobs for a forum"
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["owner", "due_on"], condition=Q(done_on=None), name="job_open"),
            models.Index(fields=["modified_at", "id"], name="job_changed"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["forum", "kind", "language"], name="one_job_per_language"),
            models.UniqueConstraint(
                fields=["forum", "kind"], condition=Q(language=None), name="one_job_without_language"
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def is_late(self) -> bool:
        """Open, and due before today."""
        return self.done_on is None and self.due_on < timezone.localdate()
