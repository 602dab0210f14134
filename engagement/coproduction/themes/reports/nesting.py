"""Which themes lie in which, on any day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from engagement.coproduction.themes.models import ThemeNesting, standing_on


def lying_in(themes: Collection[UUID], day: date) -> dict[UUID, set[UUID]]:
    """Each theme with itself and all that lay in it, however deep, at the end of a day. 1 query."""
    inside: dict[UUID, list[UUID]] = {}
    for theme, parent in ThemeNesting.objects.filter(standing_on(day)).values_list("theme_id", "parent_id"):
        inside.setdefault(parent, []).append(theme)
    return {theme: _all_in(theme, inside) for theme in themes}


def _all_in(theme: UUID, inside: dict[UUID, list[UUID]]) -> set[UUID]:
    found, ahead = {theme}, [theme]
    while ahead:
        new = [one for one in inside.get(ahead.pop(), ()) if one not in found]
        found.update(new)
        ahead += new
    return found
