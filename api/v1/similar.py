"""Names like one that is about to be added. The name is sent by POST: none may stand in an address or a log."""

from __future__ import annotations

from typing import ClassVar

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, text
from api.v1 import examples
from api.views import ApiView, Operation, Output
from crm.base.naming import names_like
from crm.organisations import permissions as of_organisations
from crm.organisations.models import Organisation
from crm.people import permissions as of_people
from crm.people.models import Person


class SimilarInput(Input):
    """The name somebody is about to add."""

    name = text(200, required=True, help_text="As it would be saved.")


class SimilarOut(Output):
    """A record whose name is like it."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    note = serializers.CharField(help_text="Something to tell it from others, like its ward. May be empty.")


class Similar(ApiView):
    """Records of a similar name, asked for before one is added. It reads: adding is never refused for a name."""

    kind: ClassVar[str]

    def post(self, request: Request) -> HttpResponse:
        """Find."""
        found = names_like(self.kind, self.values()["name"], reader=self.reader)
        return self.sent(
            {"results": [{"id": row.id, "name": row.name, "note": row.note} for row in found], "next": None}
        )


class SimilarOrganisations(Similar):
    """Before adding a group: those of a name like it."""

    model = Organisation
    kind = "organisation"
    permissions_by_method = {"POST": of_organisations.read_organisations}
    operations = {
        "POST": Operation("Find groups of a similar name", "Ask before you add one: it may be there already.",
                          takes=SimilarInput, gives=SimilarOut, example={"name": "Lozels Womens Circle"},
                          answer={**examples.GROUP, "note": "Lozells"})
    }  # fmt: skip


class SimilarPeople(Similar):
    """Before adding a person: those of a name like theirs, of whom the reader may see."""

    model = Person
    kind = "person"
    permissions_by_method = {"POST": of_people.read_people}
    operations = {
        "POST": Operation("Find people of a similar name", "Ask before you add somebody: they may be there already. "
                          "Only people you may see are looked through.", takes=SimilarInput, gives=SimilarOut,
                          example={"name": "Muhamad Begm"},
                          answer={"id": f"{examples.ID}10", "name": "Mohammed Begum", "note": "Lozells"})
    }  # fmt: skip
