"""How contacts, points and promises are narrowed down: one definition for the pages and the API.

Only ids, choices and days: what people said and what they are called never stands in an address.
"""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from crm.accounts.models import User
from crm.areas.models import Area, AreaKind
from crm.base.filters import DAYS
from crm.communities.models import Community, CommunityLink
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.log.models import EngagementEvent, Point, Promise, Reach, Topic


def _seen(model: Any, **only: Any) -> Any:
    """The rows of a model this reader may choose from, of those that fit `only`; none when nobody asks."""

    def choose(request: HttpRequest | None) -> QuerySet[Any]:
        everything = model.objects.all()
        rows: QuerySet[Any] = (
            everything.none() if request is None else everything.visible_to(request.user).filter(**only)
        )
        return rows.only("name") if hasattr(model, "name") else rows

    return choose


LACKING = [("community", "community"), ("locality", "locality"), ("topic", "topic")]


def within(community: Community) -> QuerySet[Any]:
    """The ids of a community and of all that lie in it."""
    return CommunityLink.objects.filter(ancestor=community).values("descendant")


class EventFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Contacts by group, person, community, area, topic, officer, way and day."""

    mine = filters.BooleanFilter(method="only_mine", label="Only mine")
    organisation = filters.ModelChoiceFilter(
        field_name="organisations", queryset=_seen(Organisation), label="Group or organisation"
    )
    person = filters.ModelChoiceFilter(method="with_person", queryset=_seen(Person), label="Person")
    community = filters.ModelChoiceFilter(method="reaching", queryset=_seen(Community), label="Community")
    voice = filters.ChoiceFilter(method="heard", choices=Reach.Voice.choices, label="Whose voice")
    without = filters.ChoiceFilter(method="lacking", choices=LACKING, label="Where we do not know the …")
    restricted = filters.BooleanFilter(label="Restricted or not")
    locality = filters.ModelChoiceFilter(queryset=_seen(Area, kind=AreaKind.LOCALITY), label="Locality")
    area = filters.ModelChoiceFilter(queryset=_seen(Area, kind=AreaKind.WARD), label="Ward")
    topic = filters.ModelChoiceFilter(field_name="topics", queryset=_seen(Topic), label="Topic")
    officer = filters.ModelChoiceFilter(field_name="officers", queryset=_seen(User), label="Who from us")
    kind = filters.ChoiceFilter(choices=EngagementEvent.Kind.choices, label="How")
    occurred_from = filters.DateFilter(
        field_name="occurred_on", lookup_expr="gte", label="From day", input_formats=DAYS
    )
    occurred_to = filters.DateFilter(field_name="occurred_on", lookup_expr="lte", label="To day", input_formats=DAYS)
    withdrawn = filters.BooleanFilter(
        field_name="withdrawn_at", lookup_expr="isnull", exclude=True, label="Withdrawn or not"
    )

    class Meta:
        model = EngagementEvent
        fields: list[str] = []

    def only_mine(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those this reader logged."""
        return rows.filter(logged_by=self.request.user.pk) if value else rows

    def with_person(self, rows: QuerySet[Any], name: str, person: Person) -> QuerySet[Any]:
        """Those this person took part in."""
        return rows.filter(contributions__person=person)

    def reaching(self, rows: QuerySet[Any], name: str, community: Community) -> QuerySet[Any]:
        """Those that reached this community or one that lies in it, each once; with a voice, in that voice."""
        voice = self.form.cleaned_data.get("voice")
        reached = Reach.objects.filter(community__in=within(community), **({"voice": voice} if voice else {}))
        return rows.filter(pk__in=reached.order_by().values("event"))

    def heard(self, rows: QuerySet[Any], name: str, voice: str) -> QuerySet[Any]:
        """Those at which anybody was heard in this voice; with a community, that is asked of the same people."""
        if self.form.cleaned_data.get("community"):
            return rows
        return rows.filter(pk__in=Reach.objects.filter(voice=voice).order_by().values("event"))

    def lacking(self, rows: QuerySet[Any], name: str, what: str) -> QuerySet[Any]:
        """Those of which something is not written down: no locality, no topic, people of no named community."""
        if what == "community":
            return rows.filter(Exists(Reach.objects.filter(event=OuterRef("pk"), community=None)) | Q(reach=None))
        return rows.filter(**{{"topic": "topics", "locality": "locality"}[what]: None})


class PointFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Points by kind, contact, group, community, locality and topic."""

    event = filters.ModelChoiceFilter(queryset=_seen(EngagementEvent), label="Contact")
    kind = filters.ChoiceFilter(choices=Point.Kind.choices, label="Kind")
    quoting = filters.ChoiceFilter(choices=Point.Quoting.choices, label="May be quoted")
    organisation = filters.ModelChoiceFilter(
        field_name="event__organisations", queryset=_seen(Organisation), label="Group or organisation"
    )
    community = filters.ModelChoiceFilter(method="reaching", queryset=_seen(Community), label="Community")
    locality = filters.ModelChoiceFilter(
        field_name="event__locality", queryset=_seen(Area, kind=AreaKind.LOCALITY), label="Locality"
    )
    topic = filters.ModelChoiceFilter(field_name="event__topics", queryset=_seen(Topic), label="Topic")

    class Meta:
        model = Point
        fields: list[str] = []

    def reaching(self, rows: QuerySet[Any], name: str, community: Community) -> QuerySet[Any]:
        """Points of contacts that reached this community or one that lies in it."""
        reached = EngagementEvent.objects.filter(reach__community__in=within(community))
        return rows.filter(event__in=reached.order_by().values("pk"))


class PromiseFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Promises by state, who keeps them, to whom, and day."""

    mine = filters.BooleanFilter(method="only_mine", label="Only mine")
    late = filters.BooleanFilter(method="only_late", label="Only late")
    state = filters.ChoiceFilter(choices=Promise.State.choices, label="State")
    owner = filters.ModelChoiceFilter(queryset=_seen(User), label="Who keeps it")
    event = filters.ModelChoiceFilter(queryset=_seen(EngagementEvent), label="Contact")
    organisation = filters.ModelChoiceFilter(
        field_name="to_organisation", queryset=_seen(Organisation), label="Group or organisation"
    )
    person = filters.ModelChoiceFilter(field_name="to_person", queryset=_seen(Person), label="Person")
    community = filters.ModelChoiceFilter(field_name="to_community", queryset=_seen(Community), label="Community")
    due_from = filters.DateFilter(field_name="due_on", lookup_expr="gte", label="Due from", input_formats=DAYS)
    due_to = filters.DateFilter(field_name="due_on", lookup_expr="lte", label="Due until", input_formats=DAYS)

    class Meta:
        model = Promise
        fields: list[str] = []

    def only_mine(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those this reader keeps."""
        return rows.filter(owner=self.request.user.pk) if value else rows

    def only_late(self, rows: QuerySet[Any], name: str, value: bool) -> QuerySet[Any]:
        """Those that are open and past their day."""
        return rows.filter(pk__in=Promise.objects.late().values("pk")) if value else rows
