"""Groups and organisations: `/api/v1/organisations/`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, Links, choice, text
from api.v1 import examples
from api.v1.search import Search, SearchInput
from api.views import Collection, Item, Named, Operation, Output, Row, named
from crm.areas.models import Area
from crm.base.models import Record
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations import actions, permissions
from crm.organisations.details import CommunityLinkDetails, OrganisationDetails
from crm.organisations.filters import OrganisationFilter
from crm.organisations.models import Organisation, OrganisationCommunity

OWN = ("name", "kind", "place", "description", "good_to_know", "phone", "email", "website", "closed_on")
LONG = 5000


class CommunityLinkShape(Input):
    """How the group stands to a community."""

    community = Link(Community, required=True)
    relation = choice(OrganisationCommunity.Relation, required=True)


class OrganisationInput(Input):
    """A group or organisation. Lists are sent whole."""

    name = text(200)
    kind = choice(Organisation.Kind)
    parent = Link(Organisation, allow_null=True, help_text="What it belongs to.")  # type: ignore[assignment]  # a field of ours by that name
    area = Link(Area, allow_null=True, help_text="The ward it meets in.")
    place = text(200, help_text="Where it meets, in words.")
    description = text(LONG)
    good_to_know = text(LONG, help_text="What to get right before you go. No health details.")
    languages = Links(Language)
    phone = text(30)
    email = text(254)
    website = text(200)
    communities = serializers.ListField(child=CommunityLinkShape(), required=False, max_length=50)
    closed_on = serializers.DateField(required=False, allow_null=True, help_text="No longer exists since.")


class CommunityLinkOut(Output):
    """How a group stands to a community."""

    community = Named()
    relation = serializers.CharField(help_text="`led_by`, `speaks_for` or `works_with`.")


class OrganisationOut(Output):
    """A group or organisation."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()
    parent = Named(allow_null=True)
    area = Named(allow_null=True)
    place = serializers.CharField()
    description = serializers.CharField()
    good_to_know = serializers.CharField()
    languages = Named(many=True)
    phone = serializers.CharField()
    email = serializers.CharField()
    website = serializers.CharField()
    communities = CommunityLinkOut(many=True)
    closed_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


LED_BY = {"community": examples.COMMUNITY, "relation": "led_by"}
EXAMPLE: dict[str, Any] = {
    **examples.GROUP, "version": 1, "kind": "community_group", "parent": None, "area": examples.EVENT["area"],
    "place": "Community centre, side door", "description": "", "good_to_know": "Shoes off at the door.",
    "languages": [], "phone": "", "email": "", "website": "", "communities": [LED_BY], "closed_on": None,
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
EXAMPLE_INPUT = {
    "name": "Lozells Women's Circle",
    "kind": "community_group",
    "communities": [{"community": examples.COMMUNITY["id"], "relation": "led_by"}],
}


def for_list(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With place, parent, languages and communities: two queries more, however many rows."""
    links = Prefetch("community_links", OrganisationCommunity.objects.select_related("community"))
    return rows.select_related("area", "parent").prefetch_related("languages", links)


def as_row(group: Organisation) -> Row:
    """A group as it goes out."""
    links = group.community_links.all()
    return {
        "id": group.pk,
        "version": group.version,
        **{name: getattr(group, name) for name in OWN},
        "parent": named(group.parent),
        "area": named(group.area),
        "languages": [named(language) for language in group.languages.all()],
        "communities": [{"community": named(link.community), "relation": link.relation} for link in links],
        "created_at": group.created_at,
        "modified_at": group.modified_at,
    }


def details_from(values: dict[str, Any], known: dict[str, Any]) -> OrganisationDetails:
    """A group as the request tells it, upon what is known already."""
    told = dict(values)
    if "communities" in told:
        told["communities"] = [CommunityLinkDetails(**link) for link in told["communities"]]
    return OrganisationDetails(**{"name": "", **known, **told})


class Organisations(Collection):
    """Groups, those added last first."""

    model = Organisation
    item_name = "organisation"
    filter_class = OrganisationFilter
    permissions_by_method = {"GET": permissions.read_organisations, "POST": permissions.add_organisation}
    operations = {
        "GET": Operation("List groups", "All of them, so that nobody asks twice.", gives=OrganisationOut,
                         example=EXAMPLE),
        "POST": Operation("Add a group", "Only the name must be given.", takes=OrganisationInput, status=201,
                          example=EXAMPLE_INPUT),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        return actions.add_organisation(actor=self.reader, details=details_from(values, {}))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class OrganisationItem(Item):
    """One group."""

    model = Organisation
    item_name = "organisation"
    permissions_by_method = {"GET": permissions.read_organisations, "PATCH": permissions.change_organisation}
    operations = {
        "GET": Operation("Read a group", gives=OrganisationOut, example=EXAMPLE),
        "PATCH": Operation("Change a group", "Send what is different. Lists are sent whole.", takes=OrganisationInput,
                           example={"good_to_know": "Shoes off at the door."}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        links = record.community_links.select_related("community")
        known = {
            **{name: getattr(record, name) for name in (*OWN, "parent", "area")},
            "languages": list(record.languages.all()),
            "communities": [CommunityLinkDetails(link.community, link.relation) for link in links],
        }
        return actions.change_organisation(
            actor=self.reader,
            organisation=record,
            details=details_from(values, known),
            expected_version=expected_version,
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class OrganisationSearch(Search):
    """Find a group by its name."""

    model = Organisation
    kind = "organisation"
    permissions_by_method = {"POST": permissions.read_organisations}
    operations = {
        "POST": Operation("Find a group", "By name, however it is spelt.", takes=SearchInput, gives=OrganisationOut,
                          example={"words": "lozels women"})
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def represent(self, rows: list[Any]) -> list[Row]:
        """As in the list."""
        return [as_row(row) for row in rows]
