"""That somebody asked to be erased, what was decided and why, and what was done. Of the erased no name stays, and of
their records only ids, for copies elsewhere."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from crm.accounts.models import Team, User
from crm.areas.models import Area
from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, Role, holds, scope_of
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.people.models import Person, one_of_people
from crm.privacy.models import a_month_after

DECIDERS = frozenset({Role.LEAD, Role.MANAGER})


class ErasureQuerySet(VisibleQuerySet["ErasureRequest"]):
    """Requests are seen with the person; of those carried out, that they were, by leads and managers."""

    def visible_to(self, user: Actor) -> ErasureQuerySet:
        """Those of people one may see, and for leads and managers those of stopped people and of the erased."""
        seen = Q(one_of_people(Person.objects.visible_to(user)))
        if holds(user, DECIDERS):
            seen |= Q(one_of_people(Person.objects.held_for(user))) | Q(person=None)
        return self.filter(seen)

    def for_list(self) -> ErasureQuerySet:
        """Those to decide first, what waits longest on top."""
        return self.select_related("person", "decided_by").order_by("decided_on", "asked_on", "id")


class ErasureRequest(Record):
    """Somebody asked us to delete what we know about them."""

    class Outcome(models.TextChoices):
        """What was decided."""

        OPEN = "open", "Not decided yet"
        GRANTED = "granted", "Granted: everything is erased"
        PART = "part", "Granted in part"
        REFUSED = "refused", "Refused"

    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="erasure_requests")
    asked_on = models.DateField("asked on")
    how = models.CharField("how they asked", max_length=150, help_text="Like: by letter, or at the drop-in to Amina.")
    words = models.CharField("in their words", max_length=300, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.OPEN, editable=False)
    reason = models.CharField(
        "why", max_length=500, blank=True, editable=False,
        help_text="In words the person can read: what is erased, what stays, and which law says so. No names.",
    )  # fmt: skip
    decided_on = models.DateField("decided on", null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+")
    erased_on = models.DateField("erased on", null=True, blank=True, editable=False)
    what_happened = models.JSONField(
        default=dict, blank=True, editable=False, help_text="Kind of record → how many were deleted, emptied, reworded."
    )

    objects = ErasureQuerySet.as_manager()

    class Meta:
        verbose_name = "request to be erased"
        verbose_name_plural = "requests to be erased"
        ordering = ["-asked_on", "-id"]
        indexes = [
            models.Index(fields=["decided_on", "asked_on", "id"], name="erasure_open"),
            models.Index(fields=["-created_at", "-id"], name="erasure_newest"),
            models.Index(fields=["modified_at", "id"], name="erasure_changed"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(outcome="open"), name="one_open_erasure_request",
                violation_error_message="They asked already. Decide on that request.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="open", decided_on=None) | (~Q(outcome="open") & Q(decided_on__isnull=False)),
                name="erasure_decided_has_a_day",
                violation_error_message="A decision has a day.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Request to be erased, {self.asked_on}"

    @property
    def decide_by(self) -> date:
        """The last day on which it may be decided: one month after they asked (UK GDPR article 12(3))."""
        return a_month_after(self.asked_on)

    @property
    def is_late(self) -> bool:
        """Whether it should have been decided by now."""
        return self.outcome == self.Outcome.OPEN and self.decide_by < timezone.localdate()


class GoneQuerySet(VisibleQuerySet["Gone"]):
    """That a record is gone is told to whoever could see it."""

    def visible_to(self, user: Actor) -> GoneQuerySet:
        """Those in an office of its team or locality, or all of them; champions of its locality; and colleagues by
        name, who alone are told of a restricted person. As it was when the record went."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        seen = Q(Exists(Gone.told.through.objects.filter(gone_id=OuterRef("pk"), user_id=user.pk)))
        if holds(user, OFFICE_ROLES):
            scope = scope_of(user, OFFICE_ROLES)
            near = Q() if scope.everywhere else Q(team__in=scope.teams) | Q(locality__in=scope.localities)
            seen |= Q(office=True) | near & Q(restricted=False)
        if holds(user, {Role.CHAMPION}):
            scope = scope_of(user, {Role.CHAMPION})
            here = Q() if scope.everywhere else Q(locality__in=scope.localities)
            seen |= here & Q(champions=True)
        return self.filter(seen)


class Gone(Guarded):
    """That a record with this id was here and was erased or taken away, so that copies of it elsewhere go too. Nothing
    else of it is kept: the id leads to nothing, and goes after a year. All else says who may be told."""

    id = models.UUIDField(primary_key=True, editable=False)
    kind = models.CharField(max_length=40, editable=False, help_text="The kind of record, like person.")
    gone_at = models.DateTimeField("erased at", editable=False)
    restricted = models.BooleanField(editable=False, help_text="Those of its team or locality are not told.")
    office = models.BooleanField(default=False, editable=False, help_text="Every officer, lead and manager is told.")
    champions = models.BooleanField(default=False, editable=False, help_text="Champions of its locality are told.")
    team = models.ForeignKey(Team, models.PROTECT, null=True, editable=False, related_name="+")
    locality = models.ForeignKey(Area, models.PROTECT, null=True, editable=False, related_name="+")
    told = models.ManyToManyField(User, editable=False, related_name="+", verbose_name="colleagues who are told")

    objects = GoneQuerySet.as_manager()

    class Meta:
        verbose_name = "record that is gone"
        verbose_name_plural = "records that are gone"
        indexes = [models.Index(fields=["kind", "gone_at", "id"], name="gone_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
