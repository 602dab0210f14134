"""What requests for other formats show on the home page."""

from __future__ import annotations

from typing import Any

from crm.base.actors import Actor, holds
from crm.base.kept import kept
from crm.base.timeline import Card, asks
from engagement.formats.models import READERS, FormatRequest

SHOWN = 6


@kept
def _own_requests(reader: Actor) -> Any:
    return FormatRequest.objects.visible_to(reader).open().filter(owner=reader.pk).for_list()[: SHOWN + 1]


@asks(lambda reader: [(_own_requests, reader)] if holds(reader, READERS) else [])
def home_card(reader: Actor) -> Card | None:
    """The reader's own requests that are still to do."""
    if not holds(reader, READERS):
        return None
    rows = _own_requests(reader)
    if not rows:
        return None
    shows = {"requests": rows[:SHOWN], "more": len(rows) > SHOWN, "late": sum(row.is_late for row in rows)}
    return Card("workspace/formats/card_home.html", shows, order=22)
