"""Panels and standing groups, what they may decide, their seats and who sits there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from crm.areas.models import Area
from crm.base.actors import EVERYONE_ON_STAFF, FIELD_ROLES, OFFICE_ROLES, Actor, Role, holds, scope_of
from crm.base.kept import inside, keys_seen
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.communities.models import Community
from crm.declared.models import DeclaredCommunity
from crm.people.models import Person, one_of_people


class PanelQuerySet(VisibleQuerySet["Panel"]):
    """That a panel exists, and what for, is known to everyone on the staff; who sits there is not."""

    def visible_to(self, user: Actor) -> PanelQuerySet:
        """All, for anyone who holds a role."""
        return self if holds(user, EVERYONE_ON_STAFF) else self.none()

    def current(self) -> PanelQuerySet:
        """Those that still meet."""
        return self.filter(ended_on=None)

    def for_list(self) -> PanelQuerySet:
        """By name, with locality, communities and what it came out of."""
        return self.select_related("locality", "grew_from").prefetch_related("communities").order_by("name", "id")


class Power(models.TextChoices):
    """Who may change something."""

    COUNCIL = "council", "The council alone"
    TOGETHER = "together", "The panel and the council together"
    PANEL = "panel", "The panel"


class PanelKind(models.TextChoices):
    """What kind of body it is."""

    CITIZEN_PANEL = "citizen_panel", "Citizen panel"
    FOCUS_GROUP = "focus_group", "Focus group"
    COPRODUCTION = "coproduction_forum", "Co-production forum"
    SAFEGUARDING = "safeguarding_forum", "Safeguarding forum"
    STEERING = "steering_group", "Steering group"
    PARTNERSHIP = "partnership_board", "Partnership board"
    FUNDING = "funding_panel", "Funding panel"
    RECRUITMENT = "recruitment_panel", "Recruitment panel"
    SERVICE_REVIEW = "service_review_panel", "Service-review panel"


class Panel(Record):
    """A standing body of people who are meant to have a say."""

    name = models.CharField(max_length=150, unique=True)
    kind = models.CharField("what kind", max_length=30, choices=PanelKind)
    purpose = models.TextField(help_text="What it is for, in words a citizen understands.")
    terms = models.TextField(
        "terms of reference", blank=True, help_text="How often it meets, who may come, how it decides, how it ends."
    )
    locality = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty means the whole council."
    )
    communities = models.ManyToManyField(
        Community, blank=True, related_name="panels", help_text="Whom the terms of reference ask to be there."
    )
    lived_experience_wanted = models.PositiveSmallIntegerField(
        "of every 10 members, how many with lived experience", null=True, blank=True
    )
    agenda_power = models.CharField("who may change the agenda", max_length=10, choices=Power, default=Power.COUNCIL)
    budget_power = models.CharField("who may change the budget", max_length=10, choices=Power, default=Power.COUNCIL)
    words_power = models.CharField(
        "who may change the words that are published", max_length=10, choices=Power, default=Power.COUNCIL
    )
    first_day = models.DateField("meets since")
    ended_on = models.DateField("ended on", null=True, blank=True, editable=False)
    ended_reason = models.CharField(max_length=300, blank=True, editable=False)
    grew_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="grew_into",
        help_text="The body it came out of, like a citizen panel that became focus groups.",
    )  # fmt: skip

    objects = PanelQuerySet.as_manager()

    class Meta:
        verbose_name = "panel or standing group"
        verbose_name_plural = "panels and standing groups"
        ordering = ["name"]
        indexes = [models.Index(fields=["kind", "name", "id"], name="panel_kind")]
        constraints = [
            models.CheckConstraint(
                condition=Q(lived_experience_wanted__isnull=True) | Q(lived_experience_wanted__lte=10),
                name="lived_experience_of_ten",
                violation_error_message="Write a number from 0 to 10.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class PanelChange(Guarded):
    """A panel changed its nature: what it was before, since when it is something else, and why."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="changes")
    changed_on = models.DateField()
    old_kind = models.CharField(max_length=30, choices=PanelKind)
    old_purpose = models.TextField("what it was for")
    reason = models.CharField(max_length=300)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "change of a panel's nature"
        verbose_name_plural = "changes of panels' nature"
        ordering = ["-changed_on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_old_kind_display()} until {self.changed_on}"


class SeatQuerySet(VisibleQuerySet["Seat"]):
    """Seen with the panel."""

    def visible_to(self, user: Actor) -> SeatQuerySet:
        """Those of panels the user may see."""
        return self.filter(panel__in=inside(keys_seen, user, Panel))


class Seat(Record):
    """A place at the table. A reserved one rests on the member's own declaration, and says what it is meant to mend."""

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="seats")
    name = models.CharField(max_length=100, help_text="Like: carer seat, or seat 4.")
    reserved_for = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: open to everybody."
    )
    aim = models.CharField(
        max_length=300, blank=True,
        help_text="Why it is reserved: who is missing, and how we know (Equality Act 2010, section 158).",
    )  # fmt: skip
    ended_on = models.DateField("no longer there since", null=True, blank=True, editable=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "seat"
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reserved_for__isnull=True) | ~Q(aim=""),
                name="reserved_seat_has_an_aim",
                violation_error_message="Write why this seat is reserved.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(VisibleQuerySet["Membership"]):
    """Who sits on a panel is known to those who work with those people."""

    def visible_to(self, user: Actor) -> MembershipQuerySet:
        """Officers, leads and managers: members whom they may see. Champions: members whom they may see and who sit on
        a panel of their locality, or come from it to one of the whole council."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        rows = self.filter(one_of_people(Person.objects.visible_to(user)))
        if holds(user, OFFICE_ROLES):
            return rows
        near = scope_of(user, {Role.CHAMPION}).localities
        return rows.filter(Q(panel__locality__in=near) | Q(panel__locality=None, person__locality__in=near))

    def standing(self, day: object) -> MembershipQuerySet:
        """Those whose term holds on a day."""
        return self.filter(Q(first_day__lte=day), Q(last_day__isnull=True) | Q(last_day__gte=day))

    def not_over(self, day: object) -> MembershipQuerySet:
        """Those whose term holds on a day or begins after it."""
        return self.filter(Q(last_day__isnull=True) | Q(last_day__gte=day))

    def for_list(self) -> MembershipQuerySet:
        """By panel and role, with person, seat and whom they stand in for."""
        whole = self.select_related("person", "panel", "seat__reserved_for", "substitutes__person", "declaration")
        return whole.order_by("panel__name", "role", "id")


class Membership(Record):
    """A person on a panel: in which seat, as what, for which term, and why they left."""

    class Part(models.TextChoices):
        """What they are there."""

        CHAIR = "chair", "Chair"
        VICE_CHAIR = "deputy", "Deputy chair"
        MEMBER = "member", "Member"
        SUBSTITUTE = "substitute", "Substitute"

    class Left(models.TextChoices):
        """Why somebody left."""

        TERM = "term", "The term was over"
        NOT_HEARD = "not_heard", "They did not feel heard"
        ACCESS = "access", "It was too hard to take part"
        TIME = "time", "No time, or other duties"
        HEALTH = "health", "Their own reasons"
        MOVED = "moved", "Moved away"
        ENDED = "ended", "The panel ended"
        OTHER = "other", "Another reason"

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.CASCADE, related_name="memberships")
    seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField("as what", max_length=10, choices=Part, default=Part.MEMBER)
    substitutes = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="substitute_rows", verbose_name="stands in for"
    )
    declaration = models.ForeignKey(
        DeclaredCommunity, models.SET_NULL, null=True, editable=False, related_name="+",
        help_text="Their own declaration, on which a reserved seat rests.",
    )  # fmt: skip
    lived_experience = models.BooleanField("they bring lived experience", default=False, help_text="As they say it.")
    first_day = models.DateField("from")
    last_day = models.DateField("until", null=True, blank=True, help_text="The last day of the term.")
    left_because = models.CharField("why they left", max_length=20, choices=Left, blank=True)
    left_words = models.CharField("in their words", max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "membership of a panel"
        verbose_name_plural = "memberships of panels"
        ordering = ["role", "id"]
        indexes = [
            models.Index(fields=["panel", "last_day"], name="membership_panel"),
            models.Index(fields=["person", "last_day"], name="membership_person"),
            models.Index(fields=["seat", "last_day"], name="membership_seat"),
            models.Index(fields=["modified_at", "id"], name="membership_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="membership_ends_after_it_starts",
                violation_error_message="The last day must be the first day or later.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.panel_id}"


class MemberNote(Guarded):
    """An interest a member declared, or training they had."""

    class Kind(models.TextChoices):
        """Which of the two."""

        INTEREST = "interest", "Interest declared"
        TRAINING = "training", "Training"

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind)
    happened_on = models.DateField("on")
    words = models.CharField(max_length=300)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "interest or training of a member"
        verbose_name_plural = "interests and training of members"
        ordering = ["-happened_on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.happened_on}"
