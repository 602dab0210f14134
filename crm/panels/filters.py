"""How panels and memberships are narrowed down: one definition for the pages and the API."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone

from crm.areas.models import Area, AreaKind
from crm.base.filters import seen
from crm.communities.models import Community
from crm.panels.models import Membership, Panel, PanelKind, Seat
from crm.people.models import Person


class PanelFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Panels by kind, place, whom their terms ask for, and whether they still meet."""

    kind = filters.ChoiceFilter(choices=PanelKind.choices, label="What kind", empty_label="All")
    locality = filters.ModelChoiceFilter(
        queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    community = filters.ModelChoiceFilter(
        field_name="communities", queryset=seen(Community), label="Asks for the community", empty_label="All"
    )
    current = filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull", label="Still meets")

    class Meta:
        model = Panel
        fields: list[str] = []


class SeatFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Seats by panel, for whom they are kept, and whether they are still there."""

    panel = filters.ModelChoiceFilter(queryset=seen(Panel), label="Panel", empty_label="All")
    reserved_for = filters.ModelChoiceFilter(queryset=seen(Community), label="Kept for", empty_label="All")
    current = filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull", label="Still there")

    class Meta:
        model = Seat
        fields: list[str] = []


class MembershipFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Who sits where: by panel, person, role, and whether the term holds today."""

    panel = filters.ModelChoiceFilter(queryset=seen(Panel), label="Panel", empty_label="All")
    person = filters.ModelChoiceFilter(queryset=seen(Person), label="Person", empty_label="All")
    role = filters.ChoiceFilter(choices=Membership.Part.choices, label="As what", empty_label="All")
    current = filters.BooleanFilter(method="of_today", label="Term holds today")

    class Meta:
        model = Membership
        fields: list[str] = []

    def of_today(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those whose term holds today; with "false", the others."""
        today = timezone.localdate()
        standing = Membership.objects.standing(today).order_by().values("pk")
        found: QuerySet[Any] = rows.filter(pk__in=standing) if value else rows.exclude(pk__in=standing)
        return found
