"""Communities: `/api/v1/communities/`, the council's nested list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, Links, choice, number, text
from api.v1 import examples
from api.views import Collection, Item, Named, Operation, Output, Row, Verb, named
from crm.areas.models import Area
from crm.base.models import Record
from crm.communities import actions, permissions
from crm.communities.details import CommunityDetails, RhythmDetails
from crm.communities.filters import CommunityFilter
from crm.communities.models import Community, CommunityRhythm
from crm.languages.models import Language

OWN = ("name", "kind", "description", "good_to_know", "rhythm_days", "asks_in_90_days", "source")
LONG = 5000
LARGEST_RHYTHM = 32_767  # what the database keeps in a small whole number (PostgreSQL smallint)


class RhythmInput(Input):
    """How often to hear from a community in one locality."""

    locality = Link(Area, required=True)
    rhythm_days = number(max_value=LARGEST_RHYTHM, required=True, help_text="Days.")


class CommunityInput(Input):
    """A community. Lists are sent whole."""

    always = ("name",)
    name = text(120, help_text="The name people in it use.")
    kind = choice(Community.Kind)
    parent = Link(Community, allow_null=True, help_text="What it lies in.")  # type: ignore[assignment]  # a field of ours by that name
    description = text(LONG)
    good_to_know = text(LONG, help_text="Times to avoid, customs, whom to ask first. No names or health details.")
    languages = Links(Language)
    rhythm_days = number(max_value=LARGEST_RHYTHM, help_text="Hear from them every so many days.")
    asks_in_90_days = number(
        max_value=LARGEST_RHYTHM, help_text="Ask them at most so many times in 90 days while answers are owed."
    )
    rhythms = serializers.ListField(
        child=RhythmInput(), required=False, max_length=100, help_text="Localities with a rhythm of their own."
    )
    source = text(300, help_text="Which document names them.")  # type: ignore[assignment]  # a field of ours by that name


class GoodToKnowInput(Input):
    """What to get right."""

    words = text(LONG, required=True, help_text="No names or health details.")


class MergeInput(Input):
    """Which community stays, and why."""

    into = Link(Community, required=True)
    reason = text(300, required=True)


class RhythmOut(Output):
    """How often to hear from a community in one locality."""

    locality = Named()
    rhythm_days = serializers.IntegerField()


class CommunityOut(Output):
    """A community."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    name = serializers.CharField()
    kind = serializers.CharField()
    parent = Named(allow_null=True)
    description = serializers.CharField()
    good_to_know = serializers.CharField()
    languages = Named(many=True)
    rhythm_days = serializers.IntegerField()
    asks_in_90_days = serializers.IntegerField()
    rhythms = RhythmOut(many=True, help_text="Localities with a rhythm of their own.")
    source = serializers.CharField()  # type: ignore[assignment]  # a field of ours by that name
    former_names = serializers.ListField(child=serializers.CharField())
    merged_into = serializers.UUIDField(allow_null=True, help_text="The one that stays. Record new contacts there.")
    merged_on = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


EXAMPLE: dict[str, Any] = {
    **examples.COMMUNITY, "version": 1, "kind": "community", "parent": None, "description": "",
    "good_to_know": "Ask the elders first.", "languages": [], "rhythm_days": 90, "asks_in_90_days": 6,
    "rhythms": [], "source": "", "former_names": [], "merged_into": None, "merged_on": None,
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def for_list(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With parent, languages, rhythms and former names: three queries more, however many rows."""
    rhythms = Prefetch("rhythms", CommunityRhythm.objects.select_related("locality"))
    return rows.select_related("parent").prefetch_related("languages", rhythms, "former_names")


def as_row(community: Community) -> Row:
    """A community as it goes out."""
    return {
        "id": community.pk,
        "version": community.version,
        **{name: getattr(community, name) for name in OWN},
        "parent": named(community.parent),
        "languages": [named(language) for language in community.languages.all()],
        "rhythms": [
            {"locality": named(row.locality), "rhythm_days": row.rhythm_days} for row in community.rhythms.all()
        ],
        "former_names": [old.name for old in community.former_names.all()],
        "merged_into": community.merged_into_id,
        "merged_on": community.merged_on,
        "created_at": community.created_at,
        "modified_at": community.modified_at,
    }


def details_from(values: dict[str, Any], known: dict[str, Any]) -> CommunityDetails:
    """A community as the request tells it, upon what is known already."""
    told = dict(values)
    if "rhythms" in told:
        told["rhythms"] = [RhythmDetails(**row) for row in told["rhythms"]]
    return CommunityDetails(**{**known, **told})


class Communities(Collection):
    """Communities, those added last first."""

    model = Community
    item_name = "community"
    filter_class = CommunityFilter
    permissions_by_method = {"GET": permissions.read_communities, "POST": permissions.add_community}
    operations = {
        "GET": Operation("List communities", "The council's own nested list; never a person's community.",
                         gives=CommunityOut, example=EXAMPLE),
        "POST": Operation("Add a community", "Only the name must be given.", takes=CommunityInput, status=201,
                          example={"name": "Kashmiri community"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Add it."""
        return actions.add_community(actor=self.reader, details=details_from(values, {"name": ""}))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class CommunityItem(Item):
    """One community."""

    model = Community
    item_name = "community"
    beside = True
    permissions_by_method = {"GET": permissions.read_communities, "PATCH": permissions.change_community}
    operations = {
        "GET": Operation("Read a community", gives=CommunityOut, example=EXAMPLE),
        "PATCH": Operation("Change a community", "Send what is different. Lists are sent whole.", takes=CommunityInput,
                           example={"rhythm_days": 60}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With what a list shows."""
        return for_list(rows)

    def represent_one(self, row: Any) -> Row:
        """As in the list."""
        return as_row(row)

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {
            **{name: getattr(record, name) for name in (*OWN, "parent")},
            "languages": record.languages.all(),
            "rhythms": [
                RhythmDetails(row.locality, row.rhythm_days) for row in record.rhythms.select_related("locality")
            ],
        }
        return actions.change_community(
            actor=self.reader,
            community=record,
            details=details_from(values, known),
            expected_version=expected_version,
        )

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class GoodToKnow(Verb):
    """Write what is good to know before meeting a community."""

    model = Community
    item_name = "community"
    permissions_by_method = {"POST": permissions.note_good_to_know}
    operations = {
        "POST": Operation("Write what is good to know about a community", "Officers learn it at the door.",
                          takes=GoodToKnowInput, example={"words": "Ask the elders first."})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Write it."""
        return actions.note_good_to_know(
            actor=self.reader, community=record, words=values["words"], expected_version=expected_version
        )


class Merge(Verb):
    """Let a community go on under another."""

    model = Community
    item_name = "community"
    permissions_by_method = {"POST": permissions.merge_community}
    operations = {
        "POST": Operation("Merge a community into another",
                          "What was recorded counts under the one that stays, and under the old name as it was.",
                          takes=MergeInput,
                          example={"into": examples.COMMUNITY["id"], "reason": "They asked for one name"})
    }  # fmt: skip

    def act(self, record: Any, values: dict[str, Any], expected_version: int | None) -> Record:
        """Merge them."""
        return actions.merge_community(actor=self.reader, community=record, **values, expected_version=expected_version)
