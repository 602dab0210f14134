"""Who comes to which forum: by their answer, never by a list of its own."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from crm.base.actors import OFFICE_ROLES, Actor, Role, scope_of
from crm.base.kept import kept
from engagement.forums.models import Forum, Invitation
from engagement.forums.vocabulary import ForumState

# Until a forum is closed (or cancelled), whoever organises it must know what those who come need.
ASKED_FOR_UNTIL_CLOSED = (ForumState.DRAFT, ForumState.OPEN, ForumState.READY, ForumState.HELD)


@kept
def coming_people(reader: Actor) -> QuerySet[Any]:
    """The people who said yes or maybe to a forum this reader owns or organises, or, for a champion, of their locality.
    No query until it is used."""
    rows = Invitation.objects.coming().filter(person__isnull=False, forum__in=_organised_by(reader))
    return rows.order_by().values("person")


def _organised_by(reader: Actor) -> QuerySet[Any]:
    organises = Forum.organisers.through.objects.filter(user_id=reader.pk).values("forum_id")
    theirs = Q(owner=reader.pk) | Q(pk__in=organises)
    champion = scope_of(reader, {Role.CHAMPION})
    if champion.everywhere:
        theirs |= Q(pk__isnull=False)
    elif champion.localities:
        theirs |= Q(locality__in=champion.localities)
    return Forum.objects.filter(theirs, state__in=ASKED_FOR_UNTIL_CLOSED).order_by().values("pk")


def own_forums(reader: Actor) -> Q:
    """That a row's forum is one the reader owns or organises, or whose locality or place is theirs to look after."""
    organises = Forum.organisers.through.objects.filter(user_id=reader.pk).values("forum_id")
    theirs = Q(forum__owner=reader.pk) | Q(forum__in=organises)
    localities = scope_of(reader, OFFICE_ROLES | {Role.CHAMPION}).localities
    return theirs | Q(forum__locality__in=localities) if localities else theirs
