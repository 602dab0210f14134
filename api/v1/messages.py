"""Messages: `/api/v1/messages/`, and what people do with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, choice, one_of, text
from api.v1 import examples
from api.v1.about_person import WithPerson
from api.v1.people import with_flags
from api.v1.people_shapes import FlagOut
from api.v1.shapes import MaybeNamed
from api.views import Item, Named, Operation, Output, Row, Verb, named
from crm.base.models import Record
from crm.sending import actions, permissions
from crm.sending.filters import MessageFilter
from crm.sending.marks import leave_a_mark
from crm.sending.models import Message


class DecideInput(Input):
    """What becomes of a message that needs a person."""

    decision = one_of(
        ["went_out", "send_again"], required=True,
        help_text="`went_out`: it counts as sent. `send_again`: also for one that failed or was held back.",
    )  # fmt: skip


class ToldInput(Input):
    """How a call, or a word in person, ended."""

    result = choice(Message.Result, required=True)
    words = text(200, help_text="What a colleague should know.")


class WithdrawInput(Input):
    """Why."""

    reason = text(200, help_text="Why, in a few words, if you wish to say.")


class AboutOut(Output):
    """What a message is about."""

    kind = serializers.CharField(help_text="Like `forum-invitation`.")
    id = serializers.UUIDField()


class MessageOut(Output):
    """A message, without its words."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Message.State.values)
    why = serializers.CharField(help_text="Why it is held back, failed, or nobody knows.")
    needs_a_person = serializers.BooleanField(help_text="Whether somebody must decide or do something.")
    to_kind = serializers.CharField(help_text="`person`, `organisation` or `guest`.")
    person = MaybeNamed(allow_null=True)
    get_right = FlagOut(many=True, help_text="What must be got right about the person. Show it before any way is used.")
    organisation = Named(allow_null=True)
    purpose = Named()
    about = AboutOut(allow_null=True)
    way = serializers.CharField(help_text="`email`, `letter`, `phone` …; empty when none is open.")
    by_hand = serializers.BooleanField(help_text="A rule of theirs needs somebody's judgement.")
    language = Named(allow_null=True, help_text="Empty means English.")
    format = serializers.CharField()
    fell_back = serializers.CharField(help_text="What is not as they need it.")
    result = serializers.CharField()
    drafted_by = Named()
    queued_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    blanked_on = serializers.DateField(allow_null=True, help_text="Its words were deleted on.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class MessageStepOut(Output):
    """One step."""

    at = serializers.DateTimeField()
    state = serializers.CharField()
    words = serializers.CharField()
    by = Named(allow_null=True, help_text="Empty for Heard itself.")


class MessageWhole(MessageOut):
    """A message with its words and what happened."""

    address = serializers.CharField()
    subject = serializers.CharField()
    text = serializers.CharField()
    steps = MessageStepOut(many=True)


OWN = ("state", "why", "to_kind", "way", "by_hand", "format", "fell_back", "result", "queued_at", "ended_at",
       "blanked_on", "created_at", "modified_at")  # fmt: skip
EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}60", "version": 3, "state": "handed_over", "why": "", "needs_a_person": False,
    "to_kind": "person", "person": {"id": f"{examples.ID}10", "name": "Parveen Begum"}, "get_right": [],
    "organisation": None,
    "purpose": {"id": f"{examples.ID}61", "name": "Tell you what happened because of what you said"}, "about": None,
    "way": "email", "by_hand": False, "language": None, "format": "easy_read", "fell_back": "", "result": "",
    "drafted_by": examples.OFFICER, "queued_at": examples.WHEN, "ended_at": examples.WHEN, "blanked_on": None,
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
EXAMPLE_WHOLE: dict[str, Any] = {
    **EXAMPLE, "address": "parveen@example.org", "subject": "Thank you", "text": "Thank you for talking to us.",
    "steps": [{"at": examples.WHEN, "state": "handed_over", "words": "", "by": None}],
}  # fmt: skip


