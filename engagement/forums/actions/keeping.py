"""How an invitation is saved: their words are kept in its row alone, never in the audit."""

from __future__ import annotations

from crm.audit.actions import write
from crm.audit.verbs import Verb
from engagement.forums.answers import WORDS
from engagement.forums.models import Invitation


def keep(invitation: Invitation, *, verb: Verb) -> Invitation:
    """Save an invitation. Their words are kept in its row alone: the audit names the fields and holds no value."""
    stored = invitation.__dict__["_stored"]
    words = {name: getattr(invitation, name) for name in WORDS if getattr(invitation, name) != stored.get(name)}
    if words:
        Invitation.objects.filter(pk=invitation.pk).update(**words)
        stored.update(words)
    return write(invitation, verb=verb, linked=dict.fromkeys(words, ("", "")))
