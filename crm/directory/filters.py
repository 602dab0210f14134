"""How entries of the directory are narrowed down: one definition for the workspace, the API and the public page."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils import timezone

from crm.areas.models import Area, AreaKind
from crm.areas.reports import wards_in
from crm.base.filters import seen
from crm.communities.models import Community, CommunityLink
from crm.directory.models import DirectoryEntry, EntryFact
from crm.languages.models import Language
from crm.organisations.models import Organisation, OrganisationCommunity
from crm.organisations.rules import STALE_AFTER


def in_locality(rows: QuerySet[Any], locality: Any) -> QuerySet[Any]:
    """Those that meet in a locality, or say that they serve it."""
    here = Q(organisation__area__in=wards_in(locality))
    serves = Organisation.areas_served.through.objects.filter(area=locality).values("organisation")
    return rows.filter(here | Q(organisation__in=serves))


def with_fact(rows: QuerySet[Any], about: str) -> QuerySet[Any]:
    """Those that said yes to something about getting in and taking part."""
    return rows.filter(pk__in=EntryFact.objects.filter(about=about, answer=EntryFact.Answer.YES).values("entry"))


def for_community(rows: QuerySet[Any], community: Any) -> QuerySet[Any]:
    """Those of groups that are of, speak for, work with or serve a community or one in it."""
    nested = CommunityLink.objects.filter(ancestor=community).values("descendant")
    links = OrganisationCommunity.objects.filter(community__in=nested)
    return rows.filter(organisation__in=links.values("organisation"))


class EntryFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Entries by place, language, community, access, and whether they stand or wait to be confirmed."""

    organisation = filters.ModelChoiceFilter(queryset=seen(Organisation), label="Group", empty_label="All")
    locality = filters.ModelChoiceFilter(
        method="of_locality", queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    language = filters.ModelChoiceFilter(
        field_name="organisation__languages", queryset=seen(Language), label="Language", empty_label="All"
    )
    community = filters.ModelChoiceFilter(
        method="of_community", queryset=seen(Community), label="Community", empty_label="All"
    )
    access = filters.ChoiceFilter(
        method="of_access", choices=EntryFact.About.choices, label="What is there", empty_label="All"
    )
    public = filters.BooleanFilter(method="standing", label="Stands in the directory")
    unconfirmed = filters.BooleanFilter(method="to_be_asked", label="Only not confirmed for over a year")

    class Meta:
        model = DirectoryEntry
        fields: list[str] = []

    def of_locality(self, rows: QuerySet[Any], name: str, locality: Area) -> QuerySet[Any]:
        """Those that meet there or serve it."""
        return in_locality(rows, locality)

    def of_community(self, rows: QuerySet[Any], name: str, community: Community) -> QuerySet[Any]:
        """Those of its groups."""
        return for_community(rows, community)

    def of_access(self, rows: QuerySet[Any], name: str, about: str) -> QuerySet[Any]:
        """Those that said yes to it."""
        return with_fact(rows, about)

    def standing(self, rows: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        """Those anyone may read, or the others."""
        stands = Q(taken_off_on=None, organisation__closed_on=None)
        return rows.filter(stands if wanted else ~stands)

    def to_be_asked(self, rows: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        """Those nobody of the group confirmed for over a year; with "false", the others."""
        since = timezone.localdate() - STALE_AFTER
        lately = Q(confirmed_on__gte=since) | Q(confirmed_on=None, agreed_on__gte=since)
        return rows.exclude(lately) if wanted else rows.filter(lately)
