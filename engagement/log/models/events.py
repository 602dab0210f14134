"""Engagement events: the meeting itself, who was there, who was reached, and what made it easier or harder."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from crm.accounts.models import Team
from crm.areas.models import Area
from crm.base.actors import OFFICE_ROLES, Actor, Role, holds, scope_of
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.log.models.lists import AccessSupport, Barrier, Topic


def _readable(user: Actor) -> Q | None:
    """The condition of `visible_to`; None for whom there is none."""
    if not holds(user, OFFICE_ROLES | {Role.CHAMPION}):
        return None
    named = EngagementEvent.named_readers.through.objects.filter(engagementevent_id=OuterRef("pk"), user_id=user.pk)
    scope = scope_of(user, OFFICE_ROLES)
    if scope.everywhere:
        return Q(restricted=False) | Q(Exists(named))
    own = Q(logged_by=user.pk) | Q(Exists(_took_part(user)))
    reach = Q(team__in=scope.teams) | Q(locality__in=scope.localities) | own
    return (Q(restricted=False) & reach) | Q(Exists(named))


def _took_part(user: Actor) -> models.QuerySet[models.Model]:
    return EngagementEvent.officers.through.objects.filter(engagementevent_id=OuterRef("pk"), user_id=user.pk)


PARTS_OF_PAGE = (
    "organisations", "contributions__person", "reach__community", "reach__through", "officers", "topics",
    "points__language", "points__through", "support_used", "languages_used", "barriers__barrier", "promises__owner",
    "promises__to_person", "promises__to_organisation", "promises__to_community",
)  # fmt: skip


class EventQuerySet(VisibleQuerySet["EngagementEvent"]):
    """Engagement events, by the three levels of seeing: summary, words, restricted."""

    def visible_to(self, user: Actor) -> EventQuerySet:
        """Those whose *words* this user may read: the team's, the locality's, their own; leads and managers by their
        scope; champions only contacts they made. Restricted ones: the named readers alone."""
        readable = _readable(user)
        return self.none() if readable is None else self.filter(readable)

    def saying_what_is_readable(self, user: Actor) -> EventQuerySet:
        """Each with `may_read`: whether this user may read its words. Asked of the row itself: asked as a list of all
        that may be read, it took PostgreSQL most of the time of a page."""
        readable = _readable(user)
        known = Value(False) if readable is None else Case(When(readable, then=True), default=False)
        return self.annotate(may_read=known)

    def summaries_visible_to(self, user: Actor) -> EventQuerySet:
        """Those of which this user may know *that* they were: group, date, topics. Every officer, lead and manager, so
        that nobody asks again; champions in their locality and their own. A restricted one: its named readers alone."""
        scope = scope_of(user, OFFICE_ROLES)
        if holds(user, OFFICE_ROLES):
            open_ones = Q(restricted=False)
        elif holds(user, {Role.CHAMPION}):
            scope = scope_of(user, {Role.CHAMPION})
            own = Q(logged_by=user.pk) | Q(Exists(_took_part(user)))
            open_ones = Q(restricted=False) & (Q(locality__in=scope.localities) | own)
        else:
            return self.none()
        named = EngagementEvent.named_readers.through.objects.filter(engagementevent_id=OuterRef("pk"), user_id=user.pk)
        return self.filter(open_ones | Exists(named))

    def standing(self) -> EventQuerySet:
        """Those not withdrawn: what every count reads."""
        return self.filter(withdrawn_at=None)

    def newest_first(self) -> EventQuerySet:
        """By day, newest first; the id decides between contacts of one day, so that pages never overlap."""
        return self.order_by("-occurred_on", "-id")

    def for_list(self) -> EventQuerySet:
        """Newest first, with what a list row shows."""
        return (
            self.newest_first()
            .select_related("locality", "logged_by")
            .prefetch_related("organisations", "topics", "points__language")
        )

    def for_rows(self) -> EventQuerySet:
        """As `for_list`, its parts as plain lists: where they are only shown."""
        rows = self.newest_first().select_related("locality", "logged_by")
        return rows.with_lists("organisations", "contributions", "reach__community", "topics", "points__language")

    def for_page(self) -> EventQuerySet:
        """With everything the contact's own page shows, its parts with one query."""
        rows = self.newest_first().select_related("locality", "logged_by", "area", "team", "withdrawn_by")
        return rows.with_parts(*PARTS_OF_PAGE)


