"""Forums: `/api/v1/forums/`, and what is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, choice, number, text
from api.v1.contacts import with_readable
from api.v1.forum_shapes import FORUM, ForumOut, ForumShape, as_row, told, with_related
from api.views import Collection, Item, Operation, Row, Verb
from crm.base.actors import FIELD_ROLES, holds
from crm.base.models import Record
from engagement.forums.actions import forums as actions
from engagement.forums.actions.series import repeat_forum
from engagement.forums.details import ForumDetails, RhythmDetails, details_of
from engagement.forums.filters import ForumFilter
from engagement.forums.models import Forum
from engagement.forums.permissions import forums as permissions
from engagement.forums.vocabulary import By, HowOften


class RepeatInput(Input):
    """How often a forum comes again."""

    how_often = choice(HowOften, required=True)
    by = choice(By)
    dates = number(allow_null=True, help_text="How many dates; null for on and on.")


class MoveInput(Input):
    """Another day, or other times."""

    on = serializers.DateField(required=False)
    starts = serializers.TimeField(required=False)
    ends = serializers.TimeField(required=False)


class CancelInput(Input):
    """Why a forum is cancelled."""

    always = ("reason",)
    reason = text(300, help_text="People who were told of it read this.")


class Forums(Collection):
    """Forums, those planned last first."""

    model = Forum
    item_name = "forum"
    filter_class = ForumFilter
    permissions_by_method = {"GET": permissions.read_forums, "POST": permissions.plan_forum}
    operations = {
        "GET": Operation("List forums", "`when=coming` leaves those that are over out.", gives=ForumOut, example=FORUM),
        "POST": Operation(
            "Plan a forum", "Held once, a draft until `open`. For one that comes again, plan a series.",
            takes=ForumShape, status=201,
            example={"title": "Care at home", "on": "2027-01-12", "starts": "13:30", "ends": "15:30"},
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names and parts."""
        return with_readable(with_related(rows), self.reader, "event")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        works = holds(self.reader, FIELD_ROLES)
        return [as_row(row, works=works) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Plan it."""
        return actions.plan_forum(actor=self.reader, details=told(ForumDetails(), values))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Plan."""
        return self.add()


class ForumItem(Item):
    """One forum."""

    model = Forum
    item_name = "forum"
    permissions_by_method = {"GET": permissions.read_forums, "PATCH": permissions.change_forum}
    operations = {
        "GET": Operation("Read a forum", gives=ForumOut, example=FORUM),
        "PATCH": Operation(
            "Change a forum", "Send what is different. A date of a series then keeps differing from the others.",
            takes=ForumShape, example={"place_words": "The room behind the library"},
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names and parts."""
        return with_readable(with_related(rows), self.reader, "event")

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row, works=holds(self.reader, FIELD_ROLES))

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        details = told(details_of(record), values)
        return actions.change_forum(actor=self.reader, forum=record, details=details, expected_version=expected_version)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class ForumVerb(Verb):
    """Something that is done to one forum."""

    model = Forum
    item_name = "forum"


class OpenForum(ForumVerb):
    """People may be told of it."""

    permissions_by_method = {"POST": permissions.open_forum}
    operations = {"POST": Operation("Open a forum", "People may be told of it; public ones stand in calendars.")}

    def act(self, record: Forum, values: dict[str, Any], expected_version: int | None) -> Record:
        """Open it."""
        return actions.open_forum(actor=self.reader, forum=record, expected_version=expected_version)


class CancelForum(ForumVerb):
    """It does not take place."""

    permissions_by_method = {"POST": permissions.cancel_forum}
    operations = {
        "POST": Operation("Cancel a forum", "It stays to be seen as cancelled.", takes=CancelInput,
                          example={"reason": "The hall is flooded"})
    }  # fmt: skip

    def act(self, record: Forum, values: dict[str, Any], expected_version: int | None) -> Record:
        """Cancel it."""
        reason = values.get("reason", "")
        return actions.cancel_forum(actor=self.reader, forum=record, reason=reason, expected_version=expected_version)


class MoveForum(ForumVerb):
    """Another day or time."""

    permissions_by_method = {"POST": permissions.move_forum}
    operations = {
        "POST": Operation("Move a forum", "To another day, other times, or both; jobs not done move with it.",
                          takes=MoveInput, example={"on": "2027-01-19"})
    }  # fmt: skip

    def act(self, record: Forum, values: dict[str, Any], expected_version: int | None) -> Record:
        """Move it."""
        when = {"on": record.on, **values}
        return actions.move_forum(actor=self.reader, forum=record, **when, expected_version=expected_version)


class SkipDate(ForumVerb):
    """A date of a series is left out."""

    item_name = "one-series"
    permissions_by_method = {"POST": permissions.skip_date}
    operations = {"POST": Operation("Skip a date", "One nobody was told of; the answer is its series.")}

    def act(self, record: Forum, values: dict[str, Any], expected_version: int | None) -> Record:
        """Leave it out."""
        return actions.skip_date(actor=self.reader, forum=record, expected_version=expected_version)


class RepeatForum(ForumVerb):
    """It comes again."""

    item_name = "one-series"
    permissions_by_method = {"POST": permissions.repeat_forum}
    operations = {
        "POST": Operation("Let a forum come again", "It is the first date of a series, which is the answer.",
                          takes=RepeatInput, example={"how_often": "monthly", "dates": 6})
    }  # fmt: skip

    def act(self, record: Forum, values: dict[str, Any], expected_version: int | None) -> Record:
        """Make a series of it."""
        rhythm = RhythmDetails(**values)
        return repeat_forum(actor=self.reader, forum=record, rhythm=rhythm, expected_version=expected_version)
