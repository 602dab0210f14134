"""Languages: `/api/v1/languages/`, to read. They are loaded by a command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.v1 import examples
from api.views import Collection, Item, Operation, Output, Row
from crm.languages import permissions
from crm.languages.models import Language

FIELDS = (
    "version",
    "code",
    "name",
    "own_name",
    "direction",
    "is_signed",
    "is_spoken_only",
    "created_at",
    "modified_at",
)


class ListedLanguageOut(Output):
    """A language that is spoken, read or signed here."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    code = serializers.CharField(help_text="BCP 47, like ur or pa-Guru.")
    name = serializers.CharField(help_text="In English.")
    own_name = serializers.CharField(help_text="As its speakers write it; empty where there is none.")
    direction = serializers.ChoiceField(choices=Language.Direction.values, help_text="Which way its script runs.")
    is_signed = serializers.BooleanField()
    is_spoken_only = serializers.BooleanField(help_text="Mainly spoken: offer a voice, not a letter.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}0c", "version": 1, "code": "ur", "name": "Urdu", "own_name": "اردو", "direction": "rtl",
    "is_signed": False, "is_spoken_only": False, "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def as_row(language: Language) -> Row:
    """A language as it goes out."""
    return {"id": language.pk, **{name: getattr(language, name) for name in FIELDS}}


class Languages(Collection):
    """The languages."""

    model = Language
    item_name = "language"
    permissions_by_method = {"GET": permissions.read_languages}
    operations = {"GET": Operation("List languages", "Signed ones too.", gives=ListedLanguageOut, example=EXAMPLE)}

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()


class LanguageItem(Item):
    """One language."""

    model = Language
    item_name = "language"
    permissions_by_method = {"GET": permissions.read_languages}
    operations = {"GET": Operation("Read a language", gives=ListedLanguageOut, example=EXAMPLE)}

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)
