"""How projects and the people in them are narrowed down: one definition for the pages and the API."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from crm.accounts.models import User
from crm.areas.models import Area, AreaKind
from crm.base.filters import seen
from crm.communities.models import Community
from crm.people.models import Person
from engagement.coproduction.projects.models import FeltRound, Project, ProjectPerson, Rung, Stage
from engagement.coproduction.themes.models import Theme


class ProjectFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Projects by stage, place, owner, level, whom they concern, and whether they are under way."""

    current = filters.BooleanFilter(field_name="closed_on", lookup_expr="isnull", label="Under way")
    mine = filters.BooleanFilter(method="only_mine", label="Only mine")
    stage = filters.ChoiceFilter(choices=Stage.choices, label="Stage", empty_label="All")
    locality = filters.ModelChoiceFilter(
        queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    owner = filters.ModelChoiceFilter(queryset=seen(User), label="Who answers for it", empty_label="All")
    level = filters.ModelChoiceFilter(queryset=seen(Rung), label="Level declared", empty_label="All")
    community = filters.ModelChoiceFilter(
        field_name="communities", queryset=seen(Community), label="Community", empty_label="All"
    )
    theme = filters.ModelChoiceFilter(field_name="themes", queryset=seen(Theme), label="Theme", empty_label="All")

    class Meta:
        model = Project
        fields: list[str] = []

    def only_mine(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those this reader answers for."""
        return rows.filter(owner=self.request.user.pk) if value else rows


class ProjectPersonFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Who takes part where: by project, person, and whether they still do."""

    project = filters.ModelChoiceFilter(queryset=seen(Project), label="Project")
    person = filters.ModelChoiceFilter(queryset=seen(Person), label="Person")
    current = filters.BooleanFilter(field_name="last_day", lookup_expr="isnull", label="Takes part today")

    class Meta:
        model = ProjectPerson
        fields: list[str] = []


class FeltRoundFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Rounds of asking, by project."""

    project = filters.ModelChoiceFilter(queryset=seen(Project), label="Project")

    class Meta:
        model = FeltRound
        fields: list[str] = []
