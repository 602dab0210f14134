"""What can be done to a contact: withdraw it, choose who may read it, say that its next step is done or that a concern
was passed on."""

from __future__ import annotations

from typing import Any

from api.inputs import Input, Links, text
from api.v1 import examples, shapes
from api.views import Operation, Verb
from crm.accounts.models import User
from crm.base.models import Record
from engagement.log import actions, permissions
from engagement.log.details import SafeguardingDetails
from engagement.log.models import EngagementEvent


class EventVerb(Verb):
    """Something done to a contact whose words one may read."""

    model = EngagementEvent
    item_name = "event"


class Withdraw(EventVerb):
    """Take a contact back."""

    permissions_by_method = {"POST": permissions.withdraw_event}
    operations = {
        "POST": Operation(
            "Withdraw a contact",
            "For a contact that should not stand: entered twice, say. It is struck through and counted nowhere, and "
            "never gone.",
            takes=shapes.ShortReasonInput,
            example={"reason": "Logged twice"},
        )
    }

    def act(self, record: EngagementEvent, values: dict[str, Any], expected_version: int | None) -> Record:
        """Withdraw it."""
        reason = values.get("reason", "")
        return actions.withdraw_event(actor=self.reader, event=record, reason=reason, expected_version=expected_version)


class RestrictInput(Input):
    """Who may read the contact from now on."""

    readers = Links(User, required=True, help_text="Only these colleagues may read it. Empty opens it again.")


class Restrict(EventVerb):
    """Choose who may read a contact."""

    permissions_by_method = {"POST": permissions.restrict_event}
    operations = {
        "POST": Operation(
            "Choose who may read a contact",
            "Only the named colleagues, and you, may then read it. An empty list opens it to team and locality.",
            takes=RestrictInput,
            example={"readers": [examples.OFFICER["id"]]},
        )
    }

    def act(self, record: EngagementEvent, values: dict[str, Any], expected_version: int | None) -> Record:
        """Restrict or open it."""
        return actions.restrict_event(
            actor=self.reader, event=record, readers=values["readers"], expected_version=expected_version
        )


class FinishInput(Input):
    """What came of the next step, if one wishes."""

    came_of_it = text(280, help_text="What came of it, if you wish to say. It stays in the history.")


class FinishNextStep(EventVerb):
    """Say that what was to be done next is done."""

    permissions_by_method = {"POST": permissions.finish_next_step}
    operations = {
        "POST": Operation(
            "Say that the next step of a contact is done",
            "What was to be done next is no longer to do. What it was, and what came of it, stay in the history.",
            takes=FinishInput,
            example={"came_of_it": "The room is ours on Mondays."},
        )
    }

    def act(self, record: EngagementEvent, values: dict[str, Any], expected_version: int | None) -> Record:
        """Take it off what is to do."""
        words = values.get("came_of_it", "")
        return actions.finish_next_step(
            actor=self.reader, event=record, came_of_it=words, expected_version=expected_version
        )


class PassOnSafeguarding(EventVerb):
    """Say that a safeguarding concern was passed on."""

    needs_version = False
    permissions_by_method = {"POST": permissions.pass_on_safeguarding}
    operations = {
        "POST": Operation(
            "Record that a safeguarding concern was passed on",
            "When, to which team, under which reference. Never what it was about.",
            takes=shapes.ReferralInput,
            example={"passed_on_at": "2026-11-24T14:30:00Z", "to_team": "Adult safeguarding", "reference": "SG-104"},
        )
    }

    def act(self, record: EngagementEvent, values: dict[str, Any], expected_version: int | None) -> Record:
        """Record it. The contact itself does not change."""
        actions.pass_on_safeguarding(actor=self.reader, event=record, details=SafeguardingDetails(**values))
        return record
