"""Loading the demonstration: every part, or nothing."""

from __future__ import annotations

from django.utils import timezone

from crm.areas.models import Council
from crm.audit.actions import action, record, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.demonstration import Say, demonstration_parts
from crm.base.rules import refuse_if
from crm.demonstration import permissions, rules


@action(permissions.load_demonstration)
def load_demonstration(*, actor: Actor, say: Say) -> None:
    """Load every part in its order, then mark the council as set up. Raises `Blocked` where a council's own data is."""
    refuse_if(rules.blockers_to_loading())
    for name in demonstration_parts.names():
        demonstration_parts[name](say)
    record(Verb.DEMONSTRATION_LOADED, kind="council")
    council = Council.objects.first()
    if council is not None:
        council.ready_at = timezone.now()
        write(council, verb=Verb.DEMONSTRATION_LOADED)
