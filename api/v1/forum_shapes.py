"""What forums look like, coming in and going out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django.db.models import QuerySet
from rest_framework import serializers

from api.inputs import Input, Link, Links, choice, number, text
from api.v1 import examples
from api.v1.contacts import ONLY_READ
from api.views import Named, Output, Row, named
from crm.accounts.models import User
from crm.areas.models import Area
from crm.communities.models import Community
from crm.languages.models import Language
from crm.venues.models import Venue
from engagement.forums.details import ForumDetails, OfferDetails
from engagement.forums.models import OfferKind
from engagement.forums.vocabulary import Mode
from engagement.log.models import Topic

OWN = ("title", "about", "on", "starts", "ends", "mode", "place_words", "is_public", "capacity", "reply_by")
KEPT = ("state", "original_on", "moved_from", "sequence", "changed_alone", "cancelled_reason", "published_at",
        "next_words", "next_by")  # fmt: skip


class OfferShape(Input):
    """One thing that is offered."""

    kind = Link(OfferKind, required=True)
    language = Link(Language, allow_null=True, help_text="For interpreters.")
    have_already = serializers.BooleanField(required=False, help_text="It is arranged: no job is made.")


class ForumShape(Input):
    """A forum. What it is about, its day and its times must be given."""

    always: ClassVar[tuple[str, ...]] = ("ends", "on", "starts", "title")
    title = text(150, help_text="What it is about, in words people know.")
    about = text(5000)
    on = serializers.DateField(required=False)
    starts = serializers.TimeField(required=False, help_text="Local time.")
    ends = serializers.TimeField(required=False, help_text="Local time.")
    mode = choice(Mode)
    venue = Link(Venue, allow_null=True)
    place_words = text(300, help_text="Which room, which door. Not a private address.")
    online_link = serializers.URLField(
        required=False, allow_blank=True, max_length=500, help_text="Only people who were invited are sent it."
    )
    locality = Link(Area, allow_null=True, help_text="A locality; null for the whole council.")
    communities = Links(Community, help_text="Whom it is for, in the first place.")
    topics = Links(Topic)
    owner = Link(User, help_text="Who looks after it. You, unless told.")
    organisers = Links(User)
    is_public = serializers.BooleanField(required=False, help_text="Anybody may come.")
    capacity = number(allow_null=True, max_value=32_767, help_text="How many people fit in.")
    reply_by = serializers.DateField(required=False, allow_null=True)
    notes = text(5000, help_text="For those who organise. No names.")
    offers = serializers.ListField(
        child=OfferShape(), required=False, max_length=200, help_text="All that is offered; takes the place of the old."
    )


class ForumOfferOut(Output):
    """One thing that is offered."""

    kind = Named()
    language = Named(allow_null=True)
    have_already = serializers.BooleanField()


class ForumOut(Output):
    """A forum."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.CharField(help_text="`draft`, `open`, `ready`, `held`, `closed` or `cancelled`.")
    series = Named(allow_null=True)
    original_on = serializers.DateField(allow_null=True, help_text="The day its series gave it.")
    title = serializers.CharField()
    about = serializers.CharField()
    on = serializers.DateField()
    starts = serializers.CharField(help_text="By the clock on the wall, like 13:30:00.")
    ends = serializers.CharField(help_text="By the clock on the wall, like 15:30:00.")
    mode = serializers.CharField()
    venue = Named(allow_null=True)
    place_words = serializers.CharField()
    online_link = serializers.CharField(help_text="Empty unless you work on it.")
    locality = Named(allow_null=True)
    communities = Named(many=True)
    topics = Named(many=True)
    owner = Named()
    organisers = Named(many=True)
    is_public = serializers.BooleanField()
    capacity = serializers.IntegerField(allow_null=True)
    reply_by = serializers.DateField(allow_null=True)
    notes = serializers.CharField(help_text="Empty unless you work on it.")
    offers = ForumOfferOut(many=True)
    moved_from = serializers.DateField(allow_null=True)
    changed_alone = serializers.BooleanField(help_text="It differs from its series, and keeps doing so.")
    cancelled_reason = serializers.CharField()
    event = serializers.UUIDField(allow_null=True, help_text=f"The contact that closing it wrote. {ONLY_READ}")
    next_words = serializers.CharField(help_text="What happens next, for those who came and the public.")
    next_by = serializers.DateField(allow_null=True)
    sequence = serializers.IntegerField(help_text="Counts the changes that calendars must hear of.")
    published_at = serializers.DateTimeField(allow_null=True, help_text="When it was first opened.")
    created_at = serializers.DateTimeField()
    modified_at = serializers.DateTimeField()


FORUM: dict[str, Any] = {
    "id": f"{examples.ID}60", "version": 1, "state": "draft", "series": None, "original_on": None,
    "title": "Care at home", "about": "", "on": "2027-01-12", "starts": "13:30:00", "ends": "15:30:00",
    "mode": "in_person", "venue": {"id": f"{examples.ID}22", "name": "Mill Street Centre"}, "place_words": "",
    "online_link": "", "locality": None, "communities": [examples.COMMUNITY], "topics": [],
    "owner": examples.OFFICER, "organisers": [], "is_public": True, "capacity": None, "reply_by": None, "notes": "",
    "offers": [{"kind": {"id": f"{examples.ID}61", "name": "BSL interpreters (2)"}, "language": None,
                "have_already": False}],
    "moved_from": None, "changed_alone": False, "cancelled_reason": "", "event": None,
    "next_words": "", "next_by": None, "sequence": 0, "published_at": None,
    "created_at": examples.WHEN, "modified_at": examples.WHEN,
}  # fmt: skip


def with_related(rows: QuerySet[Any]) -> QuerySet[Any]:
    """With names and parts, in no order of its own: a fixed number of queries."""
    whole = rows.select_related("series", "venue", "locality", "owner")
    return whole.prefetch_related("communities", "topics", "organisers", "offers__kind", "offers__language")


def as_row(forum: Any, *, works: bool) -> Row:
    """A forum as it goes out; the link to join online and the notes for those who work on forums."""
    return {
        "id": forum.pk,
        "version": forum.version,
        **{name: getattr(forum, name) for name in (*OWN, *KEPT)},
        "online_link": forum.online_link if works else "",
        "notes": forum.notes if works else "",
        "event": forum.event_id if forum.event_readable else None,
        **{name: named(getattr(forum, name)) for name in ("series", "venue", "locality", "owner")},
        **{
            name: [named(row) for row in getattr(forum, name).all()] for name in ("communities", "topics", "organisers")
        },
        "offers": [
            {"kind": named(row.kind), "language": named(row.language), "have_already": row.have_already}
            for row in forum.offers.all()
        ],
        "created_at": forum.created_at,
        "modified_at": forum.modified_at,
    }


def told(before: ForumDetails, values: dict[str, Any]) -> ForumDetails:
    """What stands, with what was sent in its place."""
    values = dict(values)
    if "offers" in values:
        values["offers"] = [OfferDetails(**offer) for offer in values["offers"]]
    return replace(before, **values)
