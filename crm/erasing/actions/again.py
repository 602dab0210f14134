"""After an old backup came back: whoever was erased since is erased again."""

from __future__ import annotations

from django.utils import timezone

from crm.audit.actions import action, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.erasing import permissions
from crm.erasing.actions.carrying_out import erase_everywhere, erase_parts
from crm.erasing.details import Looked
from crm.erasing.ledger import Erased
from crm.erasing.models import ErasureRequest
from crm.people.models import Person

AGAIN = "Erased again, because an older copy of the records was put back."


@action(permissions.erase_again)
def erase_again(*, actor: Actor, erased: Erased) -> bool:
    """Erase somebody again as it was decided then; False when they did not come back. Other spellings and files are in
    no list: somebody looks at them again. A request that came back open is granted by it."""
    person = Person.objects.select_for_update(of=("self",)).filter(pk=erased.person).first()
    if person is None:
        return False
    asked = ErasureRequest.objects.filter(pk=erased.request).first()
    counted = erase_parts(person, erased.parts) if erased.parts else erase_everywhere(person, Looked(erased.elsewhere))
    if asked is not None:
        done = ErasureRequest.objects.get(pk=asked.pk)
        done.outcome = ErasureRequest.Outcome.PART if erased.parts else ErasureRequest.Outcome.GRANTED
        done.decided_on, done.reason = done.decided_on or erased.on, done.reason or AGAIN
        done.erased_on, done.what_happened = timezone.localdate(), dict(counted)
        if not erased.parts:
            done.words, done.how = "", "(taken out)"
        write(done, verb=Verb.PERSON_ERASED, forgets=True)
    return True
