"""How answers that are due are narrowed down: one definition for the pages and the API. Ids, choices, days only."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from crm.areas.models import Area, AreaKind
from crm.base.filters import DAYS, seen
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.telling.models import AnswerWords, Telling, ToWhom
from engagement.log.models import Point


class TellingFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Answers by how far they are, what they are about, to whom, where, and what is lacking."""

    state = filters.ChoiceFilter(choices=Telling.State.choices, label="How far", empty_label="All")
    waiting = filters.BooleanFilter(method="still_waiting", label="Still to be told")
    decision = filters.ModelChoiceFilter(queryset=seen(Decision), label="Decision", empty_label="All")
    outcome = filters.ModelChoiceFilter(queryset=seen(Outcome), label="Outcome", empty_label="All")
    person = filters.ModelChoiceFilter(queryset=seen(Person), label="Person", empty_label="All")
    organisation = filters.ModelChoiceFilter(queryset=seen(Organisation), label="Group", empty_label="All")
    point = filters.ModelChoiceFilter(
        field_name="points", queryset=seen(Point), label="What they said", empty_label="All"
    )
    to_kind = filters.ChoiceFilter(choices=ToWhom.choices, label="To", empty_label="All")
    locality = filters.ModelChoiceFilter(
        queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    lacking = filters.BooleanFilter(method="as_needed", label="Words lacking")
    said_from = filters.DateFilter(field_name="said_on", lookup_expr="gte", label="Said from", input_formats=DAYS)
    said_to = filters.DateFilter(field_name="said_on", lookup_expr="lte", label="Said until", input_formats=DAYS)

    class Meta:
        model = Telling
        fields: list[str] = []

    def still_waiting(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those not told and not excused; with "false", the others."""
        untold = Telling.objects.untold().order_by().values("pk")
        found: QuerySet[Any] = rows.filter(pk__in=untold) if value else rows.exclude(pk__in=untold)
        return found

    def as_needed(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those that are not as the reader needs them; with "false", the others."""
        return rows.exclude(lacks="") if value else rows.filter(lacks="")


class WordsFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Answers in words by what they are about, and whether somebody checked them."""

    decision = filters.ModelChoiceFilter(queryset=seen(Decision), label="Decision", empty_label="All")
    outcome = filters.ModelChoiceFilter(queryset=seen(Outcome), label="Outcome", empty_label="All")
    checked = filters.BooleanFilter(field_name="checked_on", lookup_expr="isnull", exclude=True, label="Checked")

    class Meta:
        model = AnswerWords
        fields: list[str] = []