def as_row(message: Message) -> Row:
    """A message as it goes out."""
    about = {"kind": message.about_kind, "id": message.about_id} if message.about_id else None
    return {
        "id": message.pk,
        "version": message.version,
        **{name: getattr(message, name) for name in OWN},
        "needs_a_person": message.for_a_person,
        "person": named(message.person),
        "organisation": named(message.organisation),
        "purpose": named(message.purpose),
        "about": about,
        "language": named(message.language),
        "drafted_by": named(message.drafted_by),
    }


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With names, in no order of its own."""
    return rows.select_related("person", "organisation", "purpose", "language", "drafted_by")


class Messages(WithPerson):
    """Messages, the newest first."""

    model = Message
    item_name = "message"
    filter_class = MessageFilter
    permissions_by_method = {"GET": permissions.read_messages}
    operations = {
        "GET": Operation("List messages", "To people you may see and to groups. Their words are read one by one.",
                         gives=MessageOut, example=EXAMPLE)
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """2 queries for what must be got right, and the trail when restricted people are among them."""
        leave_a_mark(self.reader, rows)
        return with_flags([as_row(row) for row in rows], [row.person for row in rows], self.reader)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()


class MessageItem(Item):
    """One message."""

    model = Message
    item_name = "message"
    permissions_by_method = {"GET": permissions.read_messages}
    operations = {
        "GET": Operation("Read a message", "With its words and what happened.", gives=MessageWhole,
                         example=EXAMPLE_WHOLE)
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names and steps."""
        return with_related(rows).prefetch_related("steps__by")

    def represent_one(self, row: Any) -> Row:
        """As in the list, with its words."""
        leave_a_mark(self.reader, [row])
        steps = [{"at": s.at, "state": s.state, "words": s.words, "by": named(s.by)} for s in row.steps.all()]
        words = {name: getattr(row, name) for name in ("address", "subject", "text")}
        return with_flags([{**as_row(row), **words, "steps": steps}], [row.person], self.reader)[0]

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class MessageVerb(Verb):
    """Something done with a message."""

    model = Message
    item_name = "message"


class Send(MessageVerb):
    """Send a draft."""

    permissions_by_method = {"POST": permissions.queue_messages}
    operations = {
        "POST": Operation("Send a message", "The safe way is asked for afresh. Read the message to see whether it was "
                          "held back.", takes=Input, example={}),
    }  # fmt: skip

    def act(self, record: Message, values: dict[str, Any], expected_version: int | None) -> Record:
        """Queue it."""
        done = actions.queue_messages(actor=self.reader, messages=[record])
        return (done.queued + done.held)[0]


class Withdraw(MessageVerb):
    """Take it back."""

    permissions_by_method = {"POST": permissions.withdraw_message}
    operations = {
        "POST": Operation("Take a message back", "Only before it goes.", takes=WithdrawInput,
                          example={"reason": "The date was wrong"})
    }  # fmt: skip

    def act(self, record: Message, values: dict[str, Any], expected_version: int | None) -> Record:
        """Withdraw it."""
        reason = values.get("reason", "")
        return actions.withdraw_message(
            actor=self.reader, message=record, reason=reason, expected_version=expected_version
        )


class Decide(MessageVerb):
    """Decide what becomes of it."""

    permissions_by_method = {"POST": permissions.decide_message}
    operations = {
        "POST": Operation("Decide what becomes of a message", "Where nobody knows whether it went out, or it failed or "
                          "was held back.", takes=DecideInput, example={"decision": "send_again"})
    }  # fmt: skip

    def act(self, record: Message, values: dict[str, Any], expected_version: int | None) -> Record:
        """Decide."""
        return actions.decide_message(actor=self.reader, message=record, **values, expected_version=expected_version)


class Posted(MessageVerb):
    """The letter is in the post."""

    permissions_by_method = {"POST": permissions.note_posted}
    operations = {"POST": Operation("Note that a letter was posted", takes=Input, example={})}

    def act(self, record: Message, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        return actions.note_posted(actor=self.reader, message=record, expected_version=expected_version)


class Told(MessageVerb):
    """They were phoned or told."""

    permissions_by_method = {"POST": permissions.note_told}
    operations = {
        "POST": Operation("Note how a call ended", "Without an answer it waits to be tried again.", takes=ToldInput,
                          example={"result": "spoke"})
    }  # fmt: skip

    def act(self, record: Message, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        return actions.note_told(actor=self.reader, message=record, **values, expected_version=expected_version)
