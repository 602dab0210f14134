"""The bare reference: what a good Django developer writes in an afternoon, with nothing that Heard exists for."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path
from rest_framework import serializers, viewsets
from rest_framework.pagination import CursorPagination

from crm.base.writing import writing_allowed
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.log.models import Contribution, EngagementEvent, Point


class Pages(CursorPagination):
    """25 a page by key."""

    page_size = 25
    ordering = ("-occurred_on", "-id")


class PointSerializer(serializers.ModelSerializer[Point]):
    class Meta:
        model = Point
        fields = ["id", "words", "kind", "wording", "voice", "quoting"]


class ContributionSerializer(serializers.ModelSerializer[Contribution]):
    person_name = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = Contribution
        fields = ["id", "person", "person_name"]


class EventSerializer(serializers.ModelSerializer[EngagementEvent]):
    points = PointSerializer(many=True)
    contributions = ContributionSerializer(many=True)

    class Meta:
        model = EngagementEvent
        fields = ["id", "kind", "occurred_on", "place", "area", "team", "logged_by", "organisations", "points",
                  "contributions"]  # fmt: skip

    def create(self, data: dict[str, Any]) -> EngagementEvent:
        points, contributions, groups = data.pop("points"), data.pop("contributions"), data.pop("organisations")
        event = EngagementEvent.objects.create(**data, logged_by_id=self.initial_data["logged_by"])
        event.organisations.set(groups)
        Point.objects.bulk_create(Point(event=event, **point) for point in points)
        Contribution.objects.bulk_create(Contribution(event=event, **row) for row in contributions)
        return event


class Events(viewsets.ModelViewSet[EngagementEvent]):
    serializer_class = EventSerializer
    pagination_class = Pages
    queryset = EngagementEvent.objects.prefetch_related("organisations", "points", "contributions__person")

    def get_queryset(self) -> Any:
        group = self.request.GET.get("organisation")
        return super().get_queryset().filter(organisations=group) if group else super().get_queryset()

    def create(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        with writing_allowed():
            return super().create(request, *args, **kwargs)


PAGE = Engine().from_string(
    "<!DOCTYPE html><title>Contacts</title><ul>{% for e in rows %}<li>{{ e.occurred_on }} {{ e.get_kind_display }}"
    "{% for g in e.organisations.all %} {{ g.name }}{% endfor %}{% for p in e.points.all %}<p>{{ p.words }}</p>"
    "{% endfor %}</li>{% endfor %}</ul>"
)


def page(request: HttpRequest) -> HttpResponse:
    rows = EngagementEvent.objects.select_related("logged_by", "locality").prefetch_related("organisations", "points")
    return HttpResponse(PAGE.render(Context({"rows": rows.order_by("-occurred_on", "-id")[:25]})))


def people(request: HttpRequest) -> HttpResponse:
    rows = Person.objects.filter(name__icontains=request.GET["name"])[:10]
    return HttpResponse(",".join(str(row.pk) for row in rows))


def group_page(request: HttpRequest, pk: Any) -> HttpResponse:
    group = Organisation.objects.get(pk=pk)
    rows = group.events.prefetch_related("organisations", "points").order_by("-occurred_on", "-id")[:20]
    return HttpResponse(group.name + PAGE.render(Context({"rows": rows})))


def person_page(request: HttpRequest, pk: Any) -> HttpResponse:
    person = Person.objects.get(pk=pk)
    rows = EngagementEvent.objects.filter(contributions__person=person).prefetch_related("organisations", "points")
    return HttpResponse(person.name + PAGE.render(Context({"rows": rows.order_by("-occurred_on", "-id")[:20]})))


def fixed(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"x" * int(request.GET.get("bytes", 6000)), content_type="text/html")


urlpatterns = [
    path("events/", Events.as_view({"get": "list", "post": "create"})),
    path("page/", page),
    path("people/", people),
    path("group/<uuid:pk>/", group_page),
    path("person/<uuid:pk>/", person_page),
    path("fixed/", fixed),
]
