"""The council's letters: `/api/v1/letter-templates/`, new words, and who checked them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, one_of, text
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.base.models import Record
from crm.base.rules import InputBlocked
from crm.languages.models import Language
from crm.sending import actions, permissions
from crm.sending.details import VersionDetails
from crm.sending.models import Format, LetterTemplate, LetterVersion
from crm.sending.rules import OTHER_VERSION as OTHER_LETTER


class LetterWordsInput(Input):
    """New words of a letter."""

    always = ("body", "subject")
    language = Link(Language, allow_null=True, help_text="Leave out for English.")
    format = one_of(
        [one.value for one in LetterVersion.WRITTEN], required=False, help_text="`standard` or `easy_read`."
    )
    subject = text(150, help_text="Others may see it: no name.")
    body = text(10_000, help_text="A blank line begins a paragraph; placeholders look like {name}.")
    made_from = Link(LetterVersion, allow_null=True, help_text="The version it was translated or simplified from.")
    machine_draft = serializers.BooleanField(required=False, help_text="A machine wrote it: not sent before a check.")


class LetterCheckInput(Input):
    """Who checked a version."""

    version = Link(LetterVersion, required=True, help_text="The version that was checked.")
    checked_by = text(150, help_text="A speaker, or a group of Easy Read readers. Not a name.")


class VersionOut(Output):
    """The words of a letter in one language and format."""

    id = serializers.UUIDField()
    language = Named(allow_null=True, help_text="Empty means English.")
    format = serializers.CharField()
    number = serializers.IntegerField(help_text="The highest is the newest of its language and format.")
    subject = serializers.CharField()
    body = serializers.CharField()
    machine_draft = serializers.BooleanField()
    may_be_sent = serializers.BooleanField(help_text="Whether people may get it.")
    checked_by = serializers.CharField()
    checked_on = serializers.DateField(allow_null=True)


class LetterOut(Output):
    """A letter."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    key = serializers.CharField()
    name = serializers.CharField()
    purpose = Named()
    versions = VersionOut(many=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}62", "version": 1, "key": "thank-you", "name": "Thank you for telling us",
    "purpose": {"id": f"{examples.ID}61", "name": "Tell you what happened because of what you said"},
    "versions": [{
        "id": f"{examples.ID}63", "language": None, "format": "standard", "number": 1, "subject": "Thank you",
        "body": "Hello {name},\n\n{words}", "machine_draft": False, "may_be_sent": True, "checked_by": "",
        "checked_on": None,
    }],
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
OWN = ("format", "number", "subject", "body", "machine_draft", "may_be_sent", "checked_by", "checked_on")


def as_row(letter: LetterTemplate) -> Row:
    """A letter with its versions, as it goes out."""
    return {
        "id": letter.pk,
        "version": letter.version,
        "key": letter.key,
        "name": letter.name,
        "purpose": named(letter.purpose),
        "versions": [
            {"id": one.pk, "language": named(one.language), **{name: getattr(one, name) for name in OWN}}
            for one in letter.versions.all()
        ],
        "created_at": letter.created_at,
        "modified_at": letter.modified_at,
    }


class LetterTemplates(Collection):
    """Letters, the newest first."""

    model = LetterTemplate
    item_name = "letter-template"
    permissions_by_method = {"GET": permissions.read_letters}
    operations = {"GET": Operation("List letters", "With their words in every language and form.", gives=LetterOut,
                                   example=EXAMPLE)}  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With versions."""
        return rows.select_related("purpose").prefetch_related("versions__language")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()


class LetterTemplateItem(Item):
    """One letter."""

    model = LetterTemplate
    item_name = "letter-template"
    permissions_by_method = {"GET": permissions.read_letters}
    operations = {"GET": Operation("Read a letter", "With every version.", gives=LetterOut, example=EXAMPLE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With versions."""
        return rows.select_related("purpose").prefetch_related("versions__language")

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class AddWords(Verb):
    """New words."""

    model = LetterTemplate
    item_name = "letter-template"
    permissions_by_method = {"POST": permissions.add_letter_version}
    operations = {
        "POST": Operation("Write a new version of a letter", "Placeholders are checked.", takes=LetterWordsInput,
                          example={"subject": "Thank you", "body": "Hello {name},\n\n{words}"})
    }  # fmt: skip

    def act(self, record: LetterTemplate, values: dict[str, Any], expected_version: int | None) -> Record:
        """Add it; the answer is the letter."""
        details = VersionDetails(**{"subject": "", "body": "", "format": Format.STANDARD, **values})
        actions.add_letter_version(actor=self.reader, letter=record, details=details, expected_version=expected_version)
        record.refresh_from_db()
        return record


class Check(Verb):
    """Somebody checked a version."""

    model = LetterTemplate
    item_name = "letter-template"
    needs_version = False
    permissions_by_method = {"POST": permissions.check_letter_version}
    operations = {
        "POST": Operation("Note that a version of a letter was checked", "People get it from then on.",
                          takes=LetterCheckInput,
                          example={"version": f"{examples.ID}63", "checked_by": "An Urdu speaker"})
    }  # fmt: skip

    def act(self, record: LetterTemplate, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it; the answer is the letter."""
        if values["version"].letter_id != record.pk:
            raise InputBlocked([OTHER_LETTER])
        checked_by = values.get("checked_by", "")
        actions.check_letter_version(actor=self.reader, version=values["version"], checked_by=checked_by)
        return record
