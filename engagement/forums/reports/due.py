"""Who must still be told something about a forum, and what."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q

from crm.sending.models import Message
from engagement.forums import letters_about as about
from engagement.forums.models import Forum, Invitation
from engagement.forums.models.invitations import InvitedQuerySet
from engagement.forums.vocabulary import Answer, ForumState

State = Message.State
NOT_GONE = (State.DRAFT, State.WAITING, State.CLAIMED, State.TO_PRINT, State.TO_PHONE)
TELLING = (about.INVITATION, about.CHANGE, about.CANCELLED)


def due_of(forum: Forum, rows: InvitedQuerySet) -> InvitedQuerySet:
    """Those never told, unless it is cancelled or they answered by themselves; and those told how it stood before, but
    for who said no. Whoever's letter waits, or is on its way, is not written to twice: it will say how things are when
    it goes."""
    waits = Message.objects.filter(
        about_kind=about.ABOUT, about_id=OuterRef("pk"), state__in=NOT_GONE, version_used__letter__key__in=TELLING
    )
    never = Q(told_sequence=None, answer=Answer.NONE) & ~Q(person=None, organisation=None)
    changed = Q(told_sequence__lt=F("forum__sequence")) & ~Q(answer=Answer.NO)
    answered = Q(told_sequence=None, forum__sequence__gt=0, answer__in=(Answer.YES, Answer.MAYBE))
    wanted = changed | answered if forum.state == ForumState.CANCELLED else never | changed
    return rows.filter(forum=forum).filter(wanted).exclude(Exists(waits)).order_by("id")


def kind_due(invitation: Invitation) -> str:
    """Which letter: the invitation, the change, or that it does not take place."""
    if invitation.forum.state == ForumState.CANCELLED:
        return about.CANCELLED
    return about.INVITATION if invitation.told_sequence is None else about.CHANGE
