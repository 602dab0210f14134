"""Forums: one meeting each, with its day, place, what it is about and how far it has got."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from crm.areas.models import Area
from crm.base.actors import CONTENT_ROLES, OFFICE_ROLES, Actor, Role, holds, scope_of
from crm.base.models import Record, VisibleQuerySet
from crm.communities.models import Community
from crm.venues.models import Venue
from engagement.forums.models.series import Series
from engagement.forums.vocabulary import COMING, TOLD, ForumState, Mode
from engagement.log.models import EngagementEvent, Topic

READERS_OF_PUBLIC_ONES = CONTENT_ROLES | {Role.ANALYST}


def new_uid() -> str:
    """What calendars know a forum or series by (RFC 7986, section 5.3: a random UUID); it never changes."""
    return str(uuid4())


class ForumQuerySet(VisibleQuerySet["Forum"]):
    """Forums, by who may see them and where they stand."""

    def visible_to(self, user: Actor) -> ForumQuerySet:
        """Officers, leads and managers: all. Champions: those of their locality, and those they own or organise.
        Publishers, translators, checkers and analysts: what the public was told."""
        if holds(user, OFFICE_ROLES):
            return self
        if holds(user, {Role.CHAMPION}):
            scope = scope_of(user, {Role.CHAMPION})
            if scope.everywhere:
                return self
            organises = Forum.organisers.through.objects.filter(forum_id=OuterRef("pk"), user_id=user.pk)
            return self.filter(Q(locality__in=scope.localities) | Q(owner=user.pk) | Exists(organises))
        return self.public() if holds(user, READERS_OF_PUBLIC_ONES) else self.none()

    def public(self) -> ForumQuerySet:
        """What anybody may know of: open to the public, and published once. A cancelled one is said to be cancelled."""
        return self.filter(is_public=True, was_published=True, state__in=TOLD)

    def upcoming(self, today: date | None = None) -> ForumQuerySet:
        """Still ahead, today's included, whatever is missing; the soonest first."""
        return self.filter(on__gte=today or timezone.localdate(), state__in=COMING).in_order()

    def to_look_after(self) -> ForumQuerySet:
        """Those that somebody still has work with: neither closed nor cancelled."""
        return self.exclude(state__in=(ForumState.CLOSED, ForumState.CANCELLED))

    def in_order(self) -> ForumQuerySet:
        """By day and time."""
        return self.order_by("on", "starts", "id")

    def for_list(self) -> ForumQuerySet:
        """By day and time, with what a list row shows."""
        return self.in_order().select_related("series", "venue", "locality", "owner").prefetch_related("communities")

    def for_page(self) -> ForumQuerySet:
        """With everything the forum's own page and the API show."""
        return self.for_list().prefetch_related(
            "topics", "organisers", "offers__kind", "offers__language", "jobs__owner", "venue__facts"
        )


