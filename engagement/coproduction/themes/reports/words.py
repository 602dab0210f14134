"""What people said, as far as the reader may read it: the points of a theme, and the themes of points."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.base.together import each_once
from engagement.coproduction.themes.models import Theme, ThemePoint
from engagement.coproduction.themes.reports.nesting import lying_in
from engagement.log.models import Point


def points_of(theme: Theme, *, reader: Actor) -> QuerySet[Point]:
    """The points that belong there now and that the reader may read, those that may be quoted first, newest first."""
    return _in_themes([theme.pk], reader=reader)


def points_in(theme: Theme, *, reader: Actor) -> QuerySet[Point]:
    """The same with those of the themes that lie in it: the words behind its figures. 1 query before they are read."""
    return _in_themes(lying_in([theme.pk], timezone.localdate())[theme.pk], reader=reader)


def _in_themes(themes: Collection[UUID], *, reader: Actor) -> QuerySet[Point]:
    here = ThemePoint.objects.filter(theme__in=themes, until=None).values("point")
    rows = Point.objects.visible_to(reader).standing().filter(pk__in=here)
    return rows.select_related("event", "language", "through").order_by("-quoting", "-event__occurred_on", "-id")


def with_counts(themes: QuerySet[Any]) -> QuerySet[Any]:
    """Themes with `points`: how many of their own belong there now, restricted contacts left out; and `inside`: how
    many themes lie directly in them."""
    counted = (
        ThemePoint.objects.standing().countable().filter(theme=OuterRef("pk")).order_by().values("theme")
    ).annotate(number=Count("point", distinct=True))
    inside = Theme.objects.filter(parent=OuterRef("pk")).order_by().values("parent").annotate(number=Count("pk"))
    annotated: QuerySet[Any] = themes.annotate(
        points=Coalesce(Subquery(counted.values("number")), 0), inside=Coalesce(Subquery(inside.values("number")), 0)
    )
    return annotated


@kept
def gathered_in(reader: Actor, points: tuple[UUID, ...]) -> Any:
    """In which themes that this reader may see each of these points lies now, with the themes, by name."""
    seen = Q(theme__in=Theme.objects.visible_to(reader).order_by())
    rows = ThemePoint.objects.filter(seen, point__in=points, until=None).select_related("theme")
    return rows.order_by("theme__name", "theme_id")


def themes_of(points: Sequence[UUID], *, reader: Actor) -> dict[UUID, list[Theme]]:
    """Point → the themes it belongs to now, by name. 1 query."""
    found: dict[UUID, list[Theme]] = {}
    for row in gathered_in(reader, each_once(points)) if points else ():
        found.setdefault(row.point_id, []).append(row.theme)
    return found
