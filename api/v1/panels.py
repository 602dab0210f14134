"""Panels and standing groups: `/api/v1/panels/`, what is done with them, and their seats."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, Links, choice, number, text
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.areas.models import Area
from crm.base.models import Record
from crm.communities.models import Community
from crm.panels.actions import panels as actions
from crm.panels.details.panels import NatureDetails, PanelDetails
from crm.panels.filters import PanelFilter
from crm.panels.models import Panel, PanelKind, Power
from crm.panels.permissions import panels as permissions
from crm.panels.reports.members import seats_of

POWERS = ("agenda_power", "budget_power", "words_power")
OWN = ("name", "terms", "lived_experience_wanted", *POWERS, "first_day")


class PanelChangeInput(Input):
    """What a panel says from now on. Send what is different."""

    name = text(150)
    terms = text(20_000, help_text="Terms of reference: how often it meets, who may come, how it decides, how it ends.")
    locality = Link(Area, allow_null=True, help_text="A locality; null for the whole council.")
    communities = Links(Community, help_text="Whom the terms of reference ask to be there.")
    lived_experience_wanted = number(allow_null=True, help_text="Of every 10 members, how many.")
    agenda_power = choice(Power, help_text="Who may change the agenda.")
    budget_power = choice(Power, help_text="Who may change the budget.")
    words_power = choice(Power, help_text="Who may change the words that are published.")
    first_day = serializers.DateField(required=False, help_text="Meets since. Today, unless told.")


class PanelInput(PanelChangeInput):
    """A panel. Name, kind and purpose must be given."""

    always = ("kind", "name", "purpose")
    kind = choice(PanelKind)
    purpose = text(20_000, help_text="What it is for, in words a citizen understands.")
    grew_from = Link(Panel, allow_null=True, help_text="The body it came out of.")


class NatureInput(Input):
    """What a panel becomes."""

    always = ("reason",)
    kind = choice(PanelKind, help_text="As it is, unless told.")
    purpose = text(20_000, help_text="As it is, unless told.")
    reason = text(300, help_text="Why it changes.")
    changed_on = serializers.DateField(required=False, help_text="Today, unless told.")


class EndPanelInput(Input):
    """Why a panel ends."""

    always = ("reason",)
    reason = text(300, help_text="In a few words.")
    ended_on = serializers.DateField(required=False, help_text="Its last day. Today, unless told.")


class ChangeOut(Output):
    """What a panel was before."""

    changed_on = serializers.DateField()
    old_kind = serializers.CharField()
    old_purpose = serializers.CharField()
    reason = serializers.CharField()
    changed_by = Named()


class PanelSeatOut(Output):
    """A seat of the panel."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    reserved_for = Named(allow_null=True)
    aim = serializers.CharField()
    taken = serializers.BooleanField(allow_null=True, help_text="Told to leads and managers; null for others.")


class PanelOut(Output):
    """A panel."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()
    purpose = serializers.CharField()
    terms = serializers.CharField()
    locality = Named(allow_null=True, help_text="Null: the whole council.")
    communities = Named(many=True)
    lived_experience_wanted = serializers.IntegerField(allow_null=True, help_text="Of every 10 members.")
    agenda_power = serializers.CharField(help_text="`council`, `together` or `panel`.")
    budget_power = serializers.CharField()
    words_power = serializers.CharField()
    first_day = serializers.DateField()
    grew_from = Named(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    ended_reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class PanelWhole(PanelOut):
    """A panel with its seats and history."""

    seats = PanelSeatOut(many=True)
    grew_into = Named(many=True)
    changes = ChangeOut(many=True)


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}50", "version": 1, "name": "Adult care citizen panel", "kind": "citizen_panel",
    "purpose": "Say what care should be like", "terms": "Meets every two months.", "locality": None,
    "communities": [examples.COMMUNITY], "lived_experience_wanted": 5, "agenda_power": "together",
    "budget_power": "council", "words_power": "panel", "first_day": "2025-03-01", "grew_from": None, "ended_on": None,
    "ended_reason": "", "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
SEAT = {
    "id": f"{examples.ID}51", "name": "Kashmiri seat", "reserved_for": examples.COMMUNITY,
    "aim": "One in six people here, and nobody at the table", "taken": None,
}  # fmt: skip
EXAMPLE_WHOLE: dict[str, Any] = {**EXAMPLE, "seats": [SEAT], "grew_into": [], "changes": []}


def as_row(panel: Any) -> Row:
    """A panel as it goes out."""
    return {
        "id": panel.pk,
        "version": panel.version,
        **{name: getattr(panel, name) for name in (*OWN, "kind", "purpose", "ended_on", "ended_reason")},
        "locality": named(panel.locality),
        "communities": [named(community) for community in panel.communities.all()],
        "grew_from": named(panel.grew_from),
        "created_at": panel.created_at,
        "modified_at": panel.modified_at,
    }


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With names, in no order of its own."""
    return rows.select_related("locality", "grew_from").prefetch_related("communities")


