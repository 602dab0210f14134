"""The contact beside another record: its id is only for whoever may read it, as on the pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from crm.base.actors import Actor
from engagement.log.models import EngagementEvent

ONLY_READ = "Null where there is none, or none that you may read."


def with_readable(rows: QuerySet[Any], reader: Actor, link: str) -> QuerySet[Any]:
    """The rows with `event_readable`: whether the reader may read the contact that this link leads to."""
    readable = EngagementEvent.objects.visible_to(reader).order_by().filter(pk=OuterRef(link))
    shown: QuerySet[Any] = rows.annotate(event_readable=Exists(readable))
    return shown
