"""Promises: `/api/v1/promises/`, and what becomes of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from api.changes import changed_where_seen
from api.pagination import Order
from api.v1 import examples, shapes
from api.v1.contacts import with_readable
from api.views import Collection, Item, Operation, Row, Verb, named
from crm.base.actors import Actor
from crm.base.lookups import by_key
from crm.base.models import Record
from crm.people.models import Person
from engagement.log import actions, permissions
from engagement.log.details import PromiseDetails
from engagement.log.filters import PromiseFilter
from engagement.log.marks import mark_restricted
from engagement.log.models import EngagementEvent, Promise


def with_related(rows: QuerySet[Any], reader: Actor) -> QuerySet[Any]:
    """With names; a person's, and the contact, only where the reader may see them."""
    seen = Person.objects.visible_to(reader)
    named_ones = rows.select_related("event", "owner", "to_organisation", "to_community")
    shown: QuerySet[Any] = with_readable(named_ones, reader, "event").annotate(
        person_id_seen=by_key(seen, "to_person"),
        person_name_seen=by_key(seen, "to_person", "name"),
    )
    return shown


def as_row(promise: Any) -> Row:
    """A promise as it goes out."""
    person = {"id": promise.person_id_seen, "name": promise.person_name_seen} if promise.to_person_id else None
    return {
        "id": promise.pk,
        "version": promise.version,
        "state": promise.state,
        "is_late": promise.is_late,
        "is_void": promise.is_void,
        "event": promise.event_id if promise.event_readable else None,
        "words": promise.words,
        "due_on": promise.due_on,
        "owner": named(promise.owner),
        "to_person": person,
        "to_organisation": named(promise.to_organisation),
        "to_community": named(promise.to_community),
        "settled_on": promise.settled_on,
        "settled_words": promise.settled_words,
        "created_at": promise.created_at,
        "modified_at": promise.modified_at,
    }


class Promises(Collection):
    """Promises, soonest due first, so that the late ones lead."""

    model = Promise
    item_name = "promise"
    filter_class = PromiseFilter
    orders = {
        "due_on": Order("due_on", date),
        "-due_on": Order("due_on", date, down=True),
        "-created_at": Order("created_at", None, down=True),
    }
    default_order = "due_on"
    permissions_by_method = {"GET": permissions.read_promises, "POST": permissions.make_promise}
    operations = {
        "GET": Operation(
            "List promises", "Those of contacts you may read, and those you keep; soonest due first.",
            gives=shapes.PromiseOut, example=examples.PROMISE,
        ),
        "POST": Operation(
            "Add a promise to a contact", "For a promise that was left out when the contact was logged.",
            takes=shapes.PromiseInput, status=201,
            example={"event": examples.EVENT["id"], "words": "Ring back about the bus pass", "due_on": "2026-12-01"},
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows, self.reader)

    def current(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of contacts that stand."""
        return rows.filter(event__withdrawn_at=None)

    def changed_since(self, rows: QuerySet[Any], since: datetime) -> QuerySet[Any]:
        """Those that changed, or whose contact did. Whoever keeps a promise and may not read its contact is told only
        that it was withdrawn: when its words were corrected is not theirs to know."""
        readable = EngagementEvent.objects.visible_to(self.reader)
        return changed_where_seen(rows, since, "event", readable, contact="event")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own, but for the mark that reading restricted contacts leaves."""
        mark_restricted(self.reader, rows)
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        event = values.pop("event")
        promise = PromiseDetails(**{"due_on": None, **values})
        return actions.make_promise(actor=self.reader, event=event, promise=promise)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class PromiseItem(Item):
    """One promise."""

    model = Promise
    item_name = "promise"
    permissions_by_method = {"GET": permissions.read_promises}
    operations = {"GET": Operation("Read a promise", gives=shapes.PromiseOut, example=examples.PROMISE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows, self.reader)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        mark_restricted(self.reader, [row])
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class PromiseVerb(Verb):
    """Something done to a promise."""

    model = Promise
    item_name = "promise"


class Keep(PromiseVerb):
    """It was kept."""

    permissions_by_method = {"POST": permissions.keep_promise}
    operations = {
        "POST": Operation(
            "Record that a promise was kept", "Say how, if you wish.", takes=shapes.KeepInput,
            example={"words": "Took the leaflets round on Friday"},
        )
    }  # fmt: skip

    def act(self, record: Promise, values: dict[str, Any], expected_version: int | None) -> Record:
        """Keep it."""
        told = values.get("words", "")
        return actions.keep_promise(actor=self.reader, promise=record, words=told, expected_version=expected_version)


class Change(PromiseVerb):
    """It says something else now."""

    permissions_by_method = {"POST": permissions.change_promise}
    operations = {
        "POST": Operation(
            "Change a promise", "What was promised, by when, or who keeps it, and the reason. What it said is kept.",
            takes=shapes.PromiseChangeInput, example={"due_on": "2026-12-15", "reason": "The printer is late"},
        )
    }  # fmt: skip

    def act(self, record: Promise, values: dict[str, Any], expected_version: int | None) -> Record:
        """Change it."""
        reason = values.pop("reason", "")
        known = {"words": record.words, "due_on": record.due_on, "owner": record.owner}
        return actions.change_promise(
            actor=self.reader,
            promise=record,
            changed=PromiseDetails(**{**known, **values}),
            reason=reason,
            expected_version=expected_version,
        )


class Break(PromiseVerb):
    """It was not kept."""

    permissions_by_method = {"POST": permissions.break_promise}
    operations = {
        "POST": Operation(
            "Record that a promise was broken", "Say why; people will ask.", takes=shapes.ReasonInput,
            example={"reason": "The service was closed"},
        )
    }  # fmt: skip

    def act(self, record: Promise, values: dict[str, Any], expected_version: int | None) -> Record:
        """Record it."""
        reason = values.get("reason", "")
        return actions.break_promise(
            actor=self.reader, promise=record, reason=reason, expected_version=expected_version
        )


class WithdrawPromise(PromiseVerb):
    """It is taken back."""

    permissions_by_method = {"POST": permissions.withdraw_promise}
    operations = {
        "POST": Operation(
            "Withdraw a promise", "With the reason people will be told.", takes=shapes.ReasonInput,
            example={"reason": "They asked us not to"},
        )
    }  # fmt: skip

    def act(self, record: Promise, values: dict[str, Any], expected_version: int | None) -> Record:
        """Take it back."""
        reason = values.get("reason", "")
        return actions.withdraw_promise(
            actor=self.reader, promise=record, reason=reason, expected_version=expected_version
        )


class Reopen(PromiseVerb):
    """It was settled by mistake."""

    permissions_by_method = {"POST": permissions.reopen_promise}
    operations = {
        "POST": Operation(
            "Open a promise again", "One that was kept, broken or withdrawn by mistake. What it said stays in its "
            "history; where whoever kept it has left, you keep it.", takes=shapes.ReasonInput,
            example={"reason": "I pressed the wrong button"},
        )
    }  # fmt: skip

    def act(self, record: Promise, values: dict[str, Any], expected_version: int | None) -> Record:
        """Open it."""
        reason = values.get("reason", "")
        return actions.reopen_promise(
            actor=self.reader, promise=record, reason=reason, expected_version=expected_version
        )
