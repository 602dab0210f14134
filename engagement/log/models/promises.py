"""Promises: what we said we would do, for whom, by when, and whether we did."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.lookups import among, by_key
from crm.base.models import Guarded, Record, VisibleQuerySet
from crm.communities.models import Community
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.log.models.events import EngagementEvent


class PromiseQuerySet(VisibleQuerySet["Promise"]):
    """Promises."""

    def visible_to(self, user: Actor) -> PromiseQuerySet:
        """Those of contacts whose words the user may read, and those the user must keep unless the contact is
        restricted."""
        if not holds(user, FIELD_ROLES):
            return self.none()
        readable = among(EngagementEvent.objects.visible_to(user), "event")
        return self.filter(readable | Q(owner=user.pk, event__restricted=False))

    def open(self) -> PromiseQuerySet:
        """Neither kept, broken nor withdrawn, on a contact that stands."""
        return self.filter(state=Promise.State.OPEN, event__withdrawn_at=None)

    def late(self, today: date | None = None) -> PromiseQuerySet:
        """Open, and due before today."""
        return self.open().filter(due_on__lt=today or timezone.localdate())

    def for_list(self) -> PromiseQuerySet:
        """Soonest due first, so that late ones lead, with what a row shows."""
        return self.select_related("event", "owner", "to_person", "to_organisation", "to_community").order_by(
            "due_on", "id"
        )

    def for_reader(self, user: Actor) -> PromiseQuerySet:
        """`for_list`, and in `sees_person` the person it was made to where the reader may see them: a promise can be
        read by somebody who may not."""
        return self.for_list().annotate(sees_person=by_key(Person.objects.visible_to(user), "to_person"))


def _to(kind: str) -> models.Index:
    """An index of the promises to somebody of this kind."""
    made_to = Q(**{f"to_{kind}__isnull": False})
    return models.Index(fields=[f"to_{kind}", "state", "due_on"], name=f"promise_{kind}", condition=made_to)


class Promise(Record):
    """Something we said we would do. *Late* is worked out from the date and never stored."""

    class State(models.TextChoices):
        """What became of it."""

        OPEN = "open", "Open"
        KEPT = "kept", "Kept"
        BROKEN = "broken", "Broken"
        WITHDRAWN = "withdrawn", "Withdrawn"

    event = models.ForeignKey(EngagementEvent, models.PROTECT, related_name="promises")
    words = models.CharField("what we promised", max_length=500)
    due_on = models.DateField("by when")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="promises", verbose_name="who keeps it"
    )
    to_person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="promises", db_index=False
    )
    to_organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="promises", db_index=False
    )
    to_community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="promises", db_index=False
    )
    state = models.CharField(max_length=10, choices=State, default=State.OPEN, editable=False)
    settled_on = models.DateField("kept, broken or withdrawn on", null=True, blank=True, editable=False)
    settled_words = models.CharField("how, or why not", max_length=500, blank=True, editable=False)

    objects = PromiseQuerySet.as_manager()

    class Meta:
        verbose_name = "promise"
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["owner", "state", "due_on"], name="promise_owner"),
            models.Index(fields=["state", "due_on", "id"], name="promise_due"),
            models.Index(fields=["due_on", "id"], name="promise_soonest"),
            # Without the promises to nobody in particular: counting those, SQLite takes each column to hold one value
            # mostly, and looks through all open promises for those to one person.
            _to("person"),
            _to("organisation"),
            _to("community"),
            models.Index(fields=["modified_at", "id"], name="promise_changed"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="promise_has_words",
                violation_error_message="Write what you promised",
            )
        ]

    def __str__(self) -> str:
        return f"Promise {self.pk}"

    @property
    def is_void(self) -> bool:
        """Still open on a contact that was withdrawn: nobody waits for it."""
        return self.state == self.State.OPEN and self.event.is_withdrawn

    @property
    def is_late(self) -> bool:
        """Open and due before today, on a contact that stands."""
        return self.state == self.State.OPEN and self.due_on < timezone.localdate() and not self.is_void

    @property
    def days_late(self) -> int:
        """Days since it was due; 0 when it is not late."""
        return (timezone.localdate() - self.due_on).days if self.is_late else 0


class PromiseChange(Guarded):
    """A promise was changed, or opened again: what it said before, by when, what had become of it, who did it and
    why."""

    promise = models.ForeignKey(Promise, models.CASCADE, related_name="changes")
    changed_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words_before = models.CharField(max_length=500)
    due_before = models.DateField()
    state_before = models.CharField(max_length=10, choices=Promise.State, default=Promise.State.OPEN)
    settled_before = models.DateField("kept, broken or withdrawn on", null=True, blank=True)
    settled_words_before = models.CharField("how, or why not", max_length=500, blank=True)
    reason = models.CharField(max_length=300)

    objects = VisibleQuerySet.as_manager()

    class Meta:
        verbose_name = "change of a promise"
        ordering = ["changed_at", "id"]

    def __str__(self) -> str:
        return f"Change of {self.promise_id}"

    @property
    def opened_again(self) -> bool:
        """Whether the promise had been kept, broken or withdrawn."""
        return self.state_before != Promise.State.OPEN
