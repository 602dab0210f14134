"""Where champions stand and where nobody does, beside how quiet it is there."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from crm.areas.models import Area
from crm.base.views import WorkspacePage
from engagement.hearing import permissions
from engagement.hearing.reports.coverage import by_locality, cover, gaps, going

FIRST = 12


class CoveragePage(WorkspacePage):
    """Locality by community: who stands, who goes within 90 days, who is missing. One locality, or all of them."""

    permission = permissions.read_coverage
    template_name = "workspace/hearing/coverage.html"
    title = "Where champions stand"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The gaps first, then each locality: its quiet communities, and all others."""
        localities = list(Area.objects.visible_to(self.user).localities().on(timezone.localdate()))
        asked = self.request.GET.get("locality", "")
        place = next((one for one in localities if str(one.pk) == asked), None)
        cells = cover([place] if place else localities)
        missing = gaps(cells)
        return super().get_context_data(
            localities=localities,
            place=place,
            gaps=missing[:FIRST],
            more_gaps=max(len(missing) - FIRST, 0),
            going=going(cells),
            places=by_locality(cells),
            **kwargs,
        )
