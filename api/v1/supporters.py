"""Who supports people: `/api/v1/supporters/?person=<id>`."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, text
from api.v1 import examples
from api.v1.about_person import AboutPeople, AboutPersonItem, AboutPersonOut, start_of
from api.views import Operation, Row, Verb
from crm.base.models import Record
from crm.people import actions, permissions
from crm.people.details import SupporterDetails
from crm.people.models import Person, Supporter


class SupporterChangeInput(Input):
    """Who supports a person."""

    kind = choice(Supporter.Kind)
    relation = text(100, help_text="Like: her father, his neighbour.")
    supporter = Link(Person, allow_null=True, help_text="Their own record, if they have one. Null, where you "
                     "may not see it, leaves it as it is.")  # fmt: skip


class SupporterInput(SupporterChangeInput):
    """Who supports which person."""

    person = Link(Person, required=True, help_text="Whom they support.")


class SupporterOut(AboutPersonOut):
    """Somebody who supports a person."""

    kind = serializers.CharField()
    relation = serializers.CharField()
    supporter = serializers.UUIDField(allow_null=True, help_text="Only when you may see their record.")
    ended_on = serializers.DateField(allow_null=True)


EXAMPLE = {
    "id": f"{examples.ID}60", "version": 1, "person": f"{examples.ID}10", "kind": "family", "relation": "her father",
    "supporter": None, "ended_on": None, "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(row: Supporter) -> Row:
    """A supporter as they go out."""
    seen = row.supporter.pk if row.supporter else None
    return {
        **start_of(row), "kind": row.kind, "relation": row.relation, "supporter": seen, "ended_on": row.ended_on
    }  # fmt: skip


def with_seen(rows: QuerySet[Any], reader: Any) -> QuerySet[Any]:
    """With the supporter's own record where the reader may see it."""
    return rows.prefetch_related(Prefetch("supporter", Person.objects.visible_to(reader).order_by()))


class Supporters(AboutPeople):
    """Who supports people."""

    model = Supporter
    item_name = "supporter"
    permissions_by_method = {"GET": permissions.read_around_people, "POST": permissions.add_supporter}
    operations = {
        "GET": Operation("List who supports people", "Narrow it to one with `person`.", gives=SupporterOut,
                         example=EXAMPLE),
        "POST": Operation("Add who supports a person", "", takes=SupporterInput, status=201,
                          example={"person": f"{examples.ID}10", "kind": "family", "relation": "her father"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With both records."""
        return with_seen(super().with_related(rows), self.reader)

    def as_row(self, row: Any) -> Row:
        """One row."""
        return as_row(row)

    def create(self, values: dict[str, Any]) -> Record:
        """Add them."""
        person = values.pop("person")
        details = SupporterDetails(**{"relation": "", **values})
        return actions.add_supporter(actor=self.reader, person=person, details=details)


class SupporterItem(AboutPersonItem):
    """One of them."""

    model = Supporter
    item_name = "supporter"
    beside = True
    permissions_by_method = {"GET": permissions.read_around_people, "PATCH": permissions.change_supporter}
    operations = {
        "GET": Operation("Read who supports a person", gives=SupporterOut, example=EXAMPLE),
        "PATCH": Operation("Change who supports a person", "Send what is different.", takes=SupporterChangeInput,
                           example={"relation": "her uncle"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With both records."""
        return with_seen(super().with_related(rows), self.reader)

    def as_row(self, row: Any) -> Row:
        """The row."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in ("kind", "relation", "supporter")}
        details = SupporterDetails(**{**known, **values})
        return actions.change_supporter(
            actor=self.reader, supporter=record, details=details, expected_version=expected_version
        )

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class EndSupporter(Verb):
    """They support the person no more."""

    model = Supporter
    item_name = "supporter"
    permissions_by_method = {"POST": permissions.end_supporter}
    operations = {"POST": Operation("End who supports a person", "It stays with its last day.", takes=Input)}

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """End it."""
        return actions.end_supporter(actor=self.reader, supporter=record, expected_version=expected_version)
