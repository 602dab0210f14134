"""What is arranged at a forum for each need of everyone who comes, and every step of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from crm.access.coming import comes_to
from crm.access.models import AccessNeed, NeedType
from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.kept import inside, keys_seen
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.languages.models import Language
from crm.people.models import Person
from engagement.forums.models.forums import Forum
from engagement.forums.models.invitations import Invitation, of_seen_forums
from engagement.forums.vocabulary import COMING
from engagement.needs.models import NeedOutcome


class ArrangementQuerySet(VisibleQuerySet["Arrangement"]):
    """Arrangements are seen by those who see the forum and the need."""

    def visible_to(self, user: Actor) -> ArrangementQuerySet:
        """Those who work in the field: of forums they may see, for needs they may see. What somebody asked for in words
        for this one forum: where they may see the person, or organise what they come to; of guests and groups, all."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        needs, people = inside(keys_seen, user, AccessNeed), inside(keys_seen, user, Person)
        asker = Q(invitation__person=None) | Q(invitation__person__in=people) | comes_to(user, "invitation__person")
        return self.filter(of_seen_forums(user)).filter(Q(need__in=needs) | Q(need=None) & asker)

    def standing(self) -> ArrangementQuerySet:
        """Those still needed, of people whose record may be used."""
        return self.filter(not_needed_on=None, invitation__person__stopped_on=None)

    def to_make(self) -> ArrangementQuerySet:
        """Still needed and not confirmed, of forums ahead. Some of them may be there already."""
        return self.standing().filter(state__in=Arrangement.UNSURE, forum__state__in=COMING)

    def for_list(self) -> ArrangementQuerySet:
        """The forum that comes first stands first, with all that a row shows."""
        return self.select_related(
            "forum__venue", "forum__owner", "forum__locality", "invitation__person__locality",
            "invitation__organisation", "asked_type", "asked_language", "need__type",
            "need__language", "need__person", "need__supporter", "who",
        ).order_by("forum__on", "forum_id", "id")  # fmt: skip

    def for_page(self) -> ArrangementQuerySet:
        """With every step."""
        return self.for_list().prefetch_related("steps__by", "outcome")


