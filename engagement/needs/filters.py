"""How outcomes are narrowed down in the API. Ids, choices and days only."""

from __future__ import annotations

import django_filters as filters

from crm.access.models import AccessNeed, NeedKind
from crm.base.filters import DAYS, seen
from engagement.log.models import EngagementEvent
from engagement.needs.models import NeedOutcome


class OutcomeFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Outcomes by need, contact, answer, kind and day."""

    need = filters.ModelChoiceFilter(queryset=seen(AccessNeed), label="Need")
    event = filters.ModelChoiceFilter(queryset=seen(EngagementEvent), label="Contact")
    met = filters.ChoiceFilter(choices=NeedOutcome.Met.choices, label="Was it met?")
    why = filters.ChoiceFilter(choices=NeedOutcome.Why.choices, label="Why not")
    kind = filters.ChoiceFilter(field_name="need__type__kind", choices=NeedKind.choices, label="Kind of need")
    happened_from = filters.DateFilter(
        field_name="happened_on", lookup_expr="gte", label="From day", input_formats=DAYS
    )
    happened_to = filters.DateFilter(field_name="happened_on", lookup_expr="lte", label="To day", input_formats=DAYS)

    class Meta:
        model = NeedOutcome
        fields: list[str] = []
