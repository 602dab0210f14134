"""How calls and applications are narrowed down: ids and choices only, the same for the pages and the API."""

from __future__ import annotations

import django_filters as filters

from crm.base.filters import seen
from crm.panels.models import Application, Panel, RecruitmentCall

READ = [choice for choice in Application.State.choices if choice[0] != Application.State.DRAFT]


class CallFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Calls by panel and by how far they are."""

    panel = filters.ModelChoiceFilter(queryset=seen(Panel), label="Panel", empty_label="All")
    state = filters.ChoiceFilter(choices=RecruitmentCall.State.choices, label="How far")

    class Meta:
        model = RecruitmentCall
        fields: list[str] = []


class ApplicationFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Applications by call, by how far they are and by how they came."""

    call = filters.ModelChoiceFilter(queryset=seen(RecruitmentCall), label="Call", empty_label="All")
    state = filters.ChoiceFilter(choices=READ, label="How far")
    how = filters.ChoiceFilter(choices=Application.How.choices, label="How it came")

    class Meta:
        model = Application
        fields: list[str] = []
