"""How requests for other formats are narrowed down, on the page and in the API. Ids, choices and days only."""

from __future__ import annotations

import django_filters as filters

from crm.accounts.models import User
from crm.base.filters import DAYS, seen
from crm.languages.models import Language
from engagement.formats.models import Format, FormatRequest, State


class FormatRequestFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Requests by format, language, state and who answers."""

    state = filters.ChoiceFilter(choices=State.choices, label="How far it is", empty_label="All")
    in_format = filters.ChoiceFilter("format", choices=Format.choices, label="How they want it", empty_label="All")
    language = filters.ModelChoiceFilter(queryset=seen(Language), label="Language", empty_label="All")
    owner = filters.ModelChoiceFilter(queryset=seen(User), label="Who answers", empty_label="All")
    due_to = filters.DateFilter("due_on", "lte", label="Due until", input_formats=DAYS)
    asked_from = filters.DateFilter("asked_on", "gte", label="Asked from", input_formats=DAYS)
    asked_to = filters.DateFilter("asked_on", "lte", label="Asked until", input_formats=DAYS)

    class Meta:
        model = FormatRequest
        fields: list[str] = []