class EngagementEvent(Record):
    """A contact: somebody from the council met, phoned or wrote with people. Forums and imports write it too."""

    class Kind(models.TextChoices):
        """How it happened."""

        IN_PERSON = "in_person", "In person"
        PHONE = "phone", "Phone"
        ONLINE = "online", "Online"
        MESSAGE = "message", "Message"
        LETTER = "letter", "Letter"
        DROP_IN = "drop_in", "Drop-in"
        OUTREACH = "outreach", "Outreach"
        VISIT = "visit", "Home or site visit"
        MECC = "mecc", "Make every contact count"

    kind = models.CharField("how", max_length=20, choices=Kind, default=Kind.IN_PERSON)
    occurred_on = models.DateField("date", help_text="The day it happened.")
    occurred_at = models.TimeField("time", null=True, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ward")
    locality = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, editable=False, related_name="+",
        help_text="Found from the ward on the day it happened.",
    )  # fmt: skip
    place = models.CharField(max_length=200, blank=True, help_text="Where, in words. Not a private address.")
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", help_text="Whose contact this is."
    )
    logged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    officers = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="events", verbose_name="who from us"
    )
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="events")
    met_in_words = models.CharField(
        "who, in words", max_length=200, blank=True,
        help_text="A group we do not know yet, or the person's role. Not a name.",
    )  # fmt: skip
    topics = models.ManyToManyField(Topic, blank=True, related_name="events")
    support_used = models.ManyToManyField(AccessSupport, blank=True, related_name="events")
    languages_used = models.ManyToManyField(Language, blank=True, related_name="events")
    follow_up = models.CharField(
        max_length=300, blank=True, help_text="What to do next. A promise is a thing of its own."
    )
    follow_up_on = models.DateField(null=True, blank=True)
    restricted = models.BooleanField(default=False, help_text="Only named colleagues may read this contact.")
    named_readers = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    withdrawn_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "engagement event"
        ordering = ["-occurred_on", "-id"]
        indexes = [
            models.Index(fields=["-occurred_on", "-id"], name="event_newest"),
            models.Index(fields=["locality", "-occurred_on", "-id"], name="event_locality"),
            models.Index(fields=["team", "-occurred_on", "-id"], name="event_team"),
            models.Index(fields=["logged_by", "-occurred_on", "-id"], name="event_logged_by"),
            models.Index(fields=["area", "-occurred_on", "-id"], name="event_area"),
            models.Index(fields=["modified_at", "id"], name="event_changed"),
            models.Index(
                fields=["logged_by", "follow_up_on", "id"], name="event_follow_up",
                condition=models.Q(follow_up_on__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.occurred_on}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was withdrawn: struck through, never gone."""
        return self.withdrawn_at is not None


class Reach(Guarded):
    """How many people of one community (or of none named) a contact reached, and whether we heard them directly.

    Rows of one event may overlap: forty people in three communities stay forty. Roll-ups count distinct events and
    never add the rows of overlapping communities.
    """

    class Basis(models.TextChoices):
        """How the number is known."""

        COUNTED = "counted", "Counted"
        ESTIMATED = "estimated", "Estimated"
        TOLD = "told", "Told by somebody"

    class Voice(models.TextChoices):
        """Whose voice it was."""

        DIRECT = "direct", "They told us themselves"
        THROUGH = "through", "A group spoke for them"

    event = models.ForeignKey(EngagementEvent, models.CASCADE, related_name="reach")
    community = models.ForeignKey(Community, models.PROTECT, null=True, blank=True, related_name="reach")
    people = models.PositiveIntegerField("about how many people", null=True, blank=True)
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.ESTIMATED)
    voice = models.CharField(max_length=10, choices=Voice, default=Voice.DIRECT)
    through = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    occurred_on = models.DateField(
        editable=False, help_text="The contact's day again, so that when a community was last heard is found by index."
    )
    locality = models.ForeignKey(
        Area, models.PROTECT, null=True, editable=False, related_name="+", help_text="The contact's locality again."
    )

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "who was reached"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["community", "voice", "-occurred_on"], name="reach_last_heard"),
            models.Index(fields=["locality", "community", "voice", "-occurred_on"], name="reach_heard_here"),
            models.Index(fields=["occurred_on", "community"], name="reach_month"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "community"],
                name="one_reach_per_community",
                violation_error_message="Each community stands once.",
            ),
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(community__isnull=True),
                name="one_headcount_per_event",
                violation_error_message="Write one number for the people of no named community.",
            ),
            models.CheckConstraint(
                condition=Q(voice="direct") | Q(through__isnull=False),
                name="reach_through_names_the_group",
                violation_error_message="Say which group spoke for them.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.community_id}: {self.people}"


class Contribution(Record):
    """The row between a person and what they took part in. Erasing the person empties `person`; the thread stands."""

    event = models.ForeignKey(EngagementEvent, models.CASCADE, related_name="contributions")
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="contributions")
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", help_text="Their ward at the time."
    )
    declared_community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="Only what they declared themselves for this purpose.",
    )  # fmt: skip

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "contribution"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="one_contribution_per_event_and_person")
        ]

    def __str__(self) -> str:
        return f"Contribution {self.pk}"


class EventBarrier(Guarded):
    """A barrier noticed at a contact, in the officer's words where one wrote some."""

    event = models.ForeignKey(EngagementEvent, models.CASCADE, related_name="barriers")
    barrier = models.ForeignKey(Barrier, models.PROTECT, related_name="+")
    words = models.CharField(max_length=300, blank=True)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "barrier noticed"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["event", "barrier"], name="one_row_per_event_and_barrier")]

    def __str__(self) -> str:
        return f"{self.barrier_id}"


