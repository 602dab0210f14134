"""Whether needs were met, on the page of a contact and on the page of a need."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from crm.access.models import AccessNeed
from crm.base.actors import OFFICE_ROLES, Actor, holds
from crm.base.kept import kept, kept_for_all
from crm.base.timeline import Card, asks
from crm.base.together import each_once
from engagement.log.models import EngagementEvent
from engagement.needs.models import NeedOutcome

SHOWN = 20


@kept_for_all
def _noted(event: UUID) -> Any:
    return NeedOutcome.objects.filter(event=event)


@kept
def _needs(reader: Actor, people: tuple[UUID, ...]) -> Any:
    return AccessNeed.objects.visible_to(reader).filter(person__in=people).for_list()


def _present(reader: Actor, event: EngagementEvent) -> tuple[UUID, ...]:
    """The people who were there, where the reader may note whether their needs were met."""
    if event.is_withdrawn or not holds(reader, OFFICE_ROLES):
        return ()
    return each_once(row.person_id for row in event.contributions.all() if row.person_id)


def _asks(reader: Actor, event: EngagementEvent) -> list[tuple[Any, ...]]:
    present = _present(reader, event)
    return [(_noted, event.pk), (_needs, reader, present)] if present else []


@asks(_asks)
def needs_at(reader: Actor, event: EngagementEvent) -> Card | None:
    """On a contact's page: each known need of the people who were there, and whether it was met. 2 queries."""
    present = _present(reader, event)
    if not present:
        return None
    noted = {row.need_id: row for row in _noted(event.pk)}
    needs = _needs(reader, present)
    rows = [{"need": need, "outcome": noted.get(need.pk)} for need in needs if need.pk in noted or _stood(need, event)]
    return Card("workspace/needs/card_of_contact.html", {"event": event, "rows": rows}, order=10) if rows else None


def _stood(need: AccessNeed, event: EngagementEvent) -> bool:
    """Whether the need had not ended before that day. One told later counts: that we did not know is an answer."""
    return need.ended_on is None or need.ended_on >= event.occurred_on


def outcomes_of(reader: Actor, need: AccessNeed) -> Card | None:
    """On a need's page: each time it was, or was not, met, newest first. 1 query."""
    rows = NeedOutcome.objects.filter(need=need).select_related("event", "recorded_by")
    found = list(rows.order_by("-happened_on", "-id")[: SHOWN + 1])
    shows = {"need": need, "outcomes": found[:SHOWN], "more": len(found) > SHOWN}
    return Card("workspace/needs/card_of_need.html", shows, order=10)