class Forum(Record):
    """One meeting that people are invited to."""

    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, editable=False, related_name="forums",
        help_text="Empty for a forum that is held just once.",
    )  # fmt: skip
    original_on = models.DateField(
        "day by the rule", null=True, blank=True, editable=False,
        help_text="The day the series gave it, which it keeps when it is moved (RFC 5545, RECURRENCE-ID).",
    )  # fmt: skip
    title = models.CharField("what it is about", max_length=150, help_text="Use words people will know.")
    about = models.TextField("more about it", blank=True, help_text="In plain words: what you will talk about.")
    state = models.CharField(max_length=10, choices=ForumState, default=ForumState.DRAFT, editable=False)
    on = models.DateField("day")
    starts = models.TimeField("start", help_text="As the clock on the wall shows it, in summer and in winter.")
    ends = models.TimeField("end")
    mode = models.CharField("how people take part", max_length=10, choices=Mode, default=Mode.IN_PERSON)
    venue = models.ForeignKey(Venue, models.PROTECT, null=True, blank=True, related_name="forums")
    place_words = models.CharField(
        "where, in words", max_length=300, blank=True, help_text="Which room, which door. Not a private address."
    )
    online_link = models.URLField(
        "link to join online", max_length=500, blank=True, help_text="Only people who were invited are sent it."
    )
    locality = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty means the whole council."
    )
    communities = models.ManyToManyField(
        Community, blank=True, related_name="forums", help_text="Whom it is for, in the first place."
    )
    topics = models.ManyToManyField(Topic, blank=True, related_name="forums")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="forums", verbose_name="who looks after it"
    )
    organisers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="organises")
    is_public = models.BooleanField(
        "open to anybody", default=True, help_text="It stands in public calendars once it is open."
    )
    capacity = models.PositiveSmallIntegerField("how many people fit in", null=True, blank=True)
    reply_by = models.DateField("please answer by", null=True, blank=True)
    sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="Counts the changes that calendars must hear of (RFC 5545, SEQUENCE)."
    )
    uid = models.CharField(max_length=64, unique=True, editable=False, default=new_uid)
    published_at = models.DateTimeField("first opened", null=True, blank=True, editable=False)
    was_published = models.BooleanField(default=False, editable=False, help_text="Whether people were ever told of it.")
    changed_alone = models.BooleanField(
        default=False, editable=False, help_text="It differs from its series, and keeps doing so."
    )
    moved_from = models.DateField(
        "was to be on", null=True, blank=True, editable=False, help_text="The day people were told before it was moved."
    )
    cancelled_reason = models.CharField("why it was cancelled", max_length=300, blank=True, editable=False)
    ready_override_reason = models.CharField(
        "why it was called ready though something was missing", max_length=300, blank=True, editable=False
    )
    ready_as = models.JSONField(
        "how it stood when it was called ready", default=dict, editable=False, blank=True,
        help_text="Its day, its venue and what was missing: whatever is new opens it again.",
    )  # fmt: skip
    reopened_reason = models.CharField(
        "why it is no longer ready", max_length=200, blank=True, editable=False, help_text="No names."
    )
    event = models.OneToOneField(
        EngagementEvent, models.PROTECT, null=True, blank=True, editable=False, related_name="forum",
        help_text="The one contact that closing it writes.",
    )  # fmt: skip
    notes = models.TextField("notes for those who organise", blank=True, help_text="Not for the public. No names.")
    on_the_day = models.CharField(
        "whom to ring on the day", max_length=200, blank=True, help_text="A work number, and whose. For the run sheet."
    )
    in_an_emergency = models.CharField(
        "help in an emergency", max_length=500, blank=True,
        help_text="Ways out, where to meet outside, who helps people down, first aid. For the run sheet.",
    )  # fmt: skip
    next_words = models.CharField(
        "what happens next", max_length=500, blank=True, help_text="Those who came, and the public, read this."
    )
    next_by = models.DateField("by when", null=True, blank=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = "forum"
        ordering = ["on", "starts", "id"]
        indexes = [
            models.Index(fields=["on", "starts", "id"], name="forum_day"),
            models.Index(fields=["locality", "on"], name="forum_locality"),
            models.Index(fields=["state", "on"], name="forum_state"),
            models.Index(fields=["modified_at", "id"], name="forum_changed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["series", "original_on"], name="one_forum_per_date",
                violation_error_message="This series has a forum on that day already.",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="forum_ends_after_it_starts",
                violation_error_message="The end time must be after the start time.",
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True) | Q(original_on__isnull=False), name="date_of_a_series_has_a_key",
                violation_error_message="A date of a series keeps the day its series gave it.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """What it is about: records elsewhere are called by their name."""
        return self.title

    @property
    def starts_at(self) -> datetime:
        """The moment it starts: the local time of its own day, so that 1:30pm stays 1:30pm when the clocks change."""
        return _moment(self.on, self.starts)

    @property
    def ends_at(self) -> datetime:
        """The moment it ends."""
        return _moment(self.on, self.ends)

    @property
    def is_coming(self) -> bool:
        """Whether it can still be changed, moved and cancelled."""
        return self.state in COMING

    @property
    def recurrence_on(self) -> date | None:
        """The day its series gave it; None for a forum that does not repeat."""
        return self.original_on if self.series is not None and self.series.repeats else None

    @property
    def where(self) -> str:
        """Where, in a few words: the venue, the place in words, online."""
        place = ", ".join(filter(None, [str(self.venue or ""), self.place_words]))
        if self.mode == Mode.ONLINE:
            return "Online"
        return f"{place or 'The place is not chosen yet'}{' and online' if self.mode == Mode.BOTH else ''}"


def _moment(day: date, at: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, at))
