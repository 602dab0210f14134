"""How groups are narrowed down: one definition for the pages and the API. Ids and choices only, never words."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from crm.areas.models import Area, AreaKind
from crm.areas.reports import wards_in
from crm.base.filters import DAYS, seen
from crm.communities.models import Community, CommunityLink
from crm.languages.models import Language
from crm.organisations.models import NetworkMember, Organisation, OrganisationCommunity, Service, SupportGiven
from crm.organisations.rules import STALE_AFTER


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
    network = filters.ModelChoiceFilter(method="in_network", queryset=seen(Organisation), label="In the network",
                                        empty_label="All")  # fmt: skip
    serves_area = filters.ModelChoiceFilter(
        field_name="areas_served", queryset=seen(Area), label="Serves the area", empty_label="All"
    )
    open = filters.BooleanFilter(field_name="closed_on", lookup_expr="isnull", label="Still exists")
    unconfirmed = filters.BooleanFilter(method="to_be_asked", label="Only not confirmed for over a year")

    class Meta:
        model = Organisation
        fields: list[str] = []

    def in_locality(self, rows: QuerySet[Any], name: str, locality: Area) -> QuerySet[Any]:
        """Those that meet in a ward of the locality, as wards lie today."""
        return rows.filter(area__in=wards_in(locality))

    def in_network(self, rows: QuerySet[Any], name: str, network: Organisation) -> QuerySet[Any]:
        """Those that lead the network or are in it today."""
        today = timezone.localdate()
        inside = NetworkMember.objects.filter(network=network).filter(Q(last_day=None) | Q(last_day__gte=today))
        return rows.filter(pk__in=inside.values("member"))

    def to_be_asked(self, rows: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        """Those nobody confirmed for over a year, or ever; with "false", the others."""
        return _asked_lately(rows, not wanted)

    def standing_to(self, rows: QuerySet[Any], name: str, community: Community) -> QuerySet[Any]:
        """Those led by, speaking for, working with or serving the community or one that lies in it."""
        nested = CommunityLink.objects.filter(ancestor=community).values("descendant")
        links = OrganisationCommunity.objects.filter(community__in=nested)
        return rows.filter(pk__in=links.values("organisation"))


def _asked_lately(rows: QuerySet[Any], lately: bool) -> QuerySet[Any]:
    since = timezone.localdate() - STALE_AFTER
    if lately:
        return rows.filter(confirmed_on__gte=since)
    return rows.filter(Q(confirmed_on=None) | Q(confirmed_on__lt=since))


class ServiceFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Services by group, place, language, whether they run, and whether the directory shows them."""

    organisation = filters.ModelChoiceFilter(queryset=seen(Organisation), label="Group", empty_label="All")
    status = filters.ChoiceFilter(choices=Service.Status.choices, label="Does it run?", empty_label="All")
    area = filters.ModelChoiceFilter(
        field_name="organisation__area", queryset=seen(Area, kind=AreaKind.WARD), label="Ward", empty_label="All"
    )
    language = filters.ModelChoiceFilter(
        field_name="languages", queryset=seen(Language), label="Language", empty_label="All"
    )
    in_directory = filters.BooleanFilter(label="Shown in the public directory")
    unconfirmed = filters.BooleanFilter(method="to_be_asked", label="Only not confirmed for over a year")

    class Meta:
        model = Service
        fields: list[str] = []

    def to_be_asked(self, rows: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        """Those nobody confirmed for over a year, or ever; with "false", the others."""
        return _asked_lately(rows, not wanted)


class SupportGivenFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Support given, by group, kind and day."""

    organisation = filters.ModelChoiceFilter(queryset=seen(Organisation), label="Group", empty_label="All")
    kind = filters.ChoiceFilter(choices=SupportGiven.Kind.choices, label="What was given", empty_label="All")
    given_from = filters.DateFilter(field_name="given_on", lookup_expr="gte", label="From day", input_formats=DAYS)
    given_to = filters.DateFilter(field_name="given_on", lookup_expr="lte", label="To day", input_formats=DAYS)

    class Meta:
        model = SupportGiven
        fields: list[str] = []
