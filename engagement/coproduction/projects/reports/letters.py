"""The letters that ask people how it felt, as far as a colleague may see to whom they go."""

from __future__ import annotations

from crm.base.actors import Actor
from crm.sending.models import Message
from engagement.coproduction.projects.letters_about import ABOUT
from engagement.coproduction.projects.models import FeltRound


def letters_of(asked: FeltRound, reader: Actor) -> list[Message]:
    """Those of a round that were not taken back, to people this reader may see; by name. 1 query."""
    rows = Message.objects.visible_to(reader).about(ABOUT, [asked.pk]).exclude(state=Message.State.WITHDRAWN)
    return list(rows.for_list().select_related("version_used__letter").order_by("person__name", "id"))
