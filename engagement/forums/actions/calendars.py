"""Private calendars: made and ended."""

from __future__ import annotations

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.people.models import Person
from engagement.forums.models import CalendarLink
from engagement.forums.permissions import calendars as permissions


@action(permissions.make_calendar_link)
def make_calendar_link(*, actor: User, person: Person | None = None) -> CalendarLink:
    """Make a private calendar for a person, or for oneself. Who has one keeps it: making it again changes nothing."""
    whose = {"user": actor} if person is None else {"person": person}
    standing = CalendarLink.objects.filter(**whose, ended_at=None).first()
    if standing is not None:
        return standing
    new = CalendarLink(**whose, made_by=actor)
    new.digest = CalendarLink.digest_of(new.secret)
    return write(new, verb=Verb.CALENDAR_LINK_MADE)


@action(permissions.end_calendar_link)
def end_calendar_link(*, actor: User, link: CalendarLink, expected_version: int | None = None) -> CalendarLink:
    """From this moment its address leads nowhere. Ending it again changes nothing. Raises `Stale`."""
    fresh = lock(link, expected_version=expected_version)
    fresh.ended_at = fresh.ended_at or timezone.now()
    return write(fresh, verb=Verb.CALENDAR_LINK_ENDED)
