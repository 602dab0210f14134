"""Groups as anyone may read of them: `/api/v1/directory-entries/`."""

from __future__ import annotations

from collections.abc import Collection as Many
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, text
from api.v1 import examples
from api.v1.groups import GroupOut, groups_beside, named_group
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.base.models import Record
from crm.directory import actions, permissions
from crm.directory.details import EntryDetails
from crm.directory.filters import EntryFilter
from crm.directory.models import DirectoryEntry, How
from crm.organisations.models import Organisation

OWN = ("about", "meets", "how_to_join", "show_phone", "show_email", "show_website", "agreed_with", "agreed_on")
FACTS = "What was asked about getting in and taking part → yes, partly or no. What was never asked is left out."


class EntryShape(Input):
    """What can be said about an entry. Facts are sent whole."""

    about = text(1000, help_text="What the group does, in easy words, for anyone to read.")
    meets = text(200, help_text="Like: Tuesdays 10 to 12.")
    how_to_join = text(300)
    show_phone = serializers.BooleanField(required=False, help_text="Show the group's own phone number.")
    show_email = serializers.BooleanField(required=False, help_text="Show the group's own e-mail address.")
    show_website = serializers.BooleanField(required=False, help_text="Show the group's own website.")
    agreed_with = text(150, help_text="Who in the group agreed, by role.")
    agreed_on = serializers.DateField(required=False)
    facts = serializers.DictField(child=serializers.CharField(max_length=10), required=False, help_text=FACTS)


class EntryInput(EntryShape):
    """A group that agreed to stand in the directory."""

    organisation = Link(Organisation, required=True)


class EntryConfirmInput(Input):
    """How the group said that its entry is right."""

    always = ("how", "with_whom")
    how = choice(How)
    with_whom = text(150, help_text="Who in the group said so, by role.")


class OffInput(Input):
    """Why an entry is taken off."""

    always = ("reason",)
    reason = text(300)


class EntryOut(Output):
    """An entry of the public directory."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    organisation = GroupOut()
    about = serializers.CharField()
    meets = serializers.CharField()
    how_to_join = serializers.CharField()
    show_phone = serializers.BooleanField()
    show_email = serializers.BooleanField()
    show_website = serializers.BooleanField()
    agreed_with = serializers.CharField()
    agreed_on = serializers.DateField()
    facts = serializers.DictField(child=serializers.CharField(), help_text=FACTS)
    languages = Named(many=True)
    is_public = serializers.BooleanField(help_text="Whether anyone may read it today.")
    confirmed_on = serializers.DateField(allow_null=True, help_text="When the group last said that it is right.")
    confirmed_how = serializers.CharField()
    taken_off_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}70", "version": 1, "organisation": examples.GROUP, "about": "We eat and talk together.",
    "meets": "Tuesdays 10 to 12", "how_to_join": "Just come", "show_phone": True, "show_email": False,
    "show_website": True, "agreed_with": "The chair", "agreed_on": "2026-11-02",
    "facts": {"step_free": "yes", "hearing_loop": "no"}, "languages": [], "is_public": True,
    "confirmed_on": "2026-11-24", "confirmed_how": "text", "taken_off_on": None, "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip
GIVEN = {"organisation": examples.GROUP["id"], "about": "We eat and talk together.", "agreed_with": "The chair",
         "agreed_on": "2026-11-02", "facts": {"step_free": "yes"}}  # fmt: skip


def as_row(entry: DirectoryEntry, groups: Many[Any]) -> Row:
    """An entry as it goes out; `groups` are those that its reader may open."""
    return {
        "id": entry.pk,
        "version": entry.version,
        "organisation": named_group(entry.organisation, groups),
        **{name: getattr(entry, name) for name in OWN},
        "facts": {fact.about: fact.answer for fact in entry.facts.all()},
        "languages": [named(language) for language in entry.organisation.languages.all()],
        "is_public": entry.is_public,
        "confirmed_on": entry.confirmed_on,
        "confirmed_how": entry.confirmed_how,
        "taken_off_on": entry.taken_off_on,
        "created_at": entry.created_at,
        "modified_at": entry.modified_at,
    }


def for_list(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With group, languages and facts: two queries more, however many rows."""
    return rows.select_related("organisation").prefetch_related("facts", "organisation__languages")


class DirectoryEntries(Collection):
    """Entries, those added last first."""

    model = DirectoryEntry
    item_name = "directory-entry"
    filter_class = EntryFilter
    permissions_by_method = {"GET": permissions.read_directory, "POST": permissions.list_group}
    operations = {
        "GET": Operation("List the public directory", "Groups that agreed to be read of, and those taken off.",
                         gives=EntryOut, example=EXAMPLE),
        "POST": Operation("Put a group into the directory", "Somebody in it must have agreed.", takes=EntryInput,
                          status=201, example=GIVEN),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """For champions one query: which of the groups they may open."""
        groups = groups_beside(rows, self.reader)
        return [as_row(row, groups) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Put it in."""
        group = values.pop("organisation")
        return actions.list_group(actor=self.reader, organisation=group, details=EntryDetails(**values))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Put in."""
        return self.add()


class DirectoryEntryItem(Item):
    """One entry."""

    model = DirectoryEntry
    item_name = "directory-entry"
    permissions_by_method = {"GET": permissions.read_directory, "PATCH": permissions.change_entry}
    operations = {
        "GET": Operation("Read an entry of the directory", gives=EntryOut, example=EXAMPLE),
        "PATCH": Operation("Change an entry of the directory", "Send what is different. Facts are sent whole.",
                           takes=EntryShape, example={"meets": "Tuesdays 10 to 1"}),
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
        facts = {fact.about: fact.answer for fact in record.facts.all()}
        details = EntryDetails(**{**known, "facts": facts, **values})
        return actions.change_entry(actor=self.reader, entry=record, details=details, expected_version=expected_version)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class ConfirmDirectoryEntry(Verb):
    """The group said that it is right."""

    model = DirectoryEntry
    item_name = "directory-entry"
    permissions_by_method = {"POST": permissions.confirm_entry}
    operations = {
        "POST": Operation("Write down that a group confirmed its entry", "It said so today, by text or on the phone.",
                          takes=EntryConfirmInput, example={"how": "text", "with_whom": "The chair"})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Write it down."""
        said = {"how": "", "with_whom": "", **values}
        return actions.confirm_entry(actor=self.reader, entry=record, **said, expected_version=expected_version)


class TakeDirectoryEntryOff(Verb):
    """It no longer stands in the directory."""

    model = DirectoryEntry
    item_name = "directory-entry"
    permissions_by_method = {"POST": permissions.take_entry_off}
    operations = {
        "POST": Operation("Take a group off the directory", "It leaves at once; its link stops working.",
                          takes=OffInput, example={"reason": "They asked us to"})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Take it off."""
        reason = values.get("reason", "")
        return actions.take_entry_off(actor=self.reader, entry=record, reason=reason, expected_version=expected_version)