class Arrangement(Record):
    """What is arranged at one forum for one need of one person who comes. The need's words are never copied."""

    class State(models.TextChoices):
        """How far it has got."""

        ASKED = "asked", "To arrange"
        BOOKED = "booked", "Booked"
        CONFIRMED = "confirmed", "Confirmed"
        TOLD = "told", "The person was told"
        DONE = "done", "There on the day"
        RATED = "rated", "The person said how it went"

    UNSURE = ("asked", "booked")
    SURE = ("confirmed", "told", "done", "rated")

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="arrangements")
    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="arrangements")
    need = models.ForeignKey(AccessNeed, models.CASCADE, null=True, blank=True, related_name="arrangements")
    asked_type = models.ForeignKey(
        NeedType, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="what they ticked",
        help_text="Asked for this one forum, by somebody who has no such need in their record.",
    )  # fmt: skip
    asked_language = models.ForeignKey(Language, models.PROTECT, null=True, blank=True, related_name="+")
    of_answer = models.BooleanField(
        "what else would help", default=False, help_text="In their own words, which stand in their answer alone."
    )
    asked_words = models.CharField("what they asked one of us for", max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.ASKED, editable=False)
    fell_through = models.BooleanField(
        default=False, editable=False, help_text="Whoever was booked cannot come: it is to be booked again."
    )
    supplier = models.CharField(
        "with whom it is booked", max_length=150, blank=True, help_text="An agency, a firm, or who of us does it."
    )
    registration_number = models.CharField(
        max_length=40, blank=True,
        help_text="Of the interpreter in their register, where there is one, like the NRCPD's.",
    )  # fmt: skip
    cost = models.DecimalField(
        "cost in pounds", max_digits=8, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    who = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="who sees to it", help_text="Empty: who looks after the forum.",
    )  # fmt: skip
    asked_on = models.DateField("known since", editable=False, default=timezone.localdate)
    booked_on = models.DateField("booked on", null=True, blank=True, editable=False)
    confirmed_on = models.DateField("confirmed on", null=True, blank=True, editable=False)
    confirmed_for = models.DateField(
        "confirmed for the day", null=True, blank=True, editable=False,
        help_text="When the forum moves to another day, it must be confirmed again.",
    )  # fmt: skip
    told_on = models.DateField("told on", null=True, blank=True, editable=False)
    times_fallen = models.PositiveSmallIntegerField("how often it fell through", default=0, editable=False)
    not_needed_on = models.DateField("not needed since", null=True, blank=True, editable=False)
    not_needed_reason = models.CharField(
        "why it is not needed at this forum", max_length=200, blank=True, editable=False,
        help_text="Empty when they no longer come, or the need ended.",
    )  # fmt: skip
    outcome = models.OneToOneField(
        NeedOutcome, models.SET_NULL, null=True, blank=True, editable=False, related_name="arrangement",
        verbose_name="how it went",
    )  # fmt: skip

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
            models.UniqueConstraint(fields=["invitation", "asked_type"], name="one_arrangement_per_type"),
            models.UniqueConstraint(
                fields=["invitation"], condition=Q(of_answer=True), name="one_arrangement_of_an_answer"
            ),
        ]

    def __str__(self) -> str:
        return f"Arrangement {self.pk}"

    @property
    def what(self) -> str:
        """What is needed: the need in a few words, or what they asked for, while that is kept."""
        if self.need is not None:
            return self.need.name
        if self.asked_type is not None:
            return (
                f"{self.asked_type.name}: {self.asked_language.name}" if self.asked_language else self.asked_type.name
            )
        words = self.invitation.help_words if self.of_answer else self.asked_words
        return words or "What they asked for is deleted, as they wished"

    @property
    def type(self) -> NeedType | None:
        """The type of what is needed; None for words."""
        return self.need.type if self.need is not None else self.asked_type

    @property
    def language_id(self) -> Any:
        """The language it is needed in, if any."""
        return self.need.language_id if self.need is not None else self.asked_language_id

    @property
    def what_to_do(self) -> str:
        """What to do for it, which says neither whose it is nor why."""
        if self.need is not None:
            return self.need.what_to_do
        if self.asked_type is None:
            return "something they asked for"
        language = self.asked_language.name if self.asked_language else "their language"
        return self.asked_type.what_to_do.replace("{language}", language)

    @property
    def for_whom(self) -> str:
        """For whom: the person, somebody beside them, or a guest."""
        if self.need is None:
            return self.invitation.name
        beside = f", {self.need.supporter.relation}" if self.need.supporter else ""
        return f"{self.need.person.name}{beside}"

    @property
    def is_sure(self) -> bool:
        """Whether it is confirmed for the day on which the forum is now."""
        return self.state in self.SURE and (self.confirmed_for is None or self.confirmed_for == self.forum.on)

    @property
    def is_needed(self) -> bool:
        """Whether somebody who comes still needs it."""
        return self.not_needed_on is None

    def has_come(self, today: date) -> bool:
        """Whether the day of the forum has come, so that it can be said how it went."""
        return self.forum.on <= today


class StepQuerySet(VisibleQuerySet["ArrangementStep"]):
    """Seen with the arrangement."""

    def visible_to(self, user: Actor) -> StepQuerySet:
        """Those of arrangements the user may see."""
        return self.filter(arrangement__in=inside(keys_seen, user, Arrangement))


class ArrangementStep(Guarded):
    """One step of an arrangement: what happened, when, by whom, and with whom it was booked."""

    class What(models.TextChoices):
        """What happened."""

        ASKED = "asked", "It became known"
        BOOKED = "booked", "Booked"
        CONFIRMED = "confirmed", "Confirmed"
        MESSAGE = "message", "A message to the person was put on its way"
        TOLD = "told", "The person was told"
        FELL_THROUGH = "fell_through", "It fell through"
        DONE = "done", "It was there on the day"
        NOT_DONE = "not_done", "It was not there on the day"
        RATED = "rated", "The person said how it went"
        NOT_NEEDED = "not_needed", "Not needed any more"
        NEEDED_AGAIN = "needed_again", "Needed again"

    arrangement = models.ForeignKey(Arrangement, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=15, choices=What)
    on = models.DateField("day")
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Empty: it followed by itself."
    )

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "step of an arrangement"
        verbose_name_plural = "steps of an arrangement"
        ordering = ["id"]

    def __str__(self) -> str:
        return self.get_what_display()
