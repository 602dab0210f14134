"""How decisions and outcomes are narrowed down: one definition for the pages and the API. Ids, choices, days only."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, QuerySet

from crm.accounts.models import User
from crm.areas.models import Area, AreaKind
from crm.base.filters import DAYS, seen
from crm.communities.models import Community
from engagement.coproduction.decisions.models import Answer, AnsweredPoint, Decision, Outcome
from engagement.coproduction.frameworks.models import FrameworkPart
from engagement.coproduction.projects.models import Project
from engagement.coproduction.themes.models import Theme
from engagement.log.models import Point


class DecisionFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Decisions by answer, theme, project, point, place, who answers for it and day."""

    answer = filters.ChoiceFilter(choices=Answer.choices, label="Answer", empty_label="All")
    theme = filters.ModelChoiceFilter(field_name="themes", queryset=seen(Theme), label="Theme", empty_label="All")
    project = filters.ModelChoiceFilter(queryset=seen(Project), label="Project", empty_label="All")
    point = filters.ModelChoiceFilter(method="answering", queryset=seen(Point), label="Point", empty_label="All")
    locality = filters.ModelChoiceFilter(
        queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    owner = filters.ModelChoiceFilter(queryset=seen(User), label="Who answers for it", empty_label="All")
    decided_from = filters.DateFilter(field_name="decided_on", lookup_expr="gte", label="From day", input_formats=DAYS)
    decided_to = filters.DateFilter(field_name="decided_on", lookup_expr="lte", label="To day", input_formats=DAYS)
    without_outcome = filters.BooleanFilter(method="lacking", label="Nothing known yet of what came of it")
    withdrawn = filters.BooleanFilter(
        field_name="withdrawn_at", lookup_expr="isnull", exclude=True, label="Withdrawn or not"
    )

    class Meta:
        model = Decision
        fields: list[str] = []

    def answering(self, rows: QuerySet[Any], name: str, point: Point) -> QuerySet[Any]:
        """Those that answer this point."""
        return rows.filter(pk__in=AnsweredPoint.objects.filter(point=point, until=None).order_by().values("decision"))

    def lacking(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those of which no outcome is written down; with "false", the others."""
        known = Exists(Outcome.objects.filter(decision=OuterRef("pk"), withdrawn_at=None))
        return rows.filter(~known) if value else rows.filter(known)


class OutcomeFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Outcomes by decision, what they say, for whom, what they count for, and whether they are done."""

    decision = filters.ModelChoiceFilter(queryset=seen(Decision), label="Decision", empty_label="All")
    effect = filters.ChoiceFilter(choices=Outcome.Effect.choices, label="Is anything different?", empty_label="All")
    community = filters.ModelChoiceFilter(
        field_name="communities", queryset=seen(Community), label="Community", empty_label="All"
    )
    part = filters.ModelChoiceFilter(
        method="counting_for", queryset=seen(FrameworkPart), label="Counts for", empty_label="All"
    )
    owner = filters.ModelChoiceFilter(queryset=seen(User), label="Who answers for it", empty_label="All")
    open = filters.BooleanFilter(field_name="done_on", lookup_expr="isnull", label="Not done yet")
    withdrawn = filters.BooleanFilter(
        field_name="withdrawn_at", lookup_expr="isnull", exclude=True, label="Withdrawn or not"
    )

    class Meta:
        model = Outcome
        fields: list[str] = []

    def counting_for(self, rows: QuerySet[Any], name: str, part: FrameworkPart) -> QuerySet[Any]:
        """Those linked to this part of a framework, or to one that says the same."""
        keys = [part.pk, *part.says_the_same.values_list("pk", flat=True)]
        linked = Outcome.parts.through.objects.filter(frameworkpart_id__in=keys).values("outcome_id")
        return rows.filter(pk__in=linked)
