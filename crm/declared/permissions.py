"""Who may read and record the communities that people declare. Nobody else may know: not champions, not analysts."""

from __future__ import annotations

from collections.abc import Sequence

from crm.base.actors import OFFICE_ROLES, Actor
from crm.base.permissions import permission
from crm.declared.models import DeclaredCommunity
from crm.people.models import Person


@permission("Read the communities a person declared", roles=OFFICE_ROLES, scope="read")
def read_declared_communities(*, actor: Actor, people: Sequence[Person] = ()) -> bool:
    """Officers, leads and managers of the person; each reading is audited."""
    wanted = {person.pk for person in people}
    return not wanted or Person.objects.visible_to(actor).filter(pk__in=wanted).count() == len(wanted)


@permission("Record a community a person declared", roles=OFFICE_ROLES)
def declare_community(*, actor: Actor, person: Person) -> bool:
    """Officers, leads and managers of the person, when the person said so themselves."""
    return Person.objects.visible_to(actor).filter(pk=person.pk).exists()


@permission("Record that a declared community was taken back", roles=OFFICE_ROLES)
def withdraw_declaration(*, actor: Actor, declaration: DeclaredCommunity) -> bool:
    """Officers, leads and managers of the person."""
    return DeclaredCommunity.objects.visible_to(actor).filter(pk=declaration.pk).exists()
