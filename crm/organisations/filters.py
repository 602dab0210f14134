"""How groups are narrowed down: one definition for the pages and the API. Ids and choices only, never words."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from crm.areas.models import Area, AreaKind
from crm.areas.reports import wards_in
from crm.base.filters import seen
from crm.communities.models import Community, CommunityLink
from crm.organisations.models import Organisation, OrganisationCommunity


class OrganisationFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Groups by kind, place, community, parent, and whether they still exist."""

    kind = filters.ChoiceFilter(choices=Organisation.Kind.choices, label="Kind", empty_label="All")
    area = filters.ModelChoiceFilter(queryset=seen(Area, kind=AreaKind.WARD), label="Ward", empty_label="All")
    locality = filters.ModelChoiceFilter(
        method="in_locality", queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    community = filters.ModelChoiceFilter(
        method="standing_to", queryset=seen(Community), label="Community", empty_label="All"
    )
    parent = filters.ModelChoiceFilter(queryset=seen(Organisation), label="Belongs to", empty_label="All")
    open = filters.BooleanFilter(field_name="closed_on", lookup_expr="isnull", label="Still exists")

    class Meta:
        model = Organisation
        fields: list[str] = []

    def in_locality(self, rows: QuerySet[Any], name: str, locality: Area) -> QuerySet[Any]:
        """Those that meet in a ward of the locality, as wards lie today."""
        return rows.filter(area__in=wards_in(locality))

    def standing_to(self, rows: QuerySet[Any], name: str, community: Community) -> QuerySet[Any]:
        """Those led by, speaking for or working with the community or one that lies in it."""
        nested = CommunityLink.objects.filter(ancestor=community).values("descendant")
        links = OrganisationCommunity.objects.filter(community__in=nested)
        return rows.filter(pk__in=links.values("organisation"))
