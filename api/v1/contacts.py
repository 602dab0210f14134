"""The contact beside another record: its id is only for whoever may read it, as on the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from crm.base.actors import Actor
from crm.base.lookups import by_key
from engagement.log.models import EngagementEvent

ONLY_READ = "Null where there is none, or none that you may read."


def with_readable(rows: QuerySet[Any], reader: Actor, link: str) -> QuerySet[Any]:
    """The rows with `event_readable`: the contact that this link leads to, where the reader may read it."""
    shown: QuerySet[Any] = rows.annotate(event_readable=by_key(EngagementEvent.objects.visible_to(reader), link))
    return shown
