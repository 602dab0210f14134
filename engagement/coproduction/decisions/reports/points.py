"""Which points a decision about some themes answers, and which a reader may read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from crm.base.actors import Actor
from engagement.coproduction.decisions.models import AnsweredPoint, Decision
from engagement.coproduction.themes.models import Theme, ThemePoint

DEEPEST = 10  # levels of themes in themes; nobody nests deeper, and a loop must end


def themes_within(themes: Iterable[Theme]) -> set[UUID]:
    """The ids of these themes and of all that lie in them. 1 query a level."""
    found = {theme.pk for theme in themes}
    newest = found
    for _ in range(DEEPEST):
        newest = set(Theme.objects.filter(parent__in=newest).values_list("pk", flat=True)) - found
        if not newest:
            break
        found = found | newest
    return found


def points_of_themes(themes: Sequence[Theme], *, said_by: date) -> dict[UUID, UUID]:
    """Point → the theme it belongs to, of all points that stand in these themes now and were made by a day: what is
    said after a decision is not answered by it."""
    if not themes:
        return {}
    rows = ThemePoint.objects.standing().filter(theme__in=themes_within(themes), point__event__occurred_on__lte=said_by)
    return dict(rows.order_by("-id").values_list("point", "theme"))


def answered_points(decision: Decision, *, reader: Actor) -> list[AnsweredPoint]:
    """The points a decision answers that this reader may read, first said first. 1 query."""
    rows = AnsweredPoint.objects.visible_to(reader).standing().filter(decision=decision)
    return list(rows.for_list().select_related("point__language"))