class EventCorrection(Guarded):
    """A contact was corrected: by whom, when, why, and which fields. The values are in the audit's revisions."""

    event = models.ForeignKey(EngagementEvent, models.CASCADE, related_name="corrections")
    corrected_at = models.DateTimeField(auto_now_add=True)
    corrected_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    fields = models.JSONField(default=list, help_text="The names of the fields; never what they held.")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "correction of a contact"
        ordering = ["-corrected_at", "-id"]

    def __str__(self) -> str:
        return f"Correction of {self.event_id}"


class SafeguardingQuerySet(VisibleQuerySet["SafeguardingReferral"]):
    """That a concern was passed on."""

    def visible_to(self, user: Actor) -> SafeguardingQuerySet:
        """Who passed it on, and managers who may read the contact."""
        mine = Q(passed_on_by=user.pk)
        if not user.is_authenticated:
            return self.none()
        if holds(user, {Role.MANAGER}):
            return self.filter(mine | Q(event__in=EngagementEvent.objects.visible_to(user)))
        return self.filter(mine)


class SafeguardingReferral(Record):
    """That a safeguarding concern was passed on: when, to which team, under which reference. Never what it was."""

    event = models.ForeignKey(EngagementEvent, models.PROTECT, related_name="safeguarding")
    passed_on_at = models.DateTimeField("passed on")
    to_team = models.CharField("to which team", max_length=100)
    reference = models.CharField(max_length=60, blank=True)
    passed_on_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")

    objects = SafeguardingQuerySet.as_manager()

    class Meta:
        verbose_name = "safeguarding concern passed on"
        ordering = [F("passed_on_at").desc()]

    def __str__(self) -> str:
        return f"Passed on {self.passed_on_at:%d %B %Y}"
