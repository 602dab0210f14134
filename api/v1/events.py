"""Contacts: `/api/v1/engagement-events/`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from api.pagination import Order
from api.v1 import examples, shapes
from api.v1.event_parts import Part, parts_of
from api.v1.shapes import EventInput
from api.views import Collection, Item, Operation, Row, named
from crm.base.lookups import by_key
from crm.base.models import Record
from crm.base.views import one_seen
from crm.organisations.models import Organisation
from engagement.log import actions, permissions
from engagement.log.details import BarrierDetails, EventDetails, PointDetails, PromiseDetails, ReachDetails
from engagement.log.details import SafeguardingDetails as Referral
from engagement.log.filters import EventFilter
from engagement.log.marks import mark_restricted
from engagement.log.models import EngagementEvent, SafeguardingReferral

BY_DAY = {
    "-occurred_on": Order("occurred_on", date, down=True),
    "occurred_on": Order("occurred_on", date),
    "-created_at": Order("created_at", None, down=True),
}
PARTS = {"reach": ReachDetails, "barriers": BarrierDetails, "points": PointDetails, "promises": PromiseDetails}


def details_from(values: dict[str, Any], into: EventDetails) -> EventDetails:
    """A contact as the request tells it, upon what is known of it already."""
    told: dict[str, Any] = dict(values)
    for name, shape in PARTS.items():
        if told.get(name) is not None:
            told[name] = [shape(**{"due_on": None, **part} if name == "promises" else part) for part in told[name]]
    if told.get("safeguarding"):
        told["safeguarding"] = Referral(**told["safeguarding"])
    return replace(into, **told)


def as_row(event: EngagementEvent, parts: dict[str, list[Part]]) -> Row:
    """A contact as it goes out."""
    return {
        "id": event.pk,
        "version": event.version,
        "state": "withdrawn" if event.withdrawn_at else "standing",
        "kind": event.kind,
        "occurred_on": event.occurred_on,
        "occurred_at": event.occurred_at,
        "area": named(event.area),
        "locality": named(event.locality),
        "place": event.place,
        "team": named(event.team),
        "logged_by": named(event.logged_by),
        **{name: _names(parts[name]) for name in ("officers", "organisations")},
        "people": [{"id": part.id, "name": part.words} for part in parts["people"]],
        "met_in_words": event.met_in_words,
        "reach": [_reach(part) for part in parts["reach"]],
        **{name: _names(parts[name]) for name in ("topics", "support_used", "languages_used")},
        "barriers": [{"id": p.id, "name": p.words, "words": p.other_words} for p in parts["barriers"]],
        "points": [_point(part) for part in sorted(parts["points"], key=lambda part: part.number or 0)],
        "promises": [{"id": p.id, "words": p.words, "due_on": p.detail, "state": p.code} for p in parts["promises"]],
        "follow_up": event.follow_up,
        "follow_up_on": event.follow_up_on,
        "restricted": event.restricted,
        "named_readers": _names(parts["named_readers"]),
        "created_at": event.created_at,
        "modified_at": event.modified_at,
        "withdrawn_at": event.withdrawn_at,
        "withdrawn_reason": event.withdrawn_reason,
    }


def _names(parts: list[Part]) -> list[Row]:
    return [{"id": p.id, "name": p.words} for p in sorted(parts, key=lambda part: part.words or "")]


def _reach(part: Part) -> Row:
    return {
        "community": {"id": part.id, "name": part.words} if part.id else None,
        "people": part.number,
        "basis": part.code,
        "voice": part.detail,
        "through": {"id": part.other, "name": part.other_words} if part.other else None,
    }


def _point(part: Part) -> Row:
    return {"id": part.id, "words": part.words, "kind": part.code, "quoting": part.detail}


class Events(Collection):
    """Contacts, newest day first."""

    model = EngagementEvent
    item_name = "event"
    filter_class = EventFilter
    orders = BY_DAY
    default_order = "-occurred_on"
    permissions_by_method = {"GET": permissions.read_events, "POST": permissions.log_event}
    operations = {
        "GET": Operation(
            "List contacts",
            "The contacts whose words you may read, newest day first. Withdrawn ones are left out unless you ask for "
            "`withdrawn=true`.",
            gives=shapes.Event,
            example=examples.EVENT,
        ),
        "POST": Operation(
            "Log a contact",
            "Say who you met, on which day, and one thing they told you. The rest is filled in as on the page: "
            "the ward the group meets in, you as the officer, the communities the group is led by or speaks for.",
            takes=EventInput,
            status=201,
            example=examples.EVENT_INPUT,
        ),
    }

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the names of places, team and officer."""
        return rows.select_related("area", "locality", "team", "logged_by")

    def current(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those not withdrawn."""
        return rows.filter(withdrawn_at=None)

    def represent(self, rows: Sequence[EngagementEvent]) -> list[Row]:
        """Two queries with the rows' own."""
        mark_restricted(self.reader, rows)
        parts = parts_of(rows, self.reader)
        return [as_row(event, parts[event.pk]) for event in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Log it."""
        return actions.log_event(actor=self.reader, details=details_from(values, EventDetails(occurred_on=None)))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Log."""
        return self.add()


class Event(Item):
    """One contact."""

    model = EngagementEvent
    item_name = "event"
    permissions_by_method = {"GET": permissions.read_events, "PATCH": permissions.correct_event}
    operations = {
        "GET": Operation(
            "Read a contact",
            "With its corrections, and with the safeguarding concerns passed on that you may know of.",
            gives=shapes.EventWhole,
            example=examples.EVENT_WHOLE,
        ),
        "PATCH": Operation(
            "Correct a contact",
            "Send what was wrong, and the reason. Lists are sent whole. Points and promises have addresses of their "
            "own. What it said before is kept.",
            takes=shapes.EventCorrectionInput,
            example={"occurred_on": "2026-11-23", "reason": "It was the day before"},
        ),
    }

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the names of places, team and officer."""
        return rows.select_related("area", "locality", "team", "logged_by")

    def represent_one(self, row: EngagementEvent) -> Row:
        """As in the list, with its history."""
        mark_restricted(self.reader, [row])
        corrections = row.corrections.select_related("corrected_by")
        referrals = SafeguardingReferral.objects.visible_to(self.reader).filter(event=row).order_by("id")
        return {
            **as_row(row, parts_of([row], self.reader)[row.pk]),
            "corrections": [
                {"at": c.corrected_at, "by": named(c.corrected_by), "reason": c.reason, "fields": c.fields}
                for c in corrections
            ],
            "safeguarding": [
                {"passed_on_at": r.passed_on_at, "to_team": r.to_team, "reference": r.reference} for r in referrals
            ],
        }

    def change(self, record: EngagementEvent, values: dict[str, Any], expected_version: int) -> Record:
        """Correct it. People present whom this reader may not see stay."""
        reason = values.pop("reason", "")
        known = details_of(record)
        if "people" in values:
            hidden = {part.id for part in parts_of([record], self.reader)[record.pk]["people"]}
            values["people"] = [*values["people"], *(p for p in known.people if p.pk not in hidden)]
        return actions.correct_event(
            actor=self.reader,
            event=record,
            details=details_from(values, known),
            reason=reason,
            expected_version=expected_version,
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Correct."""
        return self.save(pk)


def details_of(event: EngagementEvent) -> EventDetails:
    """A contact as it stands, for a correction that tells only what was wrong."""
    own: tuple[str, ...] = (
        "kind",
        "occurred_on",
        "occurred_at",
        "area",
        "place",
        "met_in_words",
        "follow_up",
        "follow_up_on",
    )
    linked = ("officers", "organisations", "topics", "support_used", "languages_used")
    reach = event.reach.select_related("community", "through")
    known: dict[str, Any] = {name: getattr(event, name) for name in own}
    known |= {name: list(getattr(event, name).all()) for name in linked}
    return EventDetails(
        **known,
        people=[row.person for row in event.contributions.select_related("person") if row.person],
        reach=[
            ReachDetails(
                community=row.community, people=row.people, basis=row.basis, voice=row.voice, through=row.through
            )
            for row in reach
        ],
        barriers=[
            BarrierDetails(barrier=row.barrier, words=row.words) for row in event.barriers.select_related("barrier")
        ],
    )


class GroupContacts(Collection):
    """That a group was met: the summary every officer may know, so that nobody asks again."""

    model = EngagementEvent
    orders = {"-occurred_on": BY_DAY["-occurred_on"]}
    default_order = "-occurred_on"
    tells_changes = False
    permissions_by_method = {"GET": permissions.read_events}
    operations = {
        "GET": Operation(
            "List when a group was met",
            "Day, kind and topics of every contact with the group, other teams' too, so that nobody asks again what "
            "was asked already. `id` is there when you may read the contact's words.",
            gives=shapes.Summary,
            example=examples.SUMMARY,
        )
    }

    def rows(self) -> QuerySet[Any]:
        """The standing contacts of the group in the address, as summaries. 404 for a group one may not see."""
        group = one_seen(self.reader, Organisation, self.kwargs["pk"])
        met = EngagementEvent.objects.summaries_visible_to(self.reader).standing().filter(organisations=group)
        return met.annotate(readable=by_key(EngagementEvent.objects.visible_to(self.reader), "pk"))

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With topics."""
        return rows.only("id", "occurred_on", "kind").prefetch_related("topics")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """Day, kind and topics; nothing else."""
        return [
            {
                "id": row.readable,
                "occurred_on": row.occurred_on,
                "kind": row.kind,
                "topics": [named(topic) for topic in row.topics.all()],
            }
            for row in rows
        ]

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """List."""
        return self.list_rows()
