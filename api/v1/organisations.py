"""Groups and organisations: `/api/v1/organisations/`."""

from __future__ import annotations

from collections.abc import Collection as Many
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
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.areas.models import Area
from crm.base.models import Record
from crm.communities.models import Community
from crm.languages.models import Language
from crm.organisations import actions, permissions, reports
from crm.organisations.details import CommunityLinkDetails, NetworkDetails, OrganisationDetails
from crm.organisations.filters import OrganisationFilter
from crm.organisations.models import NetworkMember, Organisation, OrganisationCommunity

OWN = ("name", "kind", "place", "description", "good_to_know", "phone", "email", "website", "closed_on")
LONG = 5000


class CommunityLinkShape(Input):
    """How the group stands to a community."""

    community = Link(Community, required=True)
    relation = choice(OrganisationCommunity.Relation, required=True)


class NetworkShape(Input):
    """A network the group is in."""

    network = Link(Organisation, required=True)
    part = choice(NetworkMember.Part)
    first_day = serializers.DateField(required=False, allow_null=True, help_text="From.")
    last_day = serializers.DateField(required=False, allow_null=True, help_text="Until.")


class GroupConfirmInput(Input):
    """Who said that it is right."""

    always = ("with_whom",)
    with_whom = text(150, help_text="Who in the group said so, by role.")


class OrganisationInput(Input):
    """A group or organisation. Lists are sent whole."""

    always = ("name",)
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
    areas_served = Links(Area, help_text="Wards, localities or constituencies it serves.")
    networks = serializers.ListField(
        child=NetworkShape(), required=False, max_length=50, help_text="The networks it is in, or was."
    )
    closed_on = serializers.DateField(required=False, allow_null=True, help_text="No longer exists since.")


class CommunityLinkOut(Output):
    """How a group stands to a community."""

    community = Named()
    relation = serializers.CharField(help_text="`led_by`, `speaks_for`, `works_with` or `serves`.")


class NetworkOut(Output):
    """A network, or a member of one, and what the group does there."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    part = serializers.CharField(help_text="`leads` or `member`.")
    first_day = serializers.DateField(allow_null=True)
    last_day = serializers.DateField(allow_null=True)


class ParentOut(Output):
    """What a group belongs to: a fact about the group one sees, with a way on only where one may take it."""

    id = serializers.UUIDField(allow_null=True, help_text="Null: a group you may not open.")
    name = serializers.CharField()


class OrganisationOut(Output):
    """A group or organisation, as lists show it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()
    parent = ParentOut(allow_null=True, help_text="What it belongs to.")
    area = Named(allow_null=True)
    place = serializers.CharField()
    description = serializers.CharField()
    good_to_know = serializers.CharField()
    languages = Named(many=True)
    phone = serializers.CharField()
    email = serializers.CharField()
    website = serializers.CharField()
    communities = CommunityLinkOut(many=True)
    areas_served = Named(many=True)
    confirmed_on = serializers.DateField(allow_null=True, help_text="When somebody in it last said that this is right.")
    confirmed_by = Named(allow_null=True)
    confirmed_with = serializers.CharField()
    closed_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class OrganisationWhole(OrganisationOut):
    """A group with the groups around it and what it was given."""

    networks = NetworkOut(many=True, help_text="The networks it is in, or was.")
    members = NetworkOut(many=True, help_text="The groups in it, where it is a network.")
    children = Named(many=True, help_text="The groups that belong to it.")
    support_times = serializers.IntegerField(help_text="How often it was given support, mentoring or training.")
    support_hours = serializers.FloatField(allow_null=True, help_text="For how many hours, where hours were written.")


