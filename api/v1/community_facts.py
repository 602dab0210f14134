"""What is known about working with communities: `/api/v1/community-facts/`. Corrections stand beside ours."""

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
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.base.models import Record
from crm.communities import actions, permissions
from crm.communities.details import CommunityFactDetails
from crm.communities.filters import FactFilter
from crm.communities.models import Community, CommunityFact

OWN = ("kind", "words", "voice", "said_by", "said_on", "ended_on", "ended_reason")


class SaidInput(Input):
    """The community's own words about something that stands there."""

    words = text(500, required=True, help_text="In a sentence or two. Name no private person and no health.")
    said_by = text(150, required=True, help_text="Who in the community said so: a role or group.")
    said_on = serializers.DateField(required=False, help_text="Today, unless you say otherwise.")


class FactInput(SaidInput):
    """One thing to know about working with a community."""

    community = Link(Community, required=True)
    kind = choice(CommunityFact.Kind)
    voice = choice(CommunityFact.Voice, help_text="Whose words they are.")
    said_by = text(150, help_text="Needed for the community's own words: a role or group.")


class EndFactInput(Input):
    """Why it is over."""

    reason = text(200, required=True)


class FactOut(Output):
    """One thing to know."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    community = Named()
    kind = serializers.CharField()
    words = serializers.CharField()
    voice = serializers.CharField(help_text="`council`: ours. `community`: the community's own.")
    said_by = serializers.CharField()
    said_on = serializers.DateField()
    corrects = serializers.UUIDField(allow_null=True, help_text="What it stands beside.")
    recorded_by = Named()
    ended_on = serializers.DateField(allow_null=True, help_text="No longer true since.")
    ended_reason = serializers.CharField()
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    "id": "0190f6a0-0000-7000-8000-00000000fac7", "version": 1, "community": examples.COMMUNITY, "kind": "avoid",
    "words": "Not on Fridays after midday.", "voice": "community", "said_by": "The mosque committee",
    "said_on": "2026-11-02", "corrects": None, "recorded_by": examples.EVENT["logged_by"], "ended_on": None,
    "ended_reason": "", "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
EXAMPLE_INPUT = {"community": examples.COMMUNITY["id"], "kind": "avoid", "words": "Not on Fridays after midday."}


def as_row(fact: CommunityFact) -> Row:
    """A fact as it goes out."""
    return {
        "id": fact.pk,
        "version": fact.version,
        "community": named(fact.community),
        **{name: getattr(fact, name) for name in OWN},
        "corrects": fact.corrects_id,
        "recorded_by": named(fact.recorded_by),
        "created_at": fact.created_at,
        "modified_at": fact.modified_at,
    }


class CommunityFacts(Collection):
    """What is known, newest first."""

    model = CommunityFact
    item_name = "community-fact"
    filter_class = FactFilter
    permissions_by_method = {"GET": permissions.read_community_facts, "POST": permissions.add_community_fact}
    operations = {
        "GET": Operation("List what is known about working with communities",
                         "Formats, times to avoid, whom they trust, what keeps them away, what they told us already.",
                         gives=FactOut, example=EXAMPLE),
        "POST": Operation("Add something to know about a community", "Ours, or the community's own words.",
                          takes=FactInput, status=201, example=EXAMPLE_INPUT),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With community and who wrote it down."""
        return rows.select_related("community", "recorded_by")

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        community = values.pop("community")
        return actions.add_community_fact(
            actor=self.reader, community=community, details=CommunityFactDetails(**values)
        )

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class CommunityFactItem(Item):
    """One thing to know."""

    model = CommunityFact
    item_name = "community-fact"
    permissions_by_method = {"GET": permissions.read_community_facts}
    operations = {"GET": Operation("Read what is known about a community", gives=FactOut, example=EXAMPLE)}

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With community and who wrote it down."""
        return rows.select_related("community", "recorded_by")

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)


class CorrectFact(Verb):
    """Put what the community says beside what stands there. The answer names the correction."""

    model = CommunityFact
    item_name = "community-fact"
    needs_version = False
    permissions_by_method = {"POST": permissions.correct_community_fact}
    operations = {
        "POST": Operation("Put a community's own words beside what we know", "Both stay. The answer is the correction.",
                          takes=SaidInput,
                          example={"words": "Fridays are fine after three.", "said_by": "The women's group"})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Put it beside."""
        return actions.correct_community_fact(actor=self.reader, fact=record, details=CommunityFactDetails(**values))


class EndFact(Verb):
    """Say that something is no longer true."""

    model = CommunityFact
    item_name = "community-fact"
    permissions_by_method = {"POST": permissions.end_community_fact}
    operations = {
        "POST": Operation("Mark what we know about a community as no longer true", "It stays, with the reason.",
                          takes=EndFactInput, example={"reason": "They meet elsewhere now"})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """End it."""
        return actions.end_community_fact(
            actor=self.reader, fact=record, reason=values["reason"], expected_version=expected_version
        )
