"""Who may read, add and change people."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from crm.base.actors import FIELD_ROLES, Actor, Role
from crm.base.permissions import permission
from crm.people.models import Intermediary, Person, Supporter


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


def _sees(actor: Actor, person_id: UUID) -> bool:
    return Person.objects.visible_to(actor).filter(pk=person_id).exists()


@permission("See which restricted people nobody can read any more", roles={Role.ADMINISTRATOR}, scope="admin")
def find_lost_people(*, actor: Actor) -> bool:
    """That there are such records, and of which team: no name and no content."""
    return True


@permission("Name a new reader of a person nobody can read any more", roles={Role.ADMINISTRATOR}, scope="admin")
def name_reader_of_person(*, actor: Actor, person: Person) -> bool:
    """Administrators, who do not see the person; audited."""
    return True


@permission("Read who supports a person, and through whom they are reached", roles=FIELD_ROLES, scope="read")
def read_around_people(*, actor: Actor) -> bool:
    """Of people one may see."""
    return True


@permission("Add who supports a person", roles=FIELD_ROLES)
def add_supporter(*, actor: Actor, person: Person) -> bool:
    """Everyone who may read the person."""
    return _sees(actor, person.pk)


@permission("Change who supports a person", roles=FIELD_ROLES)
def change_supporter(*, actor: Actor, supporter: Supporter) -> bool:
    """Everyone who may read the person."""
    return _sees(actor, supporter.person_id)


@permission("End who supports a person", roles=FIELD_ROLES)
def end_supporter(*, actor: Actor, supporter: Supporter) -> bool:
    """Everyone who may read the person."""
    return _sees(actor, supporter.person_id)


@permission("Add through whom a person is reached", roles=FIELD_ROLES)
def add_intermediary(*, actor: Actor, person: Person) -> bool:
    """Everyone who may read the person."""
    return _sees(actor, person.pk)


@permission("Change through whom a person is reached", roles=FIELD_ROLES)
def change_intermediary(*, actor: Actor, intermediary: Intermediary) -> bool:
    """Everyone who may read the person."""
    return _sees(actor, intermediary.person_id)


@permission("End through whom a person is reached", roles=FIELD_ROLES)
def end_intermediary(*, actor: Actor, intermediary: Intermediary) -> bool:
    """Everyone who may read the person."""
    return _sees(actor, intermediary.person_id)