LED_BY = {"community": examples.COMMUNITY, "relation": "led_by"}
EXAMPLE: dict[str, Any] = {
    **examples.GROUP, "version": 1, "kind": "community_group", "parent": None, "area": examples.EVENT["area"],
    "place": "Community centre, side door", "description": "", "good_to_know": "Shoes off at the door.",
    "languages": [], "phone": "", "email": "", "website": "", "communities": [LED_BY], "areas_served": [],
    "confirmed_on": "2026-11-24", "confirmed_by": examples.OFFICER, "confirmed_with": "the chair", "closed_on": None,
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
WHOLE: dict[str, Any] = {
    **EXAMPLE, "networks": [], "members": [], "children": [], "support_times": 2, "support_hours": 3.5,
}  # fmt: skip
EXAMPLE_INPUT = {
    "name": "Lozells Women's Circle",
    "kind": "community_group",
    "communities": [{"community": examples.COMMUNITY["id"], "relation": "led_by"}],
}


def for_list(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With place, parent, languages, communities and areas served: three queries more, however many rows."""
    links = Prefetch("community_links", OrganisationCommunity.objects.select_related("community"))
    return rows.select_related("area", "parent", "confirmed_by").prefetch_related("languages", "areas_served", links)


def as_rows(groups: Sequence[Organisation], reader: Any) -> list[Row]:
    """Groups as they go out. For champions one query: which of the groups they belong to they may open."""
    known = Organisation.objects.seen_among(reader, {group.parent_id for group in groups if group.parent_id})
    return [as_row(group, known) for group in groups]


def as_row(group: Organisation, known: Many[Any]) -> Row:
    """A group as it goes out; `known` are the groups that its reader may open."""
    links = group.community_links.all()
    return {
        "id": group.pk,
        "version": group.version,
        **{name: getattr(group, name) for name in OWN},
        "parent": _parent(group, known),
        "area": named(group.area),
        "languages": [named(language) for language in group.languages.all()],
        "communities": [{"community": named(link.community), "relation": link.relation} for link in links],
        "areas_served": [named(area) for area in group.areas_served.all()],
        "confirmed_on": group.confirmed_on,
        "confirmed_by": named(group.confirmed_by),
        "confirmed_with": group.confirmed_with,
        "created_at": group.created_at,
        "modified_at": group.modified_at,
    }


def _parent(group: Organisation, known: Many[Any]) -> Row | None:
    if group.parent is None:
        return None
    return {"id": group.parent_id if group.parent_id in known else None, "name": group.parent.name}


def as_whole(group: Any, reader: Any) -> Row:
    """A group as its own address shows it: one query more."""
    near = reports.around(group, reader=reader)
    hours = group.support_hours
    return {
        **as_rows([group], reader)[0],
        "networks": [_near(line) for line in near.networks],
        "members": [_near(line) for line in near.members],
        "children": [{"id": line.pk, "name": line.name} for line in near.children],
        "support_times": group.support_times,
        "support_hours": float(hours) if hours is not None else None,
    }


def _near(line: reports.Near) -> Row:
    return {
        "id": line.pk,
        "name": line.name,
        "part": line.part,
        "first_day": line.first_day,
        "last_day": line.last_day,
    }


def details_from(values: dict[str, Any], known: dict[str, Any]) -> OrganisationDetails:
    """A group as the request tells it, upon what is known already."""
    told = dict(values)
    if "communities" in told:
        told["communities"] = [CommunityLinkDetails(**link) for link in told["communities"]]
    if "networks" in told:
        told["networks"] = [NetworkDetails(**row) for row in told["networks"]]
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
        """No query of its own, but for champions."""
        return as_rows(rows, self.reader)

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
    beside = True
    permissions_by_method = {"GET": permissions.read_organisations, "PATCH": permissions.change_organisation}
    operations = {
        "GET": Operation("Read a group", "With the groups around it, and what it was given.", gives=OrganisationWhole,
                         example=WHOLE),
        "PATCH": Operation("Change a group", "Send what is different. Lists are sent whole.", takes=OrganisationInput,
                           example={"good_to_know": "Shoes off at the door."}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows, and what it was given."""
        return reports.with_support(for_list(rows), reader=self.reader)

    def represent_one(self, row: Any) -> Row:
        """With what stands around it."""
        return as_whole(row, self.reader)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        links = record.community_links.select_related("community")
        networks = record.networks.select_related("network")
        known = {
            **{name: getattr(record, name) for name in (*OWN, "parent", "area")},
            "languages": list(record.languages.all()),
            "areas_served": list(record.areas_served.all()),
            "networks": [NetworkDetails(row.network, row.part, row.first_day, row.last_day) for row in networks],
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


class ConfirmOrganisation(Verb):
    """Somebody in it says it is right."""

    model = Organisation
    item_name = "organisation"
    permissions_by_method = {"POST": permissions.confirm_organisation}
    operations = {
        "POST": Operation("Confirm a group", "Somebody in it said today that what stands here is right.",
                          takes=GroupConfirmInput, example={"with_whom": "the chair"}),
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Confirm it."""
        return actions.confirm_organisation(
            actor=self.reader,
            organisation=record,
            with_whom=values.get("with_whom", ""),
            expected_version=expected_version,
        )


class OrganisationSearch(Search):
    """Find a group by its name."""

    model = Organisation
    kind = "organisation"
    permissions_by_method = {"POST": permissions.read_organisations}
    operations = {
        "POST": Operation("Find a group", "By name, however it is spelt.", takes=SearchInput, gives=OrganisationOut,
                          example={"words": "lozels women"}, answer=EXAMPLE)
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def represent(self, rows: list[Any]) -> list[Row]:
        """As in the list."""
        return as_rows(rows, self.reader)
