"""Who may read calendars, and who makes and ends private ones."""

from __future__ import annotations

from crm.base.actors import EVERYONE_ON_STAFF, FIELD_ROLES, Actor
from crm.base.permissions import permission, public
from crm.people.models import Person
from engagement.forums.models import CalendarLink

PUBLIC_CALENDARS = public("public_calendars", "Subscribe to the calendars of public forums")


@permission("Read a private calendar by its address", public=True, scope="read")
def read_private_calendar(*, actor: Actor) -> bool:
    """Whoever has its address, until it is ended, the person's record is stopped or the account is closed."""
    return True


@permission("Read the addresses of calendars", roles=EVERYONE_ON_STAFF, scope="read")
def read_calendars(*, actor: Actor) -> bool:
    """Everyone on the staff: of public calendars. Private ones: one's own, and those of people one may see."""
    return True


@permission("List private calendars", roles=FIELD_ROLES, scope="read")
def list_calendar_links(*, actor: Actor) -> bool:
    """One's own, and those of people one may see; never their addresses."""
    return True


@permission("Make a private calendar", roles=FIELD_ROLES)
def make_calendar_link(*, actor: Actor, person: Person | None = None) -> bool:
    """Those who work in the field: for themselves, and for people they may see."""
    return person is None or Person.objects.visible_to(actor).filter(pk=person.pk).exists()


@permission("End a private calendar", roles=FIELD_ROLES)
def end_calendar_link(*, actor: Actor, link: CalendarLink) -> bool:
    """One's own, and those of people one may see."""
    return CalendarLink.objects.visible_to(actor).filter(pk=link.pk).exists()
