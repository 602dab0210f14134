"""The champion's role follows an appointment: it begins, changes and ends with the term, never later.

Parts of the actions of the room that keeps appointments; each writes inside the action that calls it.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.utils import timezone

from crm.accounts.models import Invitation, RoleGrant, User
from crm.areas.models import Area
from crm.audit.actions import lock, record, write
from crm.audit.verbs import Verb
from crm.base.actors import Role


def give_term(user: User, locality: Area, *, first_day: date, last_day: date) -> RoleGrant:
    """Let an account be champion of a locality for these days. A champion's role that it holds there already is taken
    over, so that none outlasts the term."""
    there = RoleGrant.objects.filter(
        user=user, role=Role.CHAMPION, locality=locality, team=None, first_day__lte=last_day
    )
    held = list(there.filter(Q(last_day__isnull=True) | Q(last_day__gte=first_day)).order_by("first_day", "id"))
    if not held:
        grant = RoleGrant(user=user, role=Role.CHAMPION, locality=locality, first_day=first_day, last_day=last_day)
        return write(grant, verb=Verb.ROLE_GIVEN)
    kept, *others = held
    for grant in others:
        _take_away(grant)
    kept = lock(kept)
    kept.first_day, kept.last_day = min(kept.first_day, first_day), last_day
    return write(kept, verb=Verb.ROLE_GIVEN)


def change_term(grant: RoleGrant, *, first_day: date, last_day: date) -> None:
    """Move the days of a role with its appointment."""
    fresh = lock(grant)
    begun = fresh.first_day <= timezone.localdate()  # what was held stays told
    fresh.first_day = min(fresh.first_day, first_day) if begun else first_day
    fresh.last_day = last_day
    write(fresh, verb=Verb.ROLE_GIVEN)


def end_term(grant: RoleGrant, last_day: date) -> None:
    """End a role after this day; when the day has passed already, at once."""
    fresh = lock(grant)
    last = max(last_day, timezone.localdate() - timedelta(days=1))
    if fresh.last_day is not None and fresh.last_day <= last:
        return
    if last < fresh.first_day:
        _take_away(fresh)
    else:
        fresh.last_day = last
        write(fresh, verb=Verb.ROLE_ENDED)


def _take_away(grant: RoleGrant) -> None:
    """A role that never held a whole day goes; another one ends yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    if grant.first_day <= yesterday:
        grant = lock(grant)
        grant.last_day = min(grant.last_day or yesterday, yesterday)
        write(grant, verb=Verb.ROLE_ENDED)
        return
    record(Verb.ROLE_ENDED, subject=grant, fields=["last_day"])
    RoleGrant.objects.filter(pk=grant.pk).delete()


def change_invitation(invitation: Invitation, *, first_day: date, last_day: date) -> None:
    """Move the days of a role that was offered and not taken up yet."""
    fresh = lock(invitation)
    if fresh.accepted_at is None and fresh.withdrawn_at is None:
        fresh.first_day, fresh.last_day = first_day, last_day
        write(fresh, verb=Verb.PERSON_INVITED)


def take_back(invitation: Invitation) -> None:
    """Make the link stop working, unless it was taken up."""
    fresh = lock(invitation)
    if fresh.accepted_at is None and fresh.withdrawn_at is None:
        fresh.withdrawn_at = timezone.now()
        write(fresh, verb=Verb.INVITATION_WITHDRAWN)
