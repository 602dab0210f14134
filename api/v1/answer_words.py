"""Answers in words: `/api/v1/answer-words/`, in every language and format, and that somebody checked them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, text
from api.v1 import examples
from api.views import Collection, Item, Operation, Output, Row, Verb
from crm.base.models import Record
from crm.base.rules import Blocked
from crm.languages.models import Language
from crm.sending.models import Format
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.telling import actions, permissions
from engagement.coproduction.telling.details import WordsDetails
from engagement.coproduction.telling.filters import WordsFilter
from engagement.coproduction.telling.models import AnswerWords
from engagement.coproduction.telling.rules import TO_ONE


class AnswerWordsInput(Input):
    """The answer in one language and format."""

    decision = Link(Decision, allow_null=True)
    outcome = Link(Outcome, allow_null=True)
    language = Link(Language, allow_null=True, help_text="Null: English.")
    format = choice(Format, help_text="Standard or Easy Read.")
    said = text(500, help_text="What people said, in a sentence. No names and no numbers.")
    answer = text(3000, help_text="Our answer.")
    machine_draft = serializers.BooleanField(required=False, help_text="Nobody gets it before a speaker checked it.")


class AnswerCheckInput(Input):
    """Who checked the words."""

    always = ("checked_by",)
    checked_by = text(150, help_text="Like: an Urdu speaker of the women's group. Not a name.")


class AnswerWordsOut(Output):
    """The answer in one language and format."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    decision = serializers.UUIDField(allow_null=True)
    outcome = serializers.UUIDField(allow_null=True)
    language = serializers.CharField(allow_null=True)
    format = serializers.CharField()
    number = serializers.IntegerField(help_text="Counts the versions of this language and format.")
    said = serializers.CharField()
    answer = serializers.CharField()
    machine_draft = serializers.BooleanField()
    checked_by = serializers.CharField()
    checked_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


WORDS: dict[str, Any] = {
    "id": f"{examples.ID}78", "version": 1, "decision": f"{examples.ID}72", "outcome": None, "language": "ur",
    "format": "standard", "number": 1, "said": "آپ نے خطوط کے بارے میں پوچھا", "answer": "پہلا خط اردو میں آئے گا",
    "machine_draft": True, "checked_by": "", "checked_on": None, "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip


def as_words(words: Any) -> Row:
    """Words as they go out."""
    plain = ("format", "number", "said", "answer", "machine_draft", "checked_by", "checked_on")
    return {
        "id": words.pk,
        "version": words.version,
        "decision": words.decision_id,
        "outcome": words.outcome_id,
        "language": words.language.code if words.language else None,
        **{name: getattr(words, name) for name in plain},
        "created_at": words.created_at,
        "modified_at": words.modified_at,
    }


class AnswerWordsList(Collection):
    """Answers in words, the newest first."""

    model = AnswerWords
    item_name = "answer-words"
    filter_class = WordsFilter
    permissions_by_method = {"GET": permissions.read_answer_words, "POST": permissions.word_answer}
    operations = {
        "GET": Operation("List answers in words", "Every version in every language and format.", gives=AnswerWordsOut,
                         example=WORDS),
        "POST": Operation("Write an answer in words", "A new version; those before it stay.", takes=AnswerWordsInput,
                          status=201, example={"decision": f"{examples.ID}72", "said": "You asked about letters",
                                               "answer": "The first letter comes in Urdu."}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the language."""
        return rows.select_related("language")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_words(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Write it. Raises `Blocked` unless it is about one thing."""
        about = [record for record in (values.pop("decision", None), values.pop("outcome", None)) if record]
        if len(about) != 1:
            raise Blocked([TO_ONE])
        details = WordsDetails(**{"said": "", "answer": "", **values})
        return actions.word_answer(actor=self.reader, record=about[0], details=details)

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Write."""
        return self.add()


class AnswerWordsItem(Item):
    """One version."""

    model = AnswerWords
    item_name = "answer-words"
    permissions_by_method = {"GET": permissions.read_answer_words}
    operations = {"GET": Operation("Read an answer in words", gives=AnswerWordsOut, example=WORDS)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With the language."""
        return rows.select_related("language")

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_words(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class CheckAnswerWords(Verb):
    """Somebody who reads the language found them right."""

    model = AnswerWords
    item_name = "answer-words"
    permissions_by_method = {"POST": permissions.check_answer_words}
    operations = {
        "POST": Operation("Note that an answer in words was checked", "From now on people get them.",
                          takes=AnswerCheckInput, example={"checked_by": "An Urdu speaker of the women's group"})
    }  # fmt: skip

    def act(self, record: AnswerWords, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        by = values.get("checked_by", "")
        return actions.check_answer_words(
            actor=self.reader, words=record, checked_by=by, expected_version=expected_version
        )
