"""How forums, series and jobs are narrowed down: one definition for the pages and the API."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone

from crm.accounts.models import User
from crm.areas.models import Area, AreaKind
from crm.base.filters import DAYS, seen
from crm.communities.models import Community
from engagement.forums.models import Forum, Job, OfferKind, Series
from engagement.forums.vocabulary import COMING, ForumState, HowOften

WHEN = [("coming", "Coming"), ("past", "Held, cancelled or past"), ("all", "All")]


def mine(rows: Any, user: Any) -> Any:
    """Those somebody looks after or organises."""
    organised = Forum.organisers.through.objects.filter(user_id=user.pk).values("forum_id")
    return rows.filter(pk__in=organised) | rows.filter(owner=user.pk)


class ForumFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Forums by when, where, for whom, by whom, how far they are, and what they offer."""

    when = filters.ChoiceFilter(method="at_that_time", choices=WHEN, label="When", empty_label=None)
    mine = filters.BooleanFilter(method="of_the_reader", label="Only mine")
    state = filters.ChoiceFilter(choices=ForumState.choices, label="How far it is", empty_label="All")
    locality = filters.ModelChoiceFilter(
        queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    community = filters.ModelChoiceFilter(
        field_name="communities", queryset=seen(Community), label="For the community", empty_label="All"
    )
    offer = filters.ModelChoiceFilter(method="offering", queryset=seen(OfferKind), label="Offers", empty_label="All")
    series = filters.ModelChoiceFilter(queryset=seen(Series), label="Series", empty_label="All")
    owner = filters.ModelChoiceFilter(queryset=seen(User), label="Who looks after it", empty_label="All")
    on_from = filters.DateFilter("on", "gte", label="From", input_formats=DAYS)
    on_to = filters.DateFilter("on", "lte", label="Until", input_formats=DAYS)

    class Meta:
        model = Forum
        fields: list[str] = []

    def at_that_time(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Ahead and not cancelled; or all the others; or all."""
        ahead = {"on__gte": timezone.localdate(), "state__in": COMING}
        if value == "coming":
            return rows.filter(**ahead)
        return rows.exclude(**ahead) if value == "past" else rows

    def of_the_reader(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those the reader looks after or organises; with "false", the others."""
        own = mine(Forum.objects.order_by(), self.request.user).values("pk")
        return rows.filter(pk__in=own) if value else rows.exclude(pk__in=own)

    def offering(self, rows: QuerySet[Any], name: str, value: OfferKind) -> QuerySet[Any]:
        """Those that offer it, in whichever language."""
        return rows.filter(pk__in=Forum.objects.filter(offers__kind=value).order_by().values("pk"))


class SeriesFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Series by place, rhythm, and whether they get new dates."""

    locality = filters.ModelChoiceFilter(
        queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    how_often = filters.ChoiceFilter(choices=HowOften.choices, label="How often", empty_label="All")
    current = filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull", label="Still goes on")

    class Meta:
        model = Series
        fields: list[str] = []


class JobFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Jobs by forum, by who does them, and whether they are done."""

    forum = filters.ModelChoiceFilter(queryset=seen(Forum), label="Forum", empty_label="All")
    owner = filters.ModelChoiceFilter(queryset=seen(User), label="Who does it", empty_label="All")
    open = filters.BooleanFilter(field_name="done_on", lookup_expr="isnull", label="Still to do")
    due_to = filters.DateFilter("due_on", "lte", label="Due until", input_formats=DAYS)

    class Meta:
        model = Job
        fields: list[str] = []
