"""Requests to be erased: `/api/v1/erasure-requests/`. Of whoever was erased no name stays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters as filters
from rest_framework import serializers

from api.inputs import Input, Link, one_of, text
from api.v1.about_person import AboutPeople, AboutPersonItem, AboutPersonOut, start_of
from api.v1.privacy import WHO, start_example
from api.views import Operation, Row, Verb
from crm.base.models import Record
from crm.erasing import actions, permissions
from crm.erasing.details import ErasureDetails, Looked
from crm.erasing.models import ErasureRequest
from crm.erasing.outside import read_ahead
from crm.people.filters import AboutPersonFilter
from crm.people.marks import mark_restricted_people
from crm.people.models import Person


class ErasureFilter(AboutPersonFilter):
    """Requests by person and outcome."""

    outcome = filters.ChoiceFilter(choices=ErasureRequest.Outcome.choices, label="Outcome")

    class Meta:
        model = ErasureRequest
        fields: list[str] = []


class ErasureInput(Input):
    """That a person asks to be erased."""

    person = Link(Person, required=True)
    asked_on = serializers.DateField(help_text="When they asked.")
    how = text(150, help_text="Like: by letter.")
    words = text(300, help_text="In their words. They need give no reason.")


class ErasureDecision(Input):
    """What was decided."""

    outcome = one_of([value for value in ErasureRequest.Outcome.values if value != "open"])
    reason = text(500, help_text="In words the person can read. No names.")
    parts = serializers.ListField(
        child=serializers.CharField(max_length=80), required=False, max_length=50,
        help_text="In part: what goes at once, like `accessneed.person` (see `docs/data-model.md`). What protects them "
        "stays.",
    )  # fmt: skip
    elsewhere = serializers.BooleanField(
        required=False, help_text="Take their name out of words that nothing links to them too. Look first."
    )
    spellings = serializers.ListField(
        child=serializers.CharField(max_length=150), required=False, max_length=20,
        help_text="Other ways their name is written: another script, a nickname, an old number. Kept nowhere.",
    )  # fmt: skip
    unwanted = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, max_length=100,
        help_text="Files that name them and are deleted, like `document-12`: the refusal names them.",
    )  # fmt: skip
    looked = serializers.BooleanField(
        required=False,
        help_text="Somebody looked at every file that names them, and at photos, films, recordings and scans.",
    )


class ErasureOut(AboutPersonOut):
    """A request to be erased."""

    person = serializers.UUIDField(allow_null=True, help_text="Null: they were erased.")
    asked_on = serializers.DateField()
    how = serializers.CharField()
    words = serializers.CharField()
    decide_by = serializers.DateField(help_text="One month after they asked.")
    outcome = serializers.CharField()
    reason = serializers.CharField()
    decided_on = serializers.DateField(allow_null=True)
    erased_on = serializers.DateField(allow_null=True)
    what_happened = serializers.DictField(child=serializers.IntegerField(), help_text="What was done → how many.")


OWN = ("asked_on", "how", "words", "decide_by", "outcome", "reason", "decided_on", "erased_on", "what_happened")
LOOKED = ("elsewhere", "spellings", "unwanted", "looked")
EXAMPLE = {**start_example(92), "asked_on": "2026-11-24", "how": "By letter", "words": "", "decide_by": "2026-12-24",
           "outcome": "open", "reason": "", "decided_on": None, "erased_on": None, "what_happened": {}}  # fmt: skip


def erasure_row(row: ErasureRequest) -> Row:
    """A request as it goes out."""
    return {**start_of(row), **{name: getattr(row, name) for name in OWN}}


class Erasures(AboutPeople):
    """Requests to be erased."""

    model = ErasureRequest
    item_name = "erasure-request"
    filter_class = ErasureFilter
    permissions_by_method = {"GET": permissions.read_erasures, "POST": permissions.record_erasure}
    operations = {
        "GET": Operation("List requests to be erased", "Those not decided with `outcome=open`.", gives=ErasureOut,
                         example=EXAMPLE),
        "POST": Operation("Record that a person asks to be erased", "It must be decided within one month.",
                          takes=ErasureInput, status=201,
                          example={"person": WHO, "asked_on": "2026-11-24", "how": "By letter"}),
    }  # fmt: skip

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own, but for the trail when restricted people are among them."""
        mark_restricted_people(self.reader, [row.person for row in rows if row.person is not None])
        return [erasure_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Record it."""
        person = values.pop("person")
        return actions.record_erasure(actor=self.reader, person=person, details=ErasureDetails(**values))


class ErasureItem(AboutPersonItem):
    """One request."""

    model = ErasureRequest
    item_name = "erasure-request"
    permissions_by_method = {"GET": permissions.read_erasures}
    operations = {"GET": Operation("Read a request to be erased", gives=ErasureOut, example=EXAMPLE)}

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        mark_restricted_people(self.reader, [row.person] if row.person else [])
        return erasure_row(row)


class DecideErasure(Verb):
    """Decide."""

    model = ErasureRequest
    item_name = "erasure-request"
    permissions_by_method = {"POST": permissions.decide_erasure}
    operations = {
        "POST": Operation("Decide on a request to be erased", "Granted, everything is erased at once and cannot come "
                          "back. Tell the person first.", takes=ErasureDecision,
                          example={"outcome": "granted", "reason": "We have no need of it any more."})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Decide."""
        looked = Looked(**{name: values.pop(name) for name in LOOKED if name in values})
        told = {"reason": "", **values}
        if told["outcome"] == ErasureRequest.Outcome.GRANTED:
            read_ahead()
        return actions.decide_erasure(
            actor=self.reader, request=record, looked=looked, **told, expected_version=expected_version
        )
