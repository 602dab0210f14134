"""Who may read and record what people allow us, and what they ask us to stop."""

from __future__ import annotations

from collections.abc import Sequence

from crm.base.actors import EVERYONE_ON_STAFF, FIELD_ROLES, OFFICE_ROLES, Actor, Role
from crm.base.permissions import permission
from crm.people.models import Person
from crm.privacy.models import ContactPermission, Objection, Purpose, Restriction

DECIDERS = frozenset({Role.LEAD, Role.MANAGER})
PURPOSE_KEEPERS = frozenset({Role.LEAD, Role.ADMINISTRATOR})


def _sees(actor: Actor, person: Person) -> bool:
    return Person.objects.visible_to(actor).filter(pk=person.pk).exists()


@permission("Read purposes", roles=EVERYONE_ON_STAFF, scope="read")
def read_purposes(*, actor: Actor) -> bool:
    """Everyone on the staff: what the council does and on what lawful basis is no secret."""
    return True


@permission("Add a purpose", roles=PURPOSE_KEEPERS, scope="admin")
def add_purpose(*, actor: Actor) -> bool:
    """EDI leads and administrators keep the council's purposes."""
    return True


@permission("Change a purpose", roles=PURPOSE_KEEPERS, scope="admin")
def change_purpose(*, actor: Actor, purpose: Purpose) -> bool:
    """EDI leads and administrators keep the council's purposes."""
    return True


@permission("Load purposes from a file", roles=(), scope="admin", system=True)
def load_purposes(*, actor: Actor) -> bool:
    """Only the system, by command or with the demonstration."""
    return True


@permission("Read what a person allows and asks us to stop", roles=FIELD_ROLES, scope="read")
def read_privacy(*, actor: Actor) -> bool:
    """Of people one may see. Leads and managers also what stopped people asked, so that they can decide and lift."""
    return True


@permission("Record that a person was told what we do with what we know", roles=FIELD_ROLES)
def record_notice(*, actor: Actor, person: Person) -> bool:
    """Everyone who may see the person."""
    return _sees(actor, person)


@permission("Record that a person gave permission to get in touch", roles=FIELD_ROLES)
def record_permission(*, actor: Actor, person: Person) -> bool:
    """Everyone who may see the person."""
    return _sees(actor, person)


@permission("Record that a person took a permission back", roles=FIELD_ROLES)
def withdraw_permission(*, actor: Actor, given: ContactPermission) -> bool:
    """Everyone who may see the person: taking back is as easy as giving (UK GDPR article 7)."""
    return ContactPermission.objects.visible_to(actor).filter(pk=given.pk).exists()


@permission("Record that a person objects", roles=FIELD_ROLES)
def record_objection(*, actor: Actor, person: Person) -> bool:
    """Everyone who may see the person."""
    return _sees(actor, person)


@permission("Decide on an objection", roles=DECIDERS)
def decide_objection(*, actor: Actor, objection: Objection) -> bool:
    """Leads and managers who may see the person, or lift the restriction of their record."""
    return Objection.objects.visible_to(actor).filter(pk=objection.pk).exists()


@permission("Stop using a person's record", roles=OFFICE_ROLES)
def restrict_person(*, actor: Actor, person: Person) -> bool:
    """Officers, leads and managers who may see the person."""
    return _sees(actor, person)


@permission("Read who asked us to stop using their record", roles=DECIDERS, scope="read")
def read_stopped_people(*, actor: Actor, people: Sequence[Person] = ()) -> bool:
    """Leads and managers of the person; each reading is audited."""
    wanted = {person.pk for person in people}
    return not wanted or Person.objects.held_for(actor).filter(pk__in=wanted).count() == len(wanted)


@permission("Use a stopped person's record again", roles=DECIDERS)
def lift_restriction(*, actor: Actor, restriction: Restriction) -> bool:
    """Leads and managers who find the stopped person."""
    return Person.objects.held_for(actor).filter(pk=restriction.person_id).exists()
