"""What groups offer people: `/api/v1/services/`."""

from __future__ import annotations

from collections.abc import Collection as Many
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, Links, choice, text
from api.v1 import examples
from api.v1.groups import GroupOut, groups_beside, named_group
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.base.models import Record
from crm.languages.models import Language
from crm.organisations import actions, permissions
from crm.organisations.details import ServiceDetails
from crm.organisations.filters import ServiceFilter
from crm.organisations.models import Organisation, Service

OWN = ("name", "description", "who_for", "when", "cost", "how_to_join", "status", "in_directory")


class ServiceShape(Input):
    """What can be said about a service. Lists are sent whole."""

    name = text(200)
    description = text(5000, help_text="What happens there.")
    who_for = text(300)
    when = text(200, help_text="Like: Tuesdays 10 to 12.")
    cost = text(200)
    how_to_join = text(300)
    languages = Links(Language)
    status = choice(Service.Status)
    in_directory = serializers.BooleanField(required=False, help_text="Show it in the public directory.")


class ServiceInput(ServiceShape):
    """A service of a group."""

    organisation = Link(Organisation, required=True, help_text="The group that offers it.")


class ServiceOut(Output):
    """A service of a group."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    organisation = GroupOut()
    name = serializers.CharField()
    description = serializers.CharField()
    who_for = serializers.CharField()
    when = serializers.CharField()
    cost = serializers.CharField()
    how_to_join = serializers.CharField()
    languages = Named(many=True)
    status = serializers.CharField()
    in_directory = serializers.BooleanField()
    confirmed_on = serializers.DateField(allow_null=True, help_text="When the group last said that this is right.")
    confirmed_by = Named(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}20", "version": 1, "organisation": examples.GROUP, "name": "Tuesday advice table",
    "description": "Somebody reads letters with you.", "who_for": "Anyone", "when": "Tuesdays 10 to 12",
    "cost": "Free", "how_to_join": "Just come", "languages": [], "status": "active", "in_directory": True,
    "confirmed_on": "2026-11-24", "confirmed_by": examples.OFFICER, "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(service: Service, groups: Many[Any]) -> Row:
    """A service as it goes out; `groups` are those that its reader may open."""
    return {
        "id": service.pk,
        "version": service.version,
        "organisation": named_group(service.organisation, groups),
        **{name: getattr(service, name) for name in OWN},
        "languages": [named(language) for language in service.languages.all()],
        "confirmed_on": service.confirmed_on,
        "confirmed_by": named(service.confirmed_by),
        "created_at": service.created_at,
        "modified_at": service.modified_at,
    }


def for_list(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With group, languages and who confirmed it: one query more, however many rows."""
    return rows.select_related("organisation", "confirmed_by").prefetch_related("languages")


class Services(Collection):
    """Services, those added last first."""

    model = Service
    item_name = "service"
    filter_class = ServiceFilter
    permissions_by_method = {"GET": permissions.read_services, "POST": permissions.add_service}
    operations = {
        "GET": Operation("List services", "What groups offer people, running or not.", gives=ServiceOut,
                         example=EXAMPLE),
        "POST": Operation("Add a service", "Only the group and the name must be given.", takes=ServiceInput, status=201,
                          example={"organisation": examples.GROUP["id"], "name": "Tuesday advice table"}),
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
        group = values.pop("organisation")
        details = ServiceDetails(**{"name": "", **values})
        return actions.add_service(actor=self.reader, organisation=group, details=details)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class ServiceItem(Item):
    """One service."""

    model = Service
    item_name = "service"
    permissions_by_method = {"GET": permissions.read_services, "PATCH": permissions.change_service}
    operations = {
        "GET": Operation("Read a service", gives=ServiceOut, example=EXAMPLE),
        "PATCH": Operation("Change a service", "Send what is different. Lists are sent whole.", takes=ServiceShape,
                           example={"when": "Tuesdays 10 to 1"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row, groups_beside([row], self.reader))

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in OWN}
        details = ServiceDetails(**{**known, "languages": list(record.languages.all()), **values})
        return actions.change_service(
            actor=self.reader, service=record, details=details, expected_version=expected_version
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class ConfirmService(Verb):
    """The group says it is right."""

    model = Service
    item_name = "service"
    permissions_by_method = {"POST": permissions.confirm_service}
    operations = {
        "POST": Operation("Confirm a service", "The group said today that it is as it stands here.", takes=Input,
                          example={})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Confirm it."""
        return actions.confirm_service(actor=self.reader, service=record, expected_version=expected_version)


class EndService(Verb):
    """It is no more."""

    model = Service
    item_name = "service"
    permissions_by_method = {"POST": permissions.end_service}
    operations = {
        "POST": Operation("End a service", "It leaves the public directory and stays known as ended.", takes=Input,
                          example={})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """End it."""
        return actions.end_service(actor=self.reader, service=record, expected_version=expected_version)
