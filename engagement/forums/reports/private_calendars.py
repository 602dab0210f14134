"""What stands in a private calendar: the forums a person was invited to, or those a colleague works for."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from crm.accounts.models import User
from crm.areas.models import Council
from crm.base.actors import FIELD_ROLES, Role, holds, scope_of
from crm.people.models import Person
from engagement.forums.calendars.entries import Feed
from engagement.forums.models import CalendarLink, Forum, Invitation
from engagement.forums.models.forums import ForumQuerySet
from engagement.forums.reports.calendars import first_day_shown, items_of
from engagement.forums.vocabulary import TOLD, Answer


def feed_of(secret: str) -> Feed | None:
    """The private calendar with this secret; None when there is none, or it was ended. Nobody is named in it."""
    rows = CalendarLink.objects.working().select_related("person", "user")
    link = rows.filter(digest=CalendarLink.digest_of(secret)).first()
    if link is None or (link.user is not None and not holds(link.user, FIELD_ROLES)):
        return None
    forums = forums_of_person(link.person) if link.person is not None else forums_of_colleague(link.user)
    council = Council.objects.first()
    name = f"My forums, {council.name}" if council else "My forums"
    items = items_of(forums.filter(on__gte=first_day_shown()), council, private=True)
    return Feed(uid=str(link.pk), name=name, items=items)


def forums_of_person(person: Person) -> ForumQuerySet:
    """Those they were invited to and told of, and did not say no to."""
    invited = Invitation.objects.filter(forum=OuterRef("pk"), person=person).exclude(answer=Answer.NO)
    return Forum.objects.filter(Exists(invited), was_published=True, state__in=TOLD)


def forums_of_colleague(user: User | None) -> ForumQuerySet:
    """Those they look after or organise; of a champion also those of their locality. Also while being planned."""
    if user is None:
        return Forum.objects.none()
    organises = Forum.organisers.through.objects.filter(forum_id=OuterRef("pk"), user_id=user.pk)
    localities = scope_of(user, {Role.CHAMPION}).localities
    mine = Q(owner=user) | Q(Exists(organises)) | Q(locality__in=localities)
    return Forum.objects.visible_to(user).filter(mine)
