"""How venues are narrowed down: one definition for the pages and the API. Ids and choices only."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone

from crm.areas.models import Area, AreaKind
from crm.areas.reports import wards_in
from crm.base.filters import seen
from crm.organisations.models import Organisation
from crm.venues.models import Venue, VenueFact
from crm.venues.rules import CHECK_AGAIN_AFTER

YES, AT_LEAST_PARTLY, NO, UNKNOWN = "yes", "partly", "no", "unknown"
FOUND = [(YES, "Yes"), (AT_LEAST_PARTLY, "Yes or partly"), (NO, "No"), (UNKNOWN, "Nobody has asked")]
ANSWERS = {YES: ["yes"], AT_LEAST_PARTLY: ["yes", "partly"], NO: ["no"]}


def with_fact(rows: QuerySet[Any], about: str, found: str) -> QuerySet[Any]:
    """The venues where this was found about a thing. "Unknown" are those where nobody has asked."""
    lines = VenueFact.objects.filter(about=about)
    if found == UNKNOWN:
        return rows.exclude(pk__in=lines.values("venue"))
    return rows.filter(pk__in=lines.filter(answer__in=ANSWERS[found]).values("venue"))


class VenueFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Venues by place, by whose they are, and by each thing of the access record."""

    area = filters.ModelChoiceFilter(queryset=seen(Area, kind=AreaKind.WARD), label="Ward", empty_label="All")
    locality = filters.ModelChoiceFilter(
        method="in_locality", queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    organisation = filters.ModelChoiceFilter(queryset=seen(Organisation), label="Whose place", empty_label="All")
    open = filters.BooleanFilter(field_name="closed_on", lookup_expr="isnull", label="Still used")
    to_check_again = filters.BooleanFilter(method="old_lines", label="Only with lines older than a year")

    class Meta:
        model = Venue
        fields: list[str] = []

    def in_locality(self, rows: QuerySet[Any], name: str, locality: Area) -> QuerySet[Any]:
        """Those in a ward of the locality, as wards lie today."""
        return rows.filter(area__in=wards_in(locality))

    def old_lines(self, rows: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        """Those with a line that is to be checked again; with "false", the others."""
        old = VenueFact.objects.filter(checked_on__lt=timezone.localdate() - CHECK_AGAIN_AFTER).values("venue")
        return rows.filter(pk__in=old) if wanted else rows.exclude(pk__in=old)

    def found(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those where this was found about the thing the filter is named after."""
        return with_fact(rows, name, value)


for _about, _label in VenueFact.About.choices:
    VenueFilter.base_filters[_about] = filters.ChoiceFilter(
        field_name=_about, method="found", choices=FOUND, label=_label, empty_label="All"
    )
