"""How invitations are narrowed down: one definition for the pages and the API."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet

from crm.base.filters import seen
from engagement.forums.models import Forum, Invitation
from engagement.forums.vocabulary import Answer, Place

WHO = [("people", "People"), ("groups", "Groups"), ("guests", "Guests from the open page")]


class InvitationFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Invitations by forum, answer, place, and who is invited."""

    forum = filters.ModelChoiceFilter(queryset=seen(Forum), label="Forum", empty_label="All")
    answer = filters.ChoiceFilter(choices=Answer.choices, label="Answer", empty_label="All")
    place = filters.ChoiceFilter(choices=Place.choices, label="Place", empty_label="All")
    who = filters.ChoiceFilter(method="of_whom", choices=WHO, label="Who", empty_label="All")
    told = filters.BooleanFilter(
        field_name="told_sequence", lookup_expr="isnull", exclude=True, label="We wrote to them"
    )
    to_log = filters.BooleanFilter(method="with_words", label="Only with words to log")

    class Meta:
        model = Invitation
        fields: list[str] = []

    def of_whom(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """People, groups or guests."""
        if value == "people":
            return rows.exclude(person=None)
        return rows.exclude(organisation=None) if value == "groups" else rows.filter(person=None, organisation=None)

    def with_words(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those who wrote what they want to say, and nobody has logged it."""
        return rows.exclude(to_say="") if value else rows.filter(to_say="")
