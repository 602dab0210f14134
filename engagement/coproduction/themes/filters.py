"""How themes and their points are narrowed down: one definition for the pages and the API."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from crm.accounts.models import User
from crm.areas.models import Area, AreaKind
from crm.base.filters import seen
from engagement.coproduction.themes.models import Theme, ThemePoint
from engagement.log.models import Point


class ThemeFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Themes by state, place, owner and what they lie in."""

    state = filters.ChoiceFilter(choices=Theme.State.choices, label="State", empty_label="All")
    mine = filters.BooleanFilter(method="only_mine", label="Only mine")
    locality = filters.ModelChoiceFilter(
        queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    owner = filters.ModelChoiceFilter(queryset=seen(User), label="Who looks after it", empty_label="All")
    parent = filters.ModelChoiceFilter(queryset=seen(Theme), label="Lies in", empty_label="All")

    class Meta:
        model = Theme
        fields: list[str] = []

    def only_mine(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those this reader looks after."""
        return rows.filter(owner=self.request.user.pk) if value else rows


class ThemePointFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Which point belongs where: by theme, point, and whether it does today."""

    theme = filters.ModelChoiceFilter(queryset=seen(Theme), label="Theme")
    point = filters.ModelChoiceFilter(queryset=seen(Point), label="Point")
    current = filters.BooleanFilter(field_name="until", lookup_expr="isnull", label="Belongs there today")

    class Meta:
        model = ThemePoint
        fields: list[str] = []
