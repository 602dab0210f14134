"""What the tests of privacy share: a purpose, and one of each thing that hangs on Parveen Begum."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from crm.base.writing import writing_allowed
from crm.declared.actions import declare_community
from crm.declared.details import DeclarationDetails
from crm.people.actions import add_intermediary, add_person, add_supporter
from crm.people.details import IntermediaryDetails, PersonDetails, SupporterDetails
from crm.privacy import actions
from crm.privacy.details import (
    BasisDetails,
    NoticeDetails,
    ObjectionDetails,
    PermissionDetails,
    PurposeDetails,
    RestrictionDetails,
)
from crm.privacy.models import Purpose
from engagement.log.actions import restrict_event
from tests.world import World


def a_purpose(world: World, name: str = "Invite you to forums", **changes: Any) -> Purpose:
    """A purpose that asks first and rests on public task, unless told otherwise; the same one for the same name."""
    details = PurposeDetails(**{"name": name, "asks_permission": True, "bases": [BasisDetails()], **changes})
    found = Purpose.objects.filter(name=name).first()
    return found or actions.add_purpose(actor=world.lead, details=details)


def a_permission(world: World, person: Any = None, **changes: Any) -> Any:
    """They said that we may get in touch."""
    told = {"purpose": a_purpose(world), "given_on": timezone.localdate(), "how": "At the drop-in", **changes}
    return actions.record_permission(
        actor=world.amina, person=person or world.person, details=PermissionDetails(**told)
    )


def an_objection(world: World, person: Any = None, purpose: Purpose | None = None) -> Any:
    """They object: to everything, unless a purpose is named."""
    details = ObjectionDetails(timezone.localdate(), purpose, "Enough")
    return actions.record_objection(actor=world.amina, person=person or world.person, details=details)


def a_notice(world: World, person: Any = None) -> Any:
    """They were told what we do."""
    details = NoticeDetails(timezone.localdate(), "spoken", world.urdu)
    return actions.record_notice(actor=world.amina, person=person or world.person, details=details)


def stopped(world: World, person: Any = None, actor: Any = None) -> Any:
    """Their record may only be stored from now on."""
    details = RestrictionDetails(timezone.localdate(), words="Leave it alone")
    return actions.restrict_person(actor=actor or world.amina, person=person or world.person, details=details)


def stopped_somebody_else(world: World) -> Any:
    """The restriction of another person, so that the world's own stays."""
    return stopped(world, add_person_of(world, "Gone Away"))


def add_person_of(world: World, name: str, **changes: Any) -> Any:
    """One more person of the East, whom Amina entered."""
    return add_person(actor=world.amina, details=PersonDetails(name=name, area=world.east_ward, **changes))


def a_supporter(world: World, person: Any = None, **changes: Any) -> Any:
    """Her father stands beside Parveen Begum."""
    details = SupporterDetails(**{"relation": "her father", "kind": "family", **changes})
    return add_supporter(actor=world.amina, person=person or world.person, details=details)


def an_intermediary(world: World, person: Any = None, **changes: Any) -> Any:
    """She is reached through her group, and said so herself."""
    told = {"agreed_by": "She said so", "agreed_on": timezone.localdate(), "through_organisation": world.group}
    details = IntermediaryDetails(**{**told, **changes})
    return add_intermediary(actor=world.amina, person=person or world.person, details=details)


def a_declaration(world: World, person: Any = None, community: Any = None) -> Any:
    """She named her community, for one purpose."""
    details = DeclarationDetails(community or world.community, a_purpose(world), timezone.localdate())
    return declare_community(actor=world.amina, person=person or world.person, details=details)


def _leaves(user: Any) -> None:
    with writing_allowed():
        user.grants.update(last_day=timezone.localdate() - timedelta(days=1))


def lost_to_everybody(world: World, name: str = "Nobody Knows") -> tuple[Any, Any]:
    """A restricted person and a restricted contact whose only reader left long ago; the rest of the cast stays."""
    records = add_person_of(world, name), world.contact(organisations=[world.south_group])
    with writing_allowed():
        for record in records:
            type(record).objects.filter(pk=record.pk).update(restricted=True)
            record.named_readers.set([world.leaver])
    return records


def a_lost_person(world: World) -> Any:
    """A restricted person whose only reader has left."""
    details = PersonDetails(name="Only Joe Knows", restricted=True, named_readers=[world.joe])
    person = add_person(actor=world.joe, details=details)
    _leaves(world.joe)
    return person


def a_lost_event(world: World) -> Any:
    """A restricted contact whose only reader has left."""
    event = world.contact(actor=world.joe, organisations=[world.south_group])
    restrict_event(actor=world.joe, event=event, readers=[world.joe])
    _leaves(world.joe)
    return event
