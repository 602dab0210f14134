"""Where something lies: in a ward, which says the locality and everything else around it."""

from __future__ import annotations

from collections.abc import Iterator

from crm.areas.models import Area, AreaKind
from crm.base.rules import Blocker

NO_WARD = Blocker("not_a_ward", "Choose a ward, not a larger area", "area")


def in_a_ward(area: Area | None) -> Iterator[Blocker]:
    """Why nothing can be said to lie there: a larger area says no locality, so that the record would be in none."""
    if area is not None and area.kind != AreaKind.WARD:
        yield NO_WARD
