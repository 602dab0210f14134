"""Appointments of EDI champions with their learning and handover, and roles in governance with what they influenced."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from crm.accounts.models import Invitation, RoleGrant
from crm.areas.models import Area
from crm.base.actors import Actor, Role, holds, scope_of
from crm.base.kept import inside, keys_seen
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.communities.models import Community
from crm.people.models import Person, one_of_people

ENDING_DAYS = 90  # a term that ends within so many days is worth looking for somebody now
STAFF_ROLES = frozenset({Role.OFFICER, Role.LEAD, Role.MANAGER})


class AppointmentQuerySet(VisibleQuerySet["Appointment"]):
    """Who stands for whom is known to those who work with champions."""

    def visible_to(self, user: Actor) -> AppointmentQuerySet:
        """Officers, leads and managers: all, so that they know whom to ask. Champions: those of their own localities,
        and their own."""
        if holds(user, STAFF_ROLES):
            return self
        if not holds(user, {Role.CHAMPION}):
            return self.none()
        scope = scope_of(user, {Role.CHAMPION})
        return self.filter(Q(locality__in=scope.localities) | Q(user=user.pk))

    def ending(self, today: date) -> AppointmentQuerySet:
        """Those that stand and end within 90 days."""
        return self.standing(today).filter(last_day__lte=today + timedelta(days=ENDING_DAYS))

    def standing(self, day: date) -> AppointmentQuerySet:
        """Those whose term holds on a day; one that ends that day holds that day and not the next."""
        return self.filter(Q(first_day__lte=day), Q(last_day__isnull=True) | Q(last_day__gte=day))

    def for_list(self) -> AppointmentQuerySet:
        """By locality and name, with who and for whom."""
        return (
            self.select_related("user", "locality")
            .prefetch_related("communities")
            .order_by("locality__name", "first_day", "id")
        )


class Appointment(Record):
    """An EDI champion's term: who, where, for which communities, with how much time, and what they may decide."""

    class Kind(models.TextChoices):
        """Whether they work for the council."""

        STAFF = "staff", "Member of staff"
        CITIZEN = "citizen", "Citizen"

    kind = models.CharField(max_length=10, choices=Kind)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="appointments",
        verbose_name="account", help_text="Their account in Heard, once they have one.",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="appointments",
        help_text="Their record as a citizen, if they have one.",
    )  # fmt: skip
    name = models.CharField("name they use", max_length=150, help_text="As colleagues and their groups know them.")
    locality = models.ForeignKey(Area, models.PROTECT, related_name="+")
    communities = models.ManyToManyField(
        Community, blank=True, related_name="appointments", help_text="For whom they stand; empty means for everybody."
    )
    first_day = models.DateField("from")
    last_day = models.DateField("until", null=True, blank=True, help_text="The last day of the term.")
    hours_a_month = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Hours they can give in a month.")
    may_decide = models.TextField(
        "what they may decide", blank=True, help_text="Like: the date and place of forums; up to £50 for food."
    )
    ended_reason = models.CharField(max_length=200, blank=True, editable=False)
    handed_over_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    handed_over_on = models.DateField(null=True, editable=False)
    grant = models.OneToOneField(
        RoleGrant, models.SET_NULL, null=True, editable=False, related_name="appointment",
        help_text="The role in Heard that lasts as long as the term.",
    )  # fmt: skip
    invitation = models.OneToOneField(
        Invitation, models.PROTECT, null=True, editable=False, related_name="appointment",
        help_text="The last invitation to open an account.",
    )  # fmt: skip

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "appointment of a champion"
        verbose_name_plural = "appointments of champions"
        ordering = ["locality__name", "first_day"]
        indexes = [models.Index(fields=["locality", "last_day", "first_day"], name="appointment_locality")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="appointment_ends_after_it_starts",
                violation_error_message="The last day must be the first day or later.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_over(self) -> bool:
        """Whether the last day has passed."""
        return self.last_day is not None and self.last_day < timezone.localdate()

    @property
    def is_coming(self) -> bool:
        """Whether the term has not begun."""
        return self.first_day > timezone.localdate()

    @property
    def days_left(self) -> int | None:
        """Days until the last day, which counts as 0; None where there is none or it has passed."""
        days = (self.last_day - timezone.localdate()).days if self.last_day else -1
        return days if days >= 0 else None

    @property
    def is_ending(self) -> bool:
        """Whether the term stands and its last day is near."""
        return not self.is_coming and self.days_left is not None and self.days_left <= ENDING_DAYS


class PartOfAppointmentQuerySet(VisibleQuerySet["Learning"]):
    """Seen with the appointment."""

    def visible_to(self, user: Actor) -> PartOfAppointmentQuerySet:
        """Those of appointments the user may see."""
        return self.filter(appointment__in=inside(keys_seen, user, Appointment))


class Learning(Record):
    """Induction, training or mentoring of a champion, received or given."""

    class Kind(models.TextChoices):
        """What it was."""

        INDUCTION = "induction", "Induction"
        TRAINING = "training", "Training"
        MENTORED = "mentored", "Mentoring received"
        MENTORS = "mentors", "Mentoring given"

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="learning")
    kind = models.CharField("what it was", max_length=10, choices=Kind)
    happened_on = models.DateField("on")
    words = models.CharField("about what", max_length=200)
    hours = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True, help_text="Hours, like 1.5.")
    other = models.CharField("with whom", max_length=150, blank=True, help_text="Who gave or received it, by role.")

    objects = PartOfAppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "learning of a champion"
        verbose_name_plural = "learning of champions"
        ordering = ["-happened_on", "-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.happened_on}"


class GovernanceRoleQuerySet(VisibleQuerySet["GovernanceRole"]):
    """Seen by whoever may see the person."""

    def visible_to(self, user: Actor) -> GovernanceRoleQuerySet:
        """Those of people the user may see."""
        return self.filter(one_of_people(Person.objects.visible_to(user)))

    def for_list(self) -> GovernanceRoleQuerySet:
        """Newest first, with the person and what they influenced."""
        return self.select_related("person").prefetch_related("influences").order_by("-first_day", "-id")


class GovernanceRole(Record):
    """A role model, expert by experience or lived-experience leader in a body that governs, for as long as they are."""

    class Kind(models.TextChoices):
        """What they are there."""

        ROLE_MODEL = "role_model", "Community role model"
        EXPERT = "expert", "Expert by experience"
        LEADER = "leader", "Lived-experience leader"

    person = models.ForeignKey(Person, models.CASCADE, related_name="governance_roles")
    kind = models.CharField("what they are", max_length=20, choices=Kind)
    body = models.CharField("where", max_length=200, help_text="The board, group or piece of work.")
    first_day = models.DateField("from")
    last_day = models.DateField("until", null=True, blank=True)

    objects = GovernanceRoleQuerySet.as_manager()

    class Meta:
        verbose_name = "role in governance"
        verbose_name_plural = "roles in governance"
        ordering = ["-first_day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="governance_role_ends_after_it_starts",
                violation_error_message="The last day must be the first day or later.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.body}"


class Influence(Guarded):
    """Something that came out differently because somebody in governance spoke."""

    role = models.ForeignKey(GovernanceRole, models.CASCADE, related_name="influences")
    happened_on = models.DateField("on")
    words = models.CharField("what they influenced", max_length=300)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "influence"
        ordering = ["-happened_on", "-id"]

    def __str__(self) -> str:
        return self.words
