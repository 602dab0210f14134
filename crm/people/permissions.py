"""Who may read, add and change people."""

from __future__ import annotations

from collections.abc import Sequence

from crm.base.actors import FIELD_ROLES, Actor
from crm.base.permissions import permission
from crm.people.models import Person


@permission("Read people", roles=FIELD_ROLES, scope="read")
def read_people(*, actor: Actor) -> bool:
    """People of one's team or locality; champions those they entered; restricted people by name only."""
    return True


@permission("Read restricted people", roles=FIELD_ROLES, scope="read")
def read_restricted_people(*, actor: Actor, people: Sequence[Person]) -> bool:
    """The readers named on each of them, and nobody else; every reading is audited."""
    wanted = {person.pk for person in people}
    return Person.objects.visible_to(actor).filter(pk__in=wanted).count() == len(wanted)


@permission("Add a person", roles=FIELD_ROLES)
def add_person(*, actor: Actor) -> bool:
    """Everyone who meets people."""
    return True


@permission("Change a person", roles=FIELD_ROLES)
def change_person(*, actor: Actor, person: Person) -> bool:
    """Everyone who may read the person."""
    return Person.objects.visible_to(actor).filter(pk=person.pk).exists()
