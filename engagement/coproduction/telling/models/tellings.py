"""Who is due an answer, how far it is, and when they had it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from crm.areas.models import Area
from crm.base.actors import OFFICE_ROLES, Actor, holds
from crm.base.models import Record, VisibleQuerySet
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person, one_of_people
from crm.sending.models import Message
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.telling.models.words import OF_ONE, AnswerWords
from engagement.log.models import Point


class ToWhom(models.TextChoices):
    """Whom it is due to."""

    PERSON = "person", "A person who said it"
    ORGANISATION = "organisation", "A group it came through"


class TellingState(models.TextChoices):
    """How far it is."""

    DUE = "due", "Due"
    DRAFTED = "drafted", "Waits for approval"
    HELD = "held", "Held back"
    ON_ITS_WAY = "on_its_way", "On its way"
    NOT_DELIVERED = "not_delivered", "It did not arrive"
    TOLD = "told", "Told"
    EXCUSED = "excused", "Not told, for a reason"


class TellingQuerySet(VisibleQuerySet["Telling"]):
    """That somebody is due an answer tells that they spoke: it is known to whoever may read the words and see them."""

    def visible_to(self, user: Actor) -> TellingQuerySet:
        """Officers, leads and managers: those to people they may see and to groups, about points they may read, or
        about a project these people take part in."""
        if not holds(user, OFFICE_ROLES):
            return self.none()
        mine = Telling.points.through.objects.filter(telling_id=OuterRef("pk"))
        readable = Exists(
            mine.filter(Exists(Point.objects.visible_to(user).order_by().filter(pk=OuterRef("point_id"))))
        )
        takes_part = ~Exists(mine)  # in the project it belongs to: no words of theirs are behind it
        seen = Q(person=None) | one_of_people(Person.objects.visible_to(user))
        return self.filter(readable | takes_part, seen)

    def untold(self) -> TellingQuerySet:
        """Those that wait still: neither told nor excused, of decisions and outcomes that stand. Whoever was erased
        cannot be told any more."""
        done = (TellingState.TOLD, TellingState.EXCUSED)
        standing = Q(decision__isnull=False, decision__withdrawn_at=None) | Q(
            outcome__isnull=False, outcome__withdrawn_at=None, outcome__decision__withdrawn_at=None
        )
        erased = Q(to_kind=ToWhom.PERSON, person=None)
        return self.exclude(state__in=done).exclude(erased).filter(standing)

    def of_decisions(self, decisions: Iterable[UUID]) -> TellingQuerySet:
        """Those about these decisions and the outcomes of them."""
        keys = list(decisions)
        return self.filter(Q(decision__in=keys) | Q(outcome__decision__in=keys))

    def for_list(self) -> TellingQuerySet:
        """What waits longest first, with whom and what about."""
        return self.select_related(
            "person__locality", "organisation", "decision", "outcome__decision", "locality", "message", "language"
        ).order_by("said_on", "id")


class Telling(Record):
    """Somebody is due an answer: a person whose point a decision or outcome answers, or a group it came through.
    Erasing the person empties the link and every reason somebody typed; that an answer was due, and whether it was
    given, stands."""

    State = TellingState

    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="tellings")
    outcome = models.ForeignKey(Outcome, models.PROTECT, null=True, blank=True, related_name="tellings")
    to_kind = models.CharField("to", max_length=15, choices=ToWhom)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="tellings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="tellings")
    points = models.ManyToManyField(Point, related_name="tellings", verbose_name="what it answers")
    said_on = models.DateField("said on", help_text="The day of the first of these points.")
    locality = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    due_since = models.DateField("due since")
    state = models.CharField(max_length=15, choices=TellingState, default=TellingState.DUE)
    why = models.CharField("why it is held back, or why they are not told", max_length=300, blank=True)
    language = models.ForeignKey(
        Language, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="The language they read. Empty means English.",
    )  # fmt: skip
    words_used = models.ForeignKey(AnswerWords, models.PROTECT, null=True, blank=True, related_name="+")
    lacks = models.CharField(
        "not as they need it", max_length=300, blank=True, help_text="Why it cannot be approved as it stands."
    )
    message = models.ForeignKey(Message, models.SET_NULL, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField("approved on", null=True, blank=True)
    told_on = models.DateField("told on", null=True, blank=True)

    objects = TellingQuerySet.as_manager()

    class Meta:
        verbose_name = "answer that is due"
        verbose_name_plural = "answers that are due"
        ordering = ["said_on", "id"]
        indexes = [
            models.Index(fields=["state", "said_on", "id"], name="telling_state"),
            models.Index(fields=["said_on", "id"], name="telling_longest"),
            models.Index(fields=["decision", "state"], name="telling_decision"),
            models.Index(fields=["outcome", "state"], name="telling_outcome"),
            models.Index(fields=["locality", "said_on", "id"], name="telling_locality"),
            models.Index(fields=["told_on", "locality"], name="telling_told"),
            models.Index(fields=["modified_at", "id"], name="telling_changed"),
            models.Index(fields=["-created_at", "-id"], name="telling_newest"),
        ]
        constraints = [
            models.CheckConstraint(condition=OF_ONE, name="telling_about_one"),
            models.CheckConstraint(
                condition=Q(to_kind="person", organisation=None)
                | Q(to_kind="organisation", organisation__isnull=False, person=None),
                name="telling_to_one",
            ),
            models.CheckConstraint(
                condition=~Q(state="excused") | ~Q(why="") | Q(to_kind="person", person=None),
                name="telling_excused_with_reason",
                violation_error_message="Say why they are not told.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_to_kind_display()}: {self.get_state_display()}"

    @property
    def about(self) -> Decision | Outcome:
        """What they are told about."""
        found = self.decision or self.outcome
        assert found is not None  # the table insists
        return found

    @property
    def days(self) -> int | None:
        """Days from what they said to the answer; None while they were not told."""
        return (self.told_on - self.said_on).days if self.told_on else None
