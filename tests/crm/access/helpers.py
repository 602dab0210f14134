"""What the tests of access needs share: types from the shipped list, and a need written down."""

from __future__ import annotations

from crm.access.actions import load_need_types, note_no_need, record_need
from crm.access.details import NeedDetails, NoNeedDetails
from crm.access.files import shipped_need_types
from crm.access.models import NeedType
from crm.base.actors import SYSTEM
from crm.base.writing import writing_allowed
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from crm.people.models import Supporter


def a_type(key="bsl-interpreter"):
    """A type of the shipped list."""
    if not NeedType.objects.exists():
        load_need_types(actor=SYSTEM, lines=shipped_need_types())
    return NeedType.objects.get(key=key)


def a_need(world, key="bsl-interpreter", *, actor=None, person=None, **changes):
    """A need of Parveen Begum, written down by Amina, unless told otherwise."""
    details = NeedDetails(type=a_type(key), **changes)
    return record_need(actor=actor or world.amina, person=person or world.person, details=details)


def a_no_need(world, *, actor=None, person=None, **changes):
    """Parveen Begum was asked by Amina and needs nothing, unless told otherwise."""
    details = NoNeedDetails(**changes)
    return note_no_need(actor=actor or world.amina, person=person or world.person, details=details)


def somebody_who_needs_nothing(world, name="Needs Nothing"):
    """One more person of the East, asked by Amina."""
    person = add_person(actor=world.amina, details=PersonDetails(name=name, area=world.east_ward))
    return a_no_need(world, person=person)


def her_father(world, person=None):
    """Somebody who supports Parveen Begum and has needs of his own."""
    with writing_allowed():
        return Supporter.objects.create(person=person or world.person, kind="family", relation="her father")
