"""Access needs: `/api/v1/access-needs/`, what is done with them, and the list of their types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, Link, choice, text
from api.pagination import Order
from api.v1 import examples
from api.v1.about_person import WithPerson
from api.views import Item, Named, Operation, Output, Row, Verb, named
from crm.access import actions, permissions
from crm.access.details import NeedDetails, ReviewDetails
from crm.access.filters import AccessNeedFilter
from crm.access.models import AccessNeed, NeedReview, NeedType
from crm.base.models import Record
from crm.languages.models import Language
from crm.people.marks import mark_restricted_people
from crm.people.models import Person, Supporter

OWN = ("own_words", "what_to_do", "told_by", "told_on", "review_on", "may_share")


class NeedChangeInput(Input):
    """What a need says from now on. Send what is different."""

    type = Link(NeedType, help_text="What they need, from `/api/v1/need-types/`.")
    own_words = text(500, help_text="In their own words.")
    what_to_do = text(300, help_text="An instruction without health details. Left empty: the usual one of the type.")
    language = Link(Language, allow_null=True, help_text="For needs of the kind `language`.")
    told_by = choice(AccessNeed.ToldBy)
    told_on = serializers.DateField(required=False, help_text="The day they told us. Today, unless told.")
    review_on = serializers.DateField(required=False, help_text="When we ask again. In a year, unless told.")
    may_share = choice(AccessNeed.Sharing)


class NeedInput(NeedChangeInput):
    """An access need. Person and type must be given."""

    person = Link(Person, required=True, help_text="Whose need it is, or beside whom the supporter stands.")
    supporter = Link(Supporter, allow_null=True, help_text="When it is the need of somebody who supports the person.")


class ReviewInput(Input):
    """What they said when asked again."""

    answer = choice(NeedReview.Answer, required=True)
    reviewed_on = serializers.DateField(required=False, help_text="When you asked. Today, unless told.")
    next_on = serializers.DateField(required=False, help_text="When to ask again. In a year, unless told.")
    own_words = text(500, help_text="If it has changed: how they say it now.")
    what_to_do = text(300, help_text="If it has changed: what to do now.")
    may_share = choice(AccessNeed.Sharing)
    reason = text(200, help_text="If it has ended: why.")


class ShareInput(Input):
    """With whom a need was shared."""

    shared_with = text(150, help_text="Like: the interpreter agency. Not a name.")
    shared_on = serializers.DateField(required=False, help_text="Today, unless told.")


class EndInput(Input):
    """Why a need is no more."""

    always = ("reason",)
    reason = text(200, help_text="In a few words.")


class ReviewOut(Output):
    """That somebody asked again."""

    reviewed_on = serializers.DateField()
    due_on = serializers.DateField(help_text="The day until which they were to be asked.")
    answer = serializers.CharField(help_text="`same`, `changed` or `ended`.")
    reviewed_by = Named()


class NeedShareOut(Output):
    """That it was shared."""

    shared_with = serializers.CharField()
    shared_on = serializers.DateField()
    shared_by = Named()


class NeedTypeOut(Output):
    """A type of access need."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    key = serializers.CharField(help_text="Our own short name; it never changes.")
    name = serializers.CharField()
    kind = serializers.CharField(help_text="`communication`, `language`, `adjustment` or `practical`.")
    group = serializers.CharField(help_text="Of the Accessible Information Standard: `contact`, `format`, "
                                            "`professional`, `support`; empty for other kinds.")  # fmt: skip
    what_to_do = serializers.CharField()
    snomed_code = serializers.CharField(help_text="SNOMED CT, where known.")
    ended_on = serializers.DateField(allow_null=True, help_text="Not offered since.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class NeedOut(Output):
    """An access need."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    person = Named()
    supporter = Named(allow_null=True, help_text="Whose need it is when it is not the person's own: `her father`.")
    type = Named()
    kind = serializers.CharField()
    group = serializers.CharField()
    own_words = serializers.CharField()
    what_to_do = serializers.CharField(help_text="Everyone who meets the person sees this.")
    language = Named(allow_null=True)
    told_by = serializers.CharField()
    told_on = serializers.DateField()
    review_on = serializers.DateField()
    may_share = serializers.CharField(help_text="`yes`, `no` or `not_asked`.")
    ended_on = serializers.DateField(allow_null=True)
    ended_reason = serializers.CharField()
    recorded_by = Named()
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


class NeedWhole(NeedOut):
    """An access need with its history."""

    reviews = ReviewOut(many=True)
    shares = NeedShareOut(many=True)


TYPE_EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}40", "version": 1, "key": "easy-read", "name": "Easy Read", "kind": "communication",
    "group": "format", "what_to_do": "Send Easy Read, before the meeting too", "snomed_code": "796161000000101",
    "ended_on": None, "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip
EXAMPLE: dict[str, Any] = {
    "id": f"{examples.ID}41", "version": 1, "person": {"id": f"{examples.ID}10", "name": "Parveen Begum"},
    "supporter": None, "type": {"id": f"{examples.ID}40", "name": "Easy Read"}, "kind": "communication",
    "group": "format", "own_words": "Long letters tire me", "what_to_do": "Send Easy Read, before the meeting too",
    "language": None, "told_by": "themselves", "told_on": "2026-11-24", "review_on": "2027-11-24", "may_share": "yes",
    "ended_on": None, "ended_reason": "", "recorded_by": examples.OFFICER, "created_at": examples.WHEN,
    "modified_at": examples.WHEN,
}  # fmt: skip
EXAMPLE_WHOLE: dict[str, Any] = {**EXAMPLE, "reviews": [], "shares": []}


def as_row(need: Any) -> Row:
    """A need as it goes out."""
    supporter = need.supporter
    return {
        "id": need.pk,
        "version": need.version,
        "person": named(need.person),
        "supporter": {"id": supporter.pk, "name": supporter.relation} if supporter else None,
        "type": named(need.type),
        "kind": need.type.kind,
        "group": need.type.group,
        **{name: getattr(need, name) for name in OWN},
        "language": named(need.language),
        "ended_on": need.ended_on,
        "ended_reason": need.ended_reason,
        "recorded_by": named(need.recorded_by),
        "created_at": need.created_at,
        "modified_at": need.modified_at,
    }


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With names, in no order of its own."""
    return rows.select_related("type", "person", "supporter", "language", "recorded_by")


class AccessNeeds(WithPerson):
    """Access needs, those to ask about again first."""

    model = AccessNeed
    item_name = "access-need"
    filter_class = AccessNeedFilter
    orders = {
        "review_on": Order("review_on", date),
        "-created_at": Order("created_at", None, down=True),
        "created_at": Order("created_at", None),
    }
    default_order = "review_on"
    permissions_by_method = {"GET": permissions.read_needs, "POST": permissions.record_need}
    operations = {
        "GET": Operation(
            "List access needs", "Those that stand, or with `ended` those that ended; soonest to ask again first. One "
            "that may not be shared is listed only to who wrote it down.", gives=NeedOut, example=EXAMPLE,
        ),
        "POST": Operation(
            "Write down an access need", "Only person and type must be given.", takes=NeedInput, status=201,
            example={"person": f"{examples.ID}10", "type": f"{examples.ID}40", "own_words": "Long letters tire me"},
        ),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names."""
        return with_related(rows)

    def current(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those that stand, unless ended ones are asked for."""
        asked = "ended" in self.request.query_params
        return rows if asked else rows.current()  # type: ignore[attr-defined]  # our own queryset

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own, but for the trail when restricted people are among them."""
        mark_restricted_people(self.reader, [need.person for need in rows])
        return [as_row(row) for row in rows]

    def create(self, values: dict[str, Any]) -> Record:
        """Write it down."""
        person = values.pop("person")
        return actions.record_need(actor=self.reader, person=person, details=NeedDetails(**{"type": None, **values}))

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()

    def post(self, request: Request) -> HttpResponse:
        """Add."""
        return self.add()


class AccessNeedItem(Item):
    """One need."""

    model = AccessNeed
    item_name = "access-need"
    permissions_by_method = {"GET": permissions.read_needs, "PATCH": permissions.change_need}
    operations = {
        "GET": Operation("Read an access need", "With when we asked again, and with whom it was shared.",
                         gives=NeedWhole, example=EXAMPLE_WHOLE),
        "PATCH": Operation("Change an access need", "Send what is different.", takes=NeedChangeInput,
                           example={"what_to_do": "Send Easy Read a week before"}),
    }  # fmt: skip

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """With names and history."""
        return with_related(rows).prefetch_related("reviews__reviewed_by", "shares__shared_by")

    def represent_one(self, row: Any) -> Row:
        """As in the list, with its history."""
        mark_restricted_people(self.reader, [row.person])
        reviews = [
            {"reviewed_on": r.reviewed_on, "due_on": r.due_on, "answer": r.answer, "reviewed_by": named(r.reviewed_by)}
            for r in row.reviews.all()
        ]
        shares = [
            {"shared_with": s.shared_with, "shared_on": s.shared_on, "shared_by": named(s.shared_by)}
            for s in row.shares.all()
        ]
        return {**as_row(row), "reviews": reviews, "shares": shares}

    def change(self, record: Any, values: dict[str, Any], expected_version: int) -> Record:
        """Change it."""
        known = {name: getattr(record, name) for name in (*OWN, "type", "language")}
        details = NeedDetails(**{**known, **values})
        return actions.change_need(actor=self.reader, need=record, details=details, expected_version=expected_version)

    def get(self, request: Request, pk: UUID) -> HttpResponse:
        """Read."""
        return self.read(pk)

    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        """Change."""
        return self.save(pk)


class NeedVerb(Verb):
    """Something done with a need."""

    model = AccessNeed
    item_name = "access-need"


class Review(NeedVerb):
    """They were asked again."""

    permissions_by_method = {"POST": permissions.review_need}
    operations = {
        "POST": Operation("Note what they said when asked again", "Still the same, changed, or no longer needed.",
                          takes=ReviewInput, example={"answer": "same", "next_on": "2027-11-24"})
    }  # fmt: skip

    def act(self, record: AccessNeed, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        return actions.review_need(
            actor=self.reader, need=record, details=ReviewDetails(**values), expected_version=expected_version
        )


class Share(NeedVerb):
    """It was shared."""

    permissions_by_method = {"POST": permissions.share_need}
    operations = {
        "POST": Operation("Note with whom a need was shared", "Refused without the person's agreement.",
                          takes=ShareInput, example={"shared_with": "The interpreter agency"})
    }  # fmt: skip

    def act(self, record: AccessNeed, values: dict[str, Any], expected_version: int | None) -> Record:
        """Note it."""
        told = {"shared_with": "", **values}
        return actions.share_need(actor=self.reader, need=record, **told, expected_version=expected_version)


class End(NeedVerb):
    """It is no more."""

    permissions_by_method = {"POST": permissions.end_need}
    operations = {
        "POST": Operation("End an access need", "What happened with it stays.", takes=EndInput,
                          example={"reason": "The cast came off"})
    }  # fmt: skip

    def act(self, record: AccessNeed, values: dict[str, Any], expected_version: int | None) -> Record:
        """End it."""
        reason = values.get("reason", "")
        return actions.end_need(actor=self.reader, need=record, reason=reason, expected_version=expected_version)
