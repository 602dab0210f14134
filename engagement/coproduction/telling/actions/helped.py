"""Somebody says, by the link of their answer, whether it helped. Only a tally grows; who said what is kept nowhere."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db.models import F

from crm.audit.actions import action, attach, lock, record
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_if, refuse_input_if
from engagement.coproduction.decisions.models import Decision
from engagement.coproduction.telling import permissions, rules
from engagement.coproduction.telling.models import HelpTally, SpentLink, Telling


def _digest_of(telling: Telling) -> str:
    """What is written down when a link was used. Without the installation's secret it leads to nobody."""
    return hashlib.blake2b(telling.pk.bytes, key=settings.SECRET_KEY.encode()[:64], digest_size=32).hexdigest()


@action(permissions.answer_whether_it_helped)
def answer_whether_it_helped(*, actor: Actor, telling: Telling, helped: str) -> None:
    """Count an answer once. Raises `InputBlocked` for one that is not offered, `Blocked` when the link was used."""
    about = lock(telling.about)  # two first answers at once must not make two tallies
    digest = _digest_of(telling)
    found = list(rules.blockers_to_saying_whether_it_helped(helped, used=SpentLink.objects.filter(pk=digest).exists()))
    refuse_input_if([blocker for blocker in found if blocker.field])
    refuse_if(found)
    of = {"decision": about} if isinstance(about, Decision) else {"outcome": about}
    tally = HelpTally.objects.filter(**of, helped=helped)
    if not tally.update(answers=F("answers") + 1):
        attach([HelpTally(**of, helped=helped, answers=1)])
    attach([SpentLink(digest=digest)])
    record(Verb.HELP_ANSWERED, kind="helptally")
