"""How champions are narrowed down: one definition for the pages and the API. Ids and choices only."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone

from crm.areas.models import Area, AreaKind
from crm.base.filters import seen
from crm.champions.models import Appointment, GovernanceRole
from crm.communities.models import Community
from crm.people.models import Person

NOW, COMING, OVER = "now", "coming", "over"
WHEN = [(NOW, "Stands now"), (COMING, "Begins later"), (OVER, "Has ended")]


class ChampionFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Champions by place and by whom they stand for."""

    locality = filters.ModelChoiceFilter(
        queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    community = filters.ModelChoiceFilter(
        method="for_community", queryset=seen(Community), label="Community", empty_label="All"
    )
    kind = filters.ChoiceFilter(choices=Appointment.Kind.choices, label="Staff or citizen", empty_label="All")
    ending = filters.BooleanFilter(method="ends_soon", label="Only ending within 90 days")

    class Meta:
        model = Appointment
        fields: list[str] = []

    def for_community(self, rows: QuerySet[Any], name: str, community: Community) -> QuerySet[Any]:
        """Those who stand for it by name."""
        return rows.filter(pk__in=Appointment.objects.filter(communities=community).values("pk"))

    def ends_soon(self, rows: QuerySet[Any], name: str, wanted: bool) -> QuerySet[Any]:
        """Those that stand and end within 90 days; with "false", the others."""
        soon = Appointment.objects.ending(timezone.localdate()).values("pk")
        return rows.filter(pk__in=soon) if wanted else rows.exclude(pk__in=soon)


class AppointmentFilter(ChampionFilter):
    """Appointments, those that ended or begin later too."""

    when = filters.ChoiceFilter(method="at_that_time", choices=WHEN, label="When", empty_label="All")

    def at_that_time(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Standing, coming or over, today."""
        today = timezone.localdate()
        if value == COMING:
            return rows.filter(first_day__gt=today)
        return rows.filter(last_day__lt=today) if value == OVER else rows.filter(
            pk__in=Appointment.objects.standing(today).values("pk")
        )  # fmt: skip


class GovernanceRoleFilter(filters.FilterSet):  # type: ignore[misc]
    """Roles in governance by what they are and whose."""

    kind = filters.ChoiceFilter(choices=GovernanceRole.Kind.choices, label="What they are", empty_label="All")
    person = filters.ModelChoiceFilter(queryset=seen(Person), label="Person")

    class Meta:
        model = GovernanceRole
        fields: list[str] = []
