"""Venues with their access record: `/api/v1/venues/`."""

from __future__ import annotations

from collections.abc import Collection as Many
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, text
from api.v1 import examples
from api.v1.groups import GroupOut, groups_beside, named_group
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.areas.models import Area
from crm.base.models import Record
from crm.organisations.models import Organisation
from crm.venues import actions, permissions, reports
from crm.venues.details import VenueDetails, VenueFactDetails
from crm.venues.filters import VenueFilter
from crm.venues.models import Venue, VenueFact

OWN = ("name", "address", "how_to_get_there", "phone", "map_point", "closed_on")


class VenueFactShape(Input):
    """One line of the access record. An answer of null takes the line away: it is unknown again."""

    about = choice(VenueFact.About, required=True)
    answer = choice(VenueFact.Answer, required=True, allow_null=True)
    words = text(300)
    checked_on = serializers.DateField(required=False, allow_null=True, help_text="The day somebody looked.")
    checked_with = text(150, help_text="Who uses it or looks after it, by role.")


class FactsInput(Input):
    """What was found. Things that are not named stay as they were."""

    facts = serializers.ListField(child=VenueFactShape(), required=True, max_length=20)


class VenueShape(Input):
    """What can be said about a venue."""

    name = text(200)
    organisation = Link(Organisation, allow_null=True, help_text="Whose place it is.")
    area = Link(Area, allow_null=True, help_text="The ward.")
    address = text(300)
    how_to_get_there = text(5000)
    phone = text(30)
    map_point = text(40, help_text="Latitude and longitude, like 52.4862, -1.8904.")
    closed_on = serializers.DateField(required=False, allow_null=True, help_text="Not used since.")


class VenueInput(VenueShape):
    """A venue, with what is known of it."""

    always = ("name",)
    facts = serializers.ListField(child=VenueFactShape(), required=False, max_length=20)


class VenueFactOut(Output):
    """What was found, when, by whom and with whom."""

    answer = serializers.CharField()
    words = serializers.CharField()
    checked_on = serializers.DateField()
    checked_by = Named()
    checked_with = serializers.CharField()
    check_again = serializers.BooleanField(help_text="Whether it is older than a year.")


FactsOut = type(
    "VenueFacts",
    (Output,),
    {
        "__doc__": "Every thing that is looked at; null where nobody has asked. Null is not no.",
        **{about: VenueFactOut(allow_null=True, help_text=str(label)) for about, label in VenueFact.About.choices},
    },
)


class VenueOut(Output):
    """A venue."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    organisation = GroupOut(allow_null=True)
    area = Named(allow_null=True)
    address = serializers.CharField()
    how_to_get_there = serializers.CharField()
    phone = serializers.CharField()
    map_point = serializers.CharField()
    facts = FactsOut()
    closed_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


RAMP = {
    "answer": "yes", "words": "Ramp at the side door", "checked_on": "2026-11-24", "checked_by": examples.OFFICER,
    "checked_with": "the caretaker", "check_again": False,
}  # fmt: skip
EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}22", "version": 1, "name": "Mill Street Centre", "organisation": None,
    "area": examples.EVENT["area"], "address": "Mill Street", "how_to_get_there": "", "phone": "",
    "map_point": "52.4862, -1.8904",
    "facts": {**dict.fromkeys(VenueFact.About.values), "step_free": RAMP}, "closed_on": None,
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
FOUND = {"about": "step_free", "answer": "yes", "words": "Ramp at the side door", "checked_on": "2026-11-24"}


def for_list(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With place, group and access record: one query more, however many rows."""
    facts = Prefetch("facts", VenueFact.objects.select_related("checked_by"))
    return rows.select_related("area", "organisation").prefetch_related(facts)


def as_row(venue: Venue, groups: Many[Any]) -> Row:
    """A venue as it goes out; `groups` are those that its reader may open."""
    return {
        "id": venue.pk,
        "version": venue.version,
        **{name: getattr(venue, name) for name in OWN},
        "organisation": named_group(venue.organisation, groups),
        "area": named(venue.area),
        "facts": {line.about: _fact(line) for line in reports.access_of(venue)},
        "created_at": venue.created_at,
        "modified_at": venue.modified_at,
    }


def _fact(line: reports.Line) -> Row | None:
    fact = line.fact
    if fact is None:
        return None
    own = {name: getattr(fact, name) for name in ("answer", "words", "checked_on", "checked_with")}
    return {**own, "checked_by": named(fact.checked_by), "check_again": line.again}


def _told(facts: Sequence[dict[str, Any]]) -> list[VenueFactDetails]:
    return [VenueFactDetails(**fact) for fact in facts]


class Venues(Collection):
    """Venues, those added last first."""

    model = Venue
    item_name = "venue"
    filter_class = VenueFilter
    permissions_by_method = {"GET": permissions.read_venues, "POST": permissions.add_venue}
    operations = {
        "GET": Operation("List venues", "With what was found about access; a fact is null where nobody has asked.",
                         gives=VenueOut, example=EXAMPLE),
        "POST": Operation("Add a venue", "Only the name must be given.", takes=VenueInput, status=201,
                          example={"name": "Mill Street Centre", "facts": [FOUND]}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """For champions one query: which of the groups they may open."""
        groups = groups_beside(rows, self.reader)
        return [as_row(row, groups) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        facts = _told(values.pop("facts", []))
        return actions.add_venue(actor=self.reader, details=VenueDetails(**{"name": "", **values}), facts=facts)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class VenueItem(Item):
    """One venue."""

    model = Venue
    item_name = "venue"
    beside = True
    permissions_by_method = {"GET": permissions.read_venues, "PATCH": permissions.change_venue}
    operations = {
        "GET": Operation("Read a venue", gives=VenueOut, example=EXAMPLE),
        "PATCH": Operation("Change a venue", "Send what is different.", takes=VenueShape,
                           example={"how_to_get_there": "The 8 stops at the gate."}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row, groups_beside([row], self.reader))

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in (*OWN, "organisation", "area")}
        details = VenueDetails(**{**known, **values})
        return actions.change_venue(actor=self.reader, venue=record, details=details, expected_version=expected_version)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class CheckVenue(Verb):
    """What was found there."""

    model = Venue
    item_name = "venue"
    permissions_by_method = {"POST": permissions.check_venue}
    operations = {
        "POST": Operation("Record what was found at a venue",
                          "Each line takes the place of the one about the same thing; an answer of null takes it away.",
                          takes=FactsInput, example={"facts": [FOUND]}),
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Record it."""
        facts = _told(values["facts"])
        return actions.check_venue(actor=self.reader, venue=record, facts=facts, expected_version=expected_version)
