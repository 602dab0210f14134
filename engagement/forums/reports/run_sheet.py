"""The run sheet of a forum: who comes, what to do for each, who meets whom. What to do, and never why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm.base.actors import Actor
from engagement.forums.models import Arrangement, Forum, Invitation
from engagement.forums.there import Standing, standing

READ_IN_HEARD = "Something they asked for: read it in Heard before they come"


@dataclass(frozen=True)
class ToDo:
    """What to do for somebody, whether it is there, and with whom it is booked."""

    words: str
    sure: bool
    supplier: str


@dataclass(frozen=True)
class Coming:
    """Somebody who comes, with what to do for them."""

    invitation: Invitation
    to_do: Sequence[ToDo]


@dataclass(frozen=True)
class RunSheet:
    """Who comes, as this reader may know it; `for_others` is what to do for people they may not see."""

    coming: Sequence[Coming]
    for_others: Sequence[ToDo]
    others: int

    @property
    def heads(self) -> int:
        """How many people come, of those that are named."""
        return sum(one.invitation.heads for one in self.coming)


def run_sheet_of(forum: Forum, reader: Actor) -> RunSheet:
    """The sheet. 5 queries, however many come."""
    everybody = Invitation.objects.coming().filter(forum=forum)
    seen = list(everybody.visible_to(reader).for_list())
    rows = list(Arrangement.objects.filter(forum=forum).standing().for_list())
    readable = set(Arrangement.objects.visible_to(reader).filter(forum=forum).order_by().values_list("pk", flat=True))
    shown = {one.pk for one in seen}
    by_invitation: dict[Any, list[ToDo]] = defaultdict(list)
    others: list[ToDo] = []
    for one in standing(rows):
        known = one.row.pk in readable and one.row.invitation_id in shown
        (by_invitation[one.row.invitation_id] if known else others).append(_to_do(one))
    coming = [Coming(one, by_invitation.get(one.pk, ())) for one in sorted(seen, key=lambda one: one.name.casefold())]
    return RunSheet(coming, others, everybody.order_by().count() - len(seen))


def _to_do(one: Standing) -> ToDo:
    row = one.row
    words = READ_IN_HEARD if row.type is None else row.what_to_do
    return ToDo(words, one.is_met, row.supplier if row.is_sure else "")
