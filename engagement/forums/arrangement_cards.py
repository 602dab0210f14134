"""What arrangements show elsewhere: on the page of a forum, and on the home of whoever must make them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from crm.base.actors import FIELD_ROLES, Actor, holds
from crm.base.timeline import Card
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


def to_make_card(reader: Actor) -> Card | None:
    """On the home page: what this reader must arrange, late ones and those that fell through first. 1 query when there
    is nothing, and at most 4: which needs one may read is a long question, asked only where there is one."""
    if not holds(reader, FIELD_ROLES):
        return None
    today = timezone.localdate()
    rows = Arrangement.objects.to_make().filter(forum__on__range=(today, today + AHEAD))
    rows = rows.filter(own_forums(reader) | Q(who=reader.pk))
    if not rows.exists():
        return None
    found = rows.visible_to(reader).for_list()[:LOOKED_AT]
    to_do = sorted(
        (one for one in standing(found) if one.to_do), key=lambda one: (not one.row.fell_through, one.due_on)
    )
    if not to_do:
        return None
    shows = {"standings": to_do[:SHOWN], "more": len(to_do) > SHOWN}
    return Card("workspace/forums/arrangements_home.html", shows, order=16)
