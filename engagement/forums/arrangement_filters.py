"""How arrangements are narrowed down: one definition for the pages and the API."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from crm.accounts.models import User
from crm.areas.models import Area, AreaKind
from crm.base.filters import DAYS, seen
from engagement.forums.coming import own_forums
from engagement.forums.models import Arrangement, Forum


class ArrangementFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Arrangements by forum, how far they are, who sees to them, and where."""

    forum = filters.ModelChoiceFilter(queryset=seen(Forum), label="Forum", empty_label="All")
    state = filters.ChoiceFilter(choices=Arrangement.State.choices, label="How far it is", empty_label="All")
    mine = filters.BooleanFilter(method="of_the_reader", label="Only mine")
    fell_through = filters.BooleanFilter(label="Only those that fell through")
    who = filters.ModelChoiceFilter(queryset=seen(User), label="Who sees to it", empty_label="All")
    locality = filters.ModelChoiceFilter(
        field_name="forum__locality", queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    on_from = filters.DateFilter("forum__on", "gte", label="Forums from", input_formats=DAYS)
    on_to = filters.DateFilter("forum__on", "lte", label="Forums until", input_formats=DAYS)

    class Meta:
        model = Arrangement
        fields: list[str] = []

    def of_the_reader(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those of forums the reader looks after, and those the reader sees to; with "false", the others."""
        own = own_forums(self.request.user) | Q(who=self.request.user.pk)
        return rows.filter(own) if value else rows.exclude(pk__in=Arrangement.objects.filter(own).values("pk"))
