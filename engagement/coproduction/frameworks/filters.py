"""How frameworks and their parts are narrowed down: one definition for the pages and the API."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from engagement.coproduction.frameworks.models import Framework


class FrameworkFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Frameworks by whether they hold today."""

    current = filters.BooleanFilter(method="holding", label="Holds today")

    class Meta:
        model = Framework
        fields: list[str] = []

    def holding(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those that hold today; with "false", the others."""
        now = Framework.objects.current().order_by().values("pk")
        found: QuerySet[Any] = rows.filter(pk__in=now) if value else rows.exclude(pk__in=now)
        return found
