"""What people allow us and object to: `/contact-permissions/` and `/objections/`. Each works when it is saved."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from api.inputs import Input, Link, one_of, text
from api.v1 import examples
from api.v1.about_person import AboutPeople, AboutPersonItem, AboutPersonOut, start_of
from api.views import Named, Operation, Row, Verb, named
from crm.base.models import Record
from crm.people.models import ContactWay, Person
from crm.privacy import actions, permissions
from crm.privacy.details import ObjectionDetails, PermissionDetails
from crm.privacy.filters import ObjectionFilter, PermissionFilter
from crm.privacy.models import ContactPermission, Objection, Purpose

WHO, WHAT = f"{examples.ID}10", f"{examples.ID}70"
PURPOSE = {"id": WHAT, "name": "Invite you to forums and events"}


def start_example(number: int) -> Row:
    """What every row about a person tells, invented."""
    when = {"created_at": examples.WHEN, "modified_at": examples.WHEN}
    return {"id": f"{examples.ID}{number}", "version": 1, "person": WHO, **when}


class PermissionInput(Input):
    """That a person said we may get in touch."""

    person = Link(Person, required=True)
    purpose = Link(Purpose, required=True)
    channel = one_of(["", *ContactWay.Kind.values], required=False, help_text="One way only; left out, any way.")
    given_on = serializers.DateField(help_text="When they said so.")
    how = text(150, required=True, help_text="How they said so, like: at the drop-in, in Urdu.")


class HowInput(Input):
    """How they took it back."""

    how = text(150, required=True, help_text="Like: by phone, to Amina.")


class PermissionOut(AboutPersonOut):
    """A permission to get in touch."""

    purpose = Named()
    channel = serializers.CharField(help_text="Empty: any way.")
    given_on = serializers.DateField()
    how = serializers.CharField()
    withdrawn_on = serializers.DateField(allow_null=True)
    withdrawn_how = serializers.CharField()


PERMISSION = {**start_example(71), "purpose": PURPOSE, "channel": "", "given_on": "2026-11-24", "how": "At the drop-in",
              "withdrawn_on": None, "withdrawn_how": ""}  # fmt: skip


class Given:
    """What both addresses of permissions share."""

    model: ClassVar[Any] = ContactPermission
    item_name = "contact-permission"
    related: ClassVar[tuple[str, ...]] = ("purpose",)

    def as_row(self, row: Any) -> Row:
        """A permission as it goes out."""
        own = ("channel", "given_on", "how", "withdrawn_on", "withdrawn_how")
        return {**start_of(row), "purpose": named(row.purpose), **{name: getattr(row, name) for name in own}}


class Permissions(Given, AboutPeople):
    """What people said we may get in touch about."""

    filter_class = PermissionFilter
    permissions_by_method = {"GET": permissions.read_privacy, "POST": permissions.record_permission}
    operations = {
        "GET": Operation("List permissions to get in touch", "It is no lawful basis.", gives=PermissionOut,
                         example=PERMISSION),
        "POST": Operation("Record a permission to get in touch", "", takes=PermissionInput, status=201,
                          example={"person": WHO, "purpose": WHAT, "given_on": "2026-11-24", "how": "At the drop-in"}),
    }  # fmt: skip

    def create(self, values: dict[str, Any]) -> Record:
        """Record it."""
        person = values.pop("person")
        return actions.record_permission(actor=self.reader, person=person, details=PermissionDetails(**values))


class PermissionItem(Given, AboutPersonItem):
    """One permission."""

    permissions_by_method = {"GET": permissions.read_privacy}
    operations = {"GET": Operation("Read a permission to get in touch", gives=PermissionOut, example=PERMISSION)}


class WithdrawPermission(Verb):
    """They took it back."""

    model = ContactPermission
    item_name = "contact-permission"
    permissions_by_method = {"POST": permissions.withdraw_permission}
    operations = {
        "POST": Operation("Record that a permission was taken back", "It closes the ways at once.", takes=HowInput,
                          example={"how": "By phone"})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Record it."""
        return actions.withdraw_permission(
            actor=self.reader, given=record, how=values["how"], expected_version=expected_version
        )


class ObjectionInput(Input):
    """That a person objects."""

    person = Link(Person, required=True)
    purpose = Link(Purpose, allow_null=True, help_text="Left out: everything we do.")
    raised_on = serializers.DateField(help_text="When they said so.")
    words = text(300, help_text="In their words. They need give no reason.")


class ObjectionDecisionInput(Input):
    """What was decided on an objection."""

    outcome = one_of([value for value in Objection.Outcome.values if value != "open"])
    reason = text(300, required=True, help_text="In words the person can read.")


class ObjectionOut(AboutPersonOut):
    """An objection."""

    purpose = Named(allow_null=True, help_text="Null: everything we do.")
    raised_on = serializers.DateField()
    words = serializers.CharField()
    decide_by = serializers.DateField(help_text="One month after they said so.")
    outcome = serializers.CharField()
    decided_on = serializers.DateField(allow_null=True)
    reason = serializers.CharField()


OBJECTION = {**start_example(72), "purpose": PURPOSE, "raised_on": "2026-11-24", "words": "", "decide_by": "2026-12-24",
             "outcome": "open", "decided_on": None, "reason": ""}  # fmt: skip


class Raised:
    """What both addresses of objections share."""

    model: ClassVar[Any] = Objection
    item_name = "objection"
    related: ClassVar[tuple[str, ...]] = ("purpose",)

    def as_row(self, row: Any) -> Row:
        """An objection as it goes out."""
        own = ("raised_on", "words", "decide_by", "outcome", "decided_on", "reason")
        return {**start_of(row), "purpose": named(row.purpose), **{name: getattr(row, name) for name in own}}


class Objections(Raised, AboutPeople):
    """What people object to."""

    filter_class = ObjectionFilter
    permissions_by_method = {"GET": permissions.read_privacy, "POST": permissions.record_objection}
    operations = {
        "GET": Operation("List objections", "Those not decided with `outcome=open`.", gives=ObjectionOut,
                         example=OBJECTION),
        "POST": Operation("Record an objection", "Its purpose stops at once; the decision follows.",
                          takes=ObjectionInput, status=201, example={"person": WHO, "raised_on": "2026-11-24"}),
    }  # fmt: skip

    def create(self, values: dict[str, Any]) -> Record:
        """Record it."""
        person = values.pop("person")
        return actions.record_objection(actor=self.reader, person=person, details=ObjectionDetails(**values))


class ObjectionItem(Raised, AboutPersonItem):
    """One objection."""

    permissions_by_method = {"GET": permissions.read_privacy}
    operations = {"GET": Operation("Read an objection", gives=ObjectionOut, example=OBJECTION)}


class DecideObjection(Verb):
    """Decide on it."""

    model = Objection
    item_name = "objection"
    permissions_by_method = {"POST": permissions.decide_objection}
    operations = {
        "POST": Operation("Decide on an objection", "Only a refusal opens the ways again.",
                          takes=ObjectionDecisionInput,
                          example={"outcome": "granted", "reason": "We stopped inviting you."})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Decide."""
        return actions.decide_objection(
            actor=self.reader, objection=record, **values, expected_version=expected_version
        )
