"""What arrangements show elsewhere: on the page of a forum, and on the home of whoever must make them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.kept import kept
from crm.base.timeline import Card, asks
from engagement.forums.coming import own_forums
from engagement.forums.models import Arrangement, Forum
from engagement.forums.rules.ready import blockers_to_being_ready, blockers_to_calling, missing_at
from engagement.forums.there import standing

SHOWN, LOOKED_AT = 4, 60
AHEAD = timedelta(days=70)  # the longest lead time is 42 days; what comes later can wait


def arrangements_of(reader: Actor, forum: Forum) -> Card | None:
    """On a forum's page: what is missing, in words for this reader. At most 5 queries."""
    if not holds(reader, FIELD_ROLES):
        return None
    missing = missing_at(forum) if forum.is_coming else []
    words = [blocker.words for blocker in blockers_to_being_ready(missing, reader)]
    shows = {"forum": forum, "words": words, "may_call": not list(blockers_to_calling(forum))}
    return Card("workspace/forums/arrangements_card.html", shows, order=20)


def _of_own(reader: Actor) -> Any:
    today = timezone.localdate()
    rows = Arrangement.objects.to_make().filter(forum__on__range=(today, today + AHEAD))
    return rows.filter(own_forums(reader) | Q(who=reader.pk))


@kept
def _any_to_make(reader: Actor) -> Any:
    return _of_own(reader).order_by().values_list("pk")[:1]


@kept
def _to_make(reader: Actor) -> Any:
    return _of_own(reader).visible_to(reader).for_list()[:LOOKED_AT]


@asks(lambda reader: [(_any_to_make, reader)] if holds(reader, FIELD_ROLES) else [])
def to_make_card(reader: Actor) -> Card | None:
    """On the home page: what this reader must arrange, late ones and those that fell through first. 2 queries where
    there is something: which needs one may read is a long question, asked only then."""
    if not holds(reader, FIELD_ROLES):
        return None
    rows = _to_make(reader) if _any_to_make(reader) else []
    to_do = sorted((one for one in standing(rows) if one.to_do), key=lambda one: (not one.row.fell_through, one.due_on))
    if not to_do:
        return None
    shows = {"standings": to_do[:SHOWN], "more": len(to_do) > SHOWN}
    return Card("workspace/forums/arrangements_home.html", shows, order=16)
