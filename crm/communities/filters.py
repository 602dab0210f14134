"""How communities are narrowed down: one definition for the pages and the API. Ids and choices only, never words."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from crm.base.filters import seen
from crm.communities.models import Community, CommunityFact


class CommunityFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Communities by kind and by what they lie in."""

    kind = filters.ChoiceFilter(choices=Community.Kind.choices, label="Kind", empty_label="All")
    parent = filters.ModelChoiceFilter(queryset=seen(Community), label="Lies directly in", empty_label="All")
    within = filters.ModelChoiceFilter(
        method="lying_within", queryset=seen(Community), label="Is or lies in", empty_label="All"
    )

    class Meta:
        model = Community
        fields: list[str] = []

    def lying_within(self, rows: QuerySet[Any], name: str, community: Community) -> QuerySet[Any]:
        """The community and all that lie in it."""
        return rows.filter(enclosing__ancestor=community)


class FactFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """What is known about working with communities, by community, what it is about, and whose words."""

    community = filters.ModelChoiceFilter(
        method="about", queryset=seen(Community), label="Community", empty_label="All"
    )
    kind = filters.ChoiceFilter(choices=CommunityFact.Kind.choices, label="What it is about", empty_label="All")
    voice = filters.ChoiceFilter(choices=CommunityFact.Voice.choices, label="Whose words", empty_label="All")
    ended = filters.BooleanFilter(
        field_name="ended_on", lookup_expr="isnull", exclude=True, label="No longer true, or not"
    )

    class Meta:
        model = CommunityFact
        fields: list[str] = []

    def about(self, rows: QuerySet[Any], name: str, community: Community) -> QuerySet[Any]:
        """About the community or one that was merged into it."""
        return rows.filter(community__in=Community.objects.with_merged(community.pk).order_by().values("pk"))
