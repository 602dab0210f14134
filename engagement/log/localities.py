"""Which groups were met where, in which locality somebody meets people, and the localities of contacts and of who was
reached, kept right after a correction."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Subquery

from crm.accounts.models import User
from crm.areas.localities import find_localities_again
from crm.areas.models import Area
from crm.base.actors import FIELD_ROLES, Actor, scope_of
from engagement.log.models import EngagementEvent, Reach


def met_at_contacts_known_to(user: Actor) -> Exists:
    """Whether a group was met at a contact of which this user may know that it was."""
    return Exists(EngagementEvent.objects.summaries_visible_to(user).order_by().filter(organisations=OuterRef("pk")))


def only_locality_of(user: User) -> Area | None:
    """The one locality in which this user meets people; None for whoever does so in more than one, or anywhere."""
    scope = scope_of(user, FIELD_ROLES)
    if scope.everywhere or len(scope.localities) != 1:
        return None
    return next(grant.locality for grant in user.grants_today if grant.locality_id in scope.localities)


def find_localities_of_contacts_again(wards: Sequence[Area]) -> int:
    """Work the localities of contacts in these wards out anew; part of `load_areas`. Returns how many changed."""
    changed = find_localities_again(EngagementEvent, wards, day_field="occurred_on")
    if changed:
        of_event = EngagementEvent.objects.filter(pk=OuterRef("event")).values("locality")[:1]
        Reach.objects.filter(event__area__in=wards).update(locality=Subquery(of_event))
    return changed
