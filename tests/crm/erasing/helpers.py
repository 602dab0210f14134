"""What the tests of erasing share: a request, and the traces of Parveen Begum."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from crm.base.writing import writing_allowed
from crm.erasing.actions import record_erasure
from crm.erasing.details import ErasureDetails, Looked
from crm.erasing.ledger import Erased
from crm.erasing.models import ErasureRequest
from tests.world import World

LOOKED = Looked(looked=True)
EVERYWHERE = Looked(elsewhere=True, looked=True)


def a_request(world: World, person: Any = None) -> ErasureRequest:
    """Parveen Begum asks to be erased, unless told otherwise; the request that waits, where there is one."""
    person = person or world.person
    found = ErasureRequest.objects.filter(person=person, outcome="open").first()
    details = ErasureDetails(timezone.localdate(), "By letter", "Please forget me")
    return found or record_erasure(actor=world.amina, person=person, details=details)


def granted(world: World) -> ErasureRequest:
    """Granted, and not carried out yet: as it stands between the two."""
    request = a_request(world)
    with writing_allowed():
        ErasureRequest.objects.filter(pk=request.pk).update(
            outcome="granted", decided_on=timezone.localdate(), decided_by=world.lead, reason="Not needed"
        )
    return ErasureRequest.objects.get(pk=request.pk)


def in_the_list(world: World) -> Erased:
    """The line that stands in the list beside the database when the world's own person was erased."""
    return Erased(world.person.pk, a_request(world).pk, timezone.localdate())
