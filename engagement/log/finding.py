"""Points are found by what people said, in the language they said it and in English."""

from __future__ import annotations

from django.urls import reverse

from crm.search.registry import SearchKind, excerpt, search_kinds
from engagement.log.marks import mark_restricted
from engagement.log.models import Point
from engagement.log.permissions import read_events


def register_kinds() -> None:
    """Put them in."""
    search_kinds.add(POINTS.name, POINTS)


def _excerpt(point: Point) -> str:
    return excerpt(point.translation or point.words)


POINTS = SearchKind(
    name="point",
    heading="What people told us",
    model=Point,
    permission=read_events,
    words_of=lambda point: f"{point.words} {point.translation}",
    visible=lambda reader: Point.objects.visible_to(reader).standing().select_related("event"),
    title=_excerpt,
    note=lambda point: f"{point.event.occurred_on:%-d %B %Y}",
    address=lambda point: reverse("workspace:contact", args=[point.event_id]),
    prose=True,
    mark=mark_restricted,
)
