"""How many people were reached, as far as it may be shown: communities lie in each other, so tables give each other
away unless they are hidden together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings

from crm.counting.figures import Table, table

Place = UUID | None


def people_shown(
    counted: Mapping[UUID, Mapping[Place, int]], nested: Mapping[UUID, Collection[UUID]]
) -> dict[UUID, Table[Any]]:
    """Community → its people by locality with their total, fit to be shown together.

    `counted` holds the true counts of places where people were counted, `nested` what lies in each community. Beyond
    the rule of one table, a number is hidden where it exceeds the shown numbers of the communities inside by few: who
    subtracts them would have the small number that was hidden.
    """
    shown: dict[UUID, Table[Any]] = {}
    for community in sorted(counted, key=lambda pk: len(nested.get(pk, ()))):  # the innermost first
        inside = [pk for pk in nested.get(community, ()) if pk in shown]
        counts = counted[community]
        few = [place for place, count in counts.items() if _gives_away(count, _shown_inside(inside, shown, place))]
        total = _gives_away(sum(counts.values()), [int(shown[pk].total.value or 0) for pk in inside])
        shown[community] = table(counts, also_hidden=few, hide_total=total)
    return shown


def _shown_inside(inside: Collection[UUID], shown: Mapping[UUID, Table[Any]], place: Place) -> list[int]:
    figures = [shown[pk].cells[place] for pk in inside if place in shown[pk].cells]
    return [figure.value for figure in figures if figure.value]


def _gives_away(count: int, inside: Collection[int]) -> bool:
    """Whether a count less the shown ones inside it would leave a few people."""
    left = [count - sum(inside), *(count - one for one in inside)] if inside else []
    return any(0 < rest < settings.SMALL_NUMBERS_UNDER for rest in left)
