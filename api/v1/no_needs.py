"""That somebody was asked what they need, and needs nothing: `/api/v1/no-needs/`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from api.inputs import Input, Link, choice, text
from api.pagination import Order
from api.v1 import examples
from api.v1.about_person import AboutPeople, AboutPersonItem, AboutPersonOut, start_of
from api.views import Named, Operation, Row, Verb, named
from crm.access import actions, permissions
from crm.access.details import NoNeedDetails
from crm.access.filters import NoNeedFilter
from crm.access.models import AccessNeed, NoNeed
from crm.base.models import Record
from crm.people.models import Person

OWN = ("told_by", "asked_on", "review_on", "ended_on", "ended_reason")


class NoNeedInput(Input):
    """That a person was asked, and needs nothing. Only the person must be given."""

    person = Link(Person, required=True)
    told_by = choice(AccessNeed.ToldBy)
    asked_on = serializers.DateField(required=False, help_text="The day you asked. Today, unless told.")
    review_on = serializers.DateField(required=False, help_text="When we ask again. In a year, unless told.")


class TakeBackInput(Input):
    """Why it was wrong."""

    always = ("reason",)
    reason = text(200, help_text="Like: nobody asked her.")


class NoNeedOut(AboutPersonOut):
    """That a person was asked, and needs nothing."""

    told_by = serializers.CharField(help_text="Who told us.")
    asked_on = serializers.DateField()
    asked_by = Named()
    review_on = serializers.DateField()
    ended_on = serializers.DateField(allow_null=True, help_text="Null while it stands.")
    ended_reason = serializers.CharField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}42", "version": 1, "person": f"{examples.ID}10", "told_by": "themselves",
    "asked_on": "2026-11-24", "asked_by": examples.OFFICER, "review_on": "2027-11-24", "ended_on": None,
    "ended_reason": "", "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(row: NoNeed) -> Row:
    """One as it goes out."""
    return {**start_of(row), **{name: getattr(row, name) for name in OWN}, "asked_by": named(row.asked_by)}


class NoNeeds(AboutPeople):
    """People who were asked and need nothing, those to ask again first."""

    model = NoNeed
    item_name = "no-need"
    related = ("asked_by",)
    filter_class = NoNeedFilter
    orders = {
        "review_on": Order("review_on", date),
        "-created_at": Order("created_at", None, down=True),
        "created_at": Order("created_at", None),
    }
    default_order = "review_on"
    permissions_by_method = {"GET": permissions.read_needs, "POST": permissions.note_no_need}
    operations = {
        "GET": Operation("List who needs nothing", "Of those asked; what stands, or with `ended` what ended.",
                         gives=NoNeedOut, example=EXAMPLE),
        "POST": Operation("Write down that somebody was asked and needs nothing",
                          "It takes the place of the answer before, and ends when a need is written down.",
                          takes=NoNeedInput, status=201, example={"person": f"{examples.ID}10"}),
    }  # fmt: skip

    def current(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those that stand, unless ended ones are asked for."""
        asked = "ended" in self.request.query_params
        return rows if asked else rows.current()  # type: ignore[attr-defined]  # our own queryset

    def as_row(self, row: Any) -> Row:
        """One row."""
        return as_row(row)

    def create(self, values: dict[str, Any]) -> Record:
        """Write it down."""
        person = values.pop("person")
        return actions.note_no_need(actor=self.reader, person=person, details=NoNeedDetails(**values))


class NoNeedItem(AboutPersonItem):
    """One answer."""

    model = NoNeed
    item_name = "no-need"
    related = ("asked_by",)
    permissions_by_method = {"GET": permissions.read_needs}
    operations = {"GET": Operation("Read that somebody needs nothing", gives=NoNeedOut, example=EXAMPLE)}

    def as_row(self, row: Any) -> Row:
        """The row."""
        return as_row(row)


class TakeBack(Verb):
    """It was wrong."""

    model = NoNeed
    item_name = "no-need"
    permissions_by_method = {"POST": permissions.take_back_no_need}
    operations = {
        "POST": Operation("Take back that somebody needs nothing", "Nobody has asked them then.", takes=TakeBackInput,
                          example={"reason": "Nobody asked her"})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Take it back."""
        reason = values.get("reason", "")
        return actions.take_back_no_need(
            actor=self.reader, no_need=record, reason=reason, expected_version=expected_version
        )
