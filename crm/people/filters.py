"""How people are narrowed down: one definition for the pages and the API. Ids and choices only, never a name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.utils import timezone

from crm.areas.models import Area, AreaKind
from crm.base.actors import Actor
from crm.base.filters import seen
from crm.base.registries import Registry
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person, PersonHat, PersonLanguage, PersonRole


@dataclass(frozen=True)
class Narrowing:
    """A way to narrow people that a room above adds: its words ("Only ..."), and which of these people fit, of those
    this reader may be told of."""

    words: str
    fitting: Callable[[Actor, QuerySet[Any]], QuerySet[Any]]


narrowings: Registry[Narrowing] = Registry("ways to narrow people that rooms above add")


class PersonFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """People by place, group, language and who they are to us."""

    area = filters.ModelChoiceFilter(queryset=seen(Area, kind=AreaKind.WARD), label="Ward", empty_label="All")
    locality = filters.ModelChoiceFilter(
        queryset=seen(Area, kind=AreaKind.LOCALITY), label="Locality", empty_label="All"
    )
    organisation = filters.ModelChoiceFilter(
        method="with_role_in", queryset=seen(Organisation), label="Group", empty_label="All"
    )
    language = filters.ModelChoiceFilter(method="using", queryset=seen(Language), label="Language", empty_label="All")

    hat = filters.ChoiceFilter(
        method="wearing", choices=PersonHat.Hat.choices, label="Who they are to us", empty_label="All"
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def with_role_in(self, rows: QuerySet[Any], name: str, organisation: Organisation) -> QuerySet[Any]:
        """Those who have, or had, a role in the group."""
        return rows.filter(pk__in=PersonRole.objects.filter(organisation=organisation).values("person"))

    def using(self, rows: QuerySet[Any], name: str, language: Language) -> QuerySet[Any]:
        """Those who speak, read or sign the language."""
        return rows.filter(pk__in=PersonLanguage.objects.filter(language=language).values("person"))

    def wearing(self, rows: QuerySet[Any], name: str, hat: str) -> QuerySet[Any]:
        """Those who are this to us today."""
        today = timezone.localdate()
        worn = PersonHat.objects.filter(hat=hat).exclude(first_day__gt=today).exclude(last_day__lt=today)
        return rows.filter(pk__in=worn.order_by().values("person"))

    def as_a_room_above_says(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those who fit; everybody when it is not asked for."""
        reader: Any = getattr(self.request, "user", None)
        return narrowings[name].fitting(reader, rows) if value else rows


def narrow_people_by(name: str, narrowing: Narrowing) -> None:
    """Add a way to narrow people: it is offered on the page of people, and the API takes it."""
    narrowings.add(name, narrowing)
    PersonFilter.base_filters[name] = filters.BooleanFilter(
        field_name=name, method="as_a_room_above_says", label=narrowing.words
    )


class AboutPersonFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Rows about people, narrowed to one person."""

    person = filters.ModelChoiceFilter(queryset=seen(Person), label="Person")
