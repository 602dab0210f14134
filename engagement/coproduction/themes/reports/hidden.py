"""The figures of a theme for colleagues who count or publish and meet nobody.

Whoever meets people knows of every contact that it was held, with whom and about what, so the numbers of points are no
news to them. Others read them as anyone outside would: each point is taken for a person, every number is told roughly
(`crm.counting.batches.roughly`), as of the end of a month, and only what is not a few is named at all. So no number
less another, of a part, of a theme inside or of another month, is surely a few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.counting.batches import roughly
from crm.counting.figures import Figure
from crm.counting.months import last_month_end
from engagement.coproduction.themes.models import Theme
from engagement.coproduction.themes.reports.figures import Figures, Named, figures_of


@dataclass(frozen=True)
class Shown:
    """A community, locality or group with about how many points come from there."""

    pk: UUID | None
    name: str
    points: Figure


@dataclass(frozen=True)
class HiddenFigures:
    """What may be shown, about. The lists name those of which a number may be shown, by name: the order of their
    numbers is none of them."""

    as_known_on: date
    points: Figure
    asking: Figure
    direct: Figure
    communities: Sequence[Shown]
    localities: Sequence[Shown]
    through: Sequence[Shown]


def counts_exactly(reader: Actor) -> bool:
    """Whether this colleague reads points counted as they are."""
    return holds(reader, FIELD_ROLES)


def ends_a_month(day: date) -> bool:
    """Whether it is the last day of a month that is over."""
    return (day + timedelta(days=1)).day == 1 and day <= last_month_end()


def figures_for(theme: Theme, day: date, *, reader: Actor) -> Figures | HiddenFigures:
    """The figures as this reader may have them."""
    return figures_of(theme, day) if counts_exactly(reader) else hidden_figures(theme, day)


def hidden_figures(theme: Theme, day: date) -> HiddenFigures:
    """Count, and tell roughly. 3 queries, however many points."""
    exact = figures_of(theme, day)
    return HiddenFigures(
        day, _about(exact.points), _about(exact.asking), _about(exact.direct),
        _shown(exact.communities), _shown(exact.localities), _shown(exact.through),
    )  # fmt: skip


def _about(number: int) -> Figure:
    return Figure(roughly(number))


def _shown(counted: Sequence[Named]) -> list[Shown]:
    found = [Shown(one.pk, one.name, _about(one.points)) for one in counted]
    return sorted(
        (one for one in found if not one.points.is_hidden), key=lambda one: (one.pk is None, one.name, str(one.pk))
    )
