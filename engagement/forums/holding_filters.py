"""How attendances and what was said are narrowed down: one definition for the pages and the API."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from crm.areas.models import Area, AreaKind
from crm.base.filters import DAYS, seen
from crm.panels.models import Panel
from crm.people.models import Person
from engagement.forums.models import Attendance, Captured, Forum
from engagement.log.models import Barrier


class AttendanceFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Attendances by forum, who, whether they came and spoke, and what kept them away."""

    forum = filters.ModelChoiceFilter(queryset=seen(Forum), label="Forum", empty_label="All")
    person = filters.ModelChoiceFilter(queryset=seen(Person), label="Person", empty_label="All")
    panel = filters.ModelChoiceFilter(
        field_name="invitation__panel", queryset=seen(Panel), label="Invited as a member of", empty_label="All"
    )
    came = filters.BooleanFilter(label="They came")
    spoke = filters.BooleanFilter(label="They spoke")
    barrier = filters.ModelChoiceFilter(queryset=seen(Barrier), label="What kept them away", empty_label="All")
    locality = filters.ModelChoiceFilter(
        field_name="forum__locality", queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    on_from = filters.DateFilter("forum__on", "gte", label="Forums from", input_formats=DAYS)
    on_to = filters.DateFilter("forum__on", "lte", label="Forums until", input_formats=DAYS)

    class Meta:
        model = Attendance
        fields: list[str] = []


class CapturedFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """What was said by forum and kind."""

    forum = filters.ModelChoiceFilter(queryset=seen(Forum), label="Forum", empty_label="All")
    kind = filters.ChoiceFilter(choices=Captured.Kind.choices, label="What it is", empty_label="All")
    promised = filters.BooleanFilter(method="of_promises", label="Promises")

    class Meta:
        model = Captured
        fields: list[str] = []

    def of_promises(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Only promises, or only what people said."""
        return rows.filter(kind=Captured.Kind.PROMISE) if value else rows.exclude(kind=Captured.Kind.PROMISE)
