"""How access needs and their types are narrowed down: one definition for the pages and the API."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from crm.access.models import AccessNeed, NeedGroup, NeedKind, NeedType, NoNeed
from crm.areas.models import Area, AreaKind
from crm.base.filters import seen
from crm.people.models import Person, one_of_people


class NeedTypeFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Types of need by kind, group, and whether they are still offered."""

    kind = filters.ChoiceFilter(choices=NeedKind.choices, label="Kind", empty_label="All")
    group = filters.ChoiceFilter(choices=NeedGroup.choices, label="Group of the standard", empty_label="All")
    offered = filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull", label="Still offered")

    class Meta:
        model = NeedType
        fields: list[str] = []


class AccessNeedFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Access needs by kind, group, type, person, place, and whether it is time to ask again."""

    due = filters.BooleanFilter(method="only_due", label="Only those to ask about again")
    kind = filters.ChoiceFilter(field_name="type__kind", choices=NeedKind.choices, label="Kind", empty_label="All")
    group = filters.ChoiceFilter(
        field_name="type__group", choices=NeedGroup.choices, label="Group of the standard", empty_label="All"
    )
    type = filters.ModelChoiceFilter(queryset=seen(NeedType), label="What they need", empty_label="All")
    locality = filters.ModelChoiceFilter(
        method="of_people_seen_in", queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    person = filters.ModelChoiceFilter(queryset=seen(Person), label="Person", empty_label="All")
    may_share = filters.ChoiceFilter(choices=AccessNeed.Sharing.choices, label="May we share it?", empty_label="All")
    ended = filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull", exclude=True, label="Ended or not")

    class Meta:
        model = AccessNeed
        fields: list[str] = []

    def of_people_seen_in(self, rows: QuerySet[Any], name: str, locality: Area) -> QuerySet[Any]:
        """Those of people who live there. Whoever may read a need because somebody comes to what they organise may not
        know where that is."""
        there = Person.objects.visible_to(self.request.user).order_by().filter(locality=locality)
        return rows.filter(one_of_people(there))

    def only_due(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those whose day to ask again is today or past."""
        due: QuerySet[Any] = rows.due() if value else rows  # type: ignore[attr-defined]  # our own queryset
        return due


class NoNeedFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Answers that nothing is needed, by person and place, and whether it is time to ask again."""

    due = filters.BooleanFilter(method="only_due", label="Only those to ask again")
    locality = filters.ModelChoiceFilter(
        field_name="person__locality", queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    person = filters.ModelChoiceFilter(queryset=seen(Person), label="Person", empty_label="All")
    ended = filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull", exclude=True, label="Ended or not")

    class Meta:
        model = NoNeed
        fields: list[str] = []

    only_due = AccessNeedFilter.only_due
