"""What the tests of panels share: a panel, a seat, a member, and what somebody declared for keeping seats."""

from __future__ import annotations

from django.utils import timezone

from crm.base.actors import SYSTEM
from crm.declared.actions import declare_community
from crm.declared.details import DeclarationDetails
from crm.panels.actions.members import add_membership
from crm.panels.actions.panels import add_panel, add_seat
from crm.panels.details.panels import MembershipDetails, NatureDetails, PanelDetails, SeatDetails
from crm.panels.models import Panel
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from crm.privacy.actions import load_purposes
from crm.privacy.files import read_purposes
from crm.privacy.models import Purpose
from tests.world import LONG_AGO


def a_panel(world, name="East citizen panel", *, kind="citizen_panel", **changes):
    """A citizen panel of the East since long ago, unless told otherwise; the same one for the same name."""
    found = Panel.objects.filter(name=name).first()
    details = PanelDetails(name, **{"locality": world.east, "first_day": LONG_AGO, **changes})
    nature = NatureDetails(kind, "Say what care should be like")
    return found or add_panel(actor=world.lead, details=details, nature=nature)


def a_seat(world, name="Seat 1", *, panel=None, reserved_for=None):
    """A seat of the panel; reserved when a community is named; the same one for the same name."""
    panel = panel or a_panel(world)
    found = panel.seats.filter(name=name, ended_on=None).first()
    aim = "They are one in six here and nobody sits here" if reserved_for else ""
    details = SeatDetails(name, reserved_for, aim)
    return found or add_seat(actor=world.lead, panel=panel, details=details)


def somebody(world, name, *, actor=None, area=None):
    """One more person of the East, unless told otherwise."""
    return add_person(actor=actor or world.amina, details=PersonDetails(name=name, area=area or world.east_ward))


def a_member(world, person=None, *, panel=None, actor=None, **changes):
    """Parveen Begum sits on the panel since today, unless told otherwise."""
    details = MembershipDetails(**changes)
    person = person or world.person
    return add_membership(actor=actor or world.amina, panel=panel or a_panel(world), person=person, details=details)


def for_seats():
    """The purpose for which people tell us their community so that a seat can be kept."""
    if not Purpose.objects.filter(key="seats").exists():
        load_purposes(actor=SYSTEM, lines=read_purposes())
    return Purpose.objects.get(key="seats")


def declares(world, person=None, community=None, *, purpose=None, actor=None, on=None):
    """They said themselves that they belong to a community, today and for keeping seats unless told otherwise."""
    details = DeclarationDetails(community or world.community, purpose or for_seats(), on or timezone.localdate())
    return declare_community(actor=actor or world.amina, person=person or world.person, details=details)