class Panels(Collection):
    """Panels, newest first."""

    model = Panel
    item_name = "panel"
    filter_class = PanelFilter
    permissions_by_method = {"GET": permissions.read_panels, "POST": permissions.add_panel}
    operations = {
        "GET": Operation("List panels", "Those that ended too; `current=true` leaves them out.", gives=PanelOut,
                         example=EXAMPLE),
        "POST": Operation("Add a panel", "With `grew_from` when it came out of another.", takes=PanelInput, status=201,
                          example={"name": "Carers' focus group", "kind": "focus_group",
                                   "purpose": "Talk about breaks for carers", "grew_from": f"{examples.ID}50"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        nature = NatureDetails(values.pop("kind", ""), values.pop("purpose", ""))
        return actions.add_panel(actor=self.reader, details=PanelDetails(**{"name": "", **values}), nature=nature)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class PanelItem(Item):
    """One panel."""

    model = Panel
    item_name = "panel"
    permissions_by_method = {"GET": permissions.read_panels, "PATCH": permissions.change_panel}
    operations = {
        "GET": Operation("Read a panel", "With its seats, what it was before, and what grew out of it.",
                         gives=PanelWhole, example=EXAMPLE_WHOLE),
        "PATCH": Operation("Change a panel", "All but its kind and purpose: those change by `change-nature`.",
                           takes=PanelChangeInput, example={"agenda_power": "panel"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names and history."""
        return with_related(rows).prefetch_related("grew_into", "changes__changed_by")

    def represent_one(self, row: Any) -> Row:
        """As in the list, with seats and history."""
        closely = permissions.add_panel(actor=self.reader)
        seats = [
            {"id": seat.pk, "name": seat.name, "reserved_for": named(seat.reserved_for), "aim": seat.aim,
             "taken": seat.taken if closely else None}  # type: ignore[attr-defined]  # annotated
            for seat in seats_of(row, timezone.localdate())
        ]  # fmt: skip
        names = ("changed_on", "old_kind", "old_purpose", "reason")
        changes = [
            {**{name: getattr(change, name) for name in names}, "changed_by": named(change.changed_by)}
            for change in row.changes.all()
        ]
        grew_into = [named(other) for other in row.grew_into.all()]
        return {**as_row(row), "seats": seats, "grew_into": grew_into, "changes": changes}

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in (*OWN, "locality")}
        details = PanelDetails(**{**known, "communities": list(record.communities.all()), **values})
        return actions.change_panel(actor=self.reader, panel=record, details=details, expected_version=expected_version)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class ChangeNature(Verb):
    """It becomes something else."""

    model = Panel
    item_name = "panel"
    permissions_by_method = {"POST": permissions.change_panel_nature}
    operations = {
        "POST": Operation("Change the nature of a panel", "Its kind, its purpose or both; what it was is kept.",
                          takes=NatureInput,
                          example={"kind": "coproduction_forum", "reason": "They asked to decide, not advise"})
    }  # fmt: skip

    def act(self, record: Panel, values: dict[str, Any], expected_version: int | None) -> Record:
        """Change it, with its history."""
        details = NatureDetails(**{"kind": record.kind, "purpose": record.purpose, **values})
        return actions.change_panel_nature(
            actor=self.reader, panel=record, details=details, expected_version=expected_version
        )


class EndPanel(Verb):
    """It ends."""

    model = Panel
    item_name = "panel"
    permissions_by_method = {"POST": permissions.end_panel}
    operations = {
        "POST": Operation("End a panel", "Every term there ends with it.", takes=EndPanelInput,
                          example={"reason": "It became two focus groups"})
    }  # fmt: skip

    def act(self, record: Panel, values: dict[str, Any], expected_version: int | None) -> Record:
        """End it."""
        told = {"reason": "", **values}
        return actions.end_panel(actor=self.reader, panel=record, **told, expected_version=expected_version)
