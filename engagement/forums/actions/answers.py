"""Answers to invitations: on a page by the secret of a link, through a colleague, from a calendar. One row for each
invitation: the later answer stands, by whichever door it came.

Whoever answers by their link acts as nobody who signed in, also when a colleague has signed in on the same machine.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, record, write
from crm.audit.models import kind_of
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_if, refuse_input_if
from crm.erasing.actions.stones import take_away
from crm.languages.models import Language
from engagement.forums.actions.answering import offer_to_next, take_answer
from engagement.forums.actions.following import forget_what_was_asked
from engagement.forums.actions.keeping import keep
from engagement.forums.answers import AnswerDetails, answer_of
from engagement.forums.calendars.replies import Answer as InCalendar
from engagement.forums.calendars.replies import Reply
from engagement.forums.models import Attendance, Forum, HelpAsked, Invitation
from engagement.forums.permissions import invitations as permissions
from engagement.forums.rules import invitations as rules
from engagement.forums.vocabulary import STANDING, Answer, Place

KEPT_AFTER = timedelta(weeks=4)
NOTHING_SAID_FOR = timedelta(days=2)  # a guest who opened the page and said nothing is forgotten
BY_CALENDAR = {InCalendar.YES: Answer.YES, InCalendar.NO: Answer.NO, InCalendar.MAYBE: Answer.MAYBE}
BLANKED = ("help_words", "reach_by", "reach_at", "why_not", "wish", "meet_words")
How = Invitation.How


@action(permissions.start_answer)
def start_answer(*, actor: Actor, forum: Forum, language: Language | None = None) -> Invitation:
    """Somebody says on the open page that they want to answer: they get a link of their own. Raises `Blocked`."""
    refuse_if(rules.blockers_to_starting(forum, timezone.localdate()))
    new = Invitation(forum=forum, language=language)
    new.digest = Invitation.digest_of(new.secret)
    return write(new, verb=Verb.INVITATION_STARTED)


@action(permissions.answer_invitation)
def answer_invitation(
    *, actor: Actor, invitation: Invitation, secret: str, details: AnswerDetails, in_full: bool = False
) -> Invitation:
    """Keep an answer, or a part of it; `in_full` when they reached the end of the questions. Raises `InputBlocked`."""
    return _answered(invitation, details, how=How.PAGE, in_full=in_full)


@action(permissions.record_answer)
def record_answer(
    *, actor: User, invitation: Invitation, details: AnswerDetails, how: str = How.PHONE,
    expected_version: int | None = None,
) -> Invitation:  # fmt: skip
    """Write down what somebody told us by phone, by letter or in person. Raises `Stale`, `InputBlocked`."""
    return _answered(invitation, details, how=how, in_full=True, expected_version=expected_version)


def _answered(
    invitation: Invitation, details: AnswerDetails, *, how: str, in_full: bool, expected_version: int | None = None
) -> Invitation:
    forum = lock(invitation.forum)
    fresh = lock(invitation, expected_version=expected_version)
    fresh.forum = forum
    refuse_input_if(rules.blockers_to_answering(forum, details, timezone.localdate()))
    before = fresh.place
    kept = take_answer(forum, fresh, details, how=how, in_full=in_full)
    if before in (Place.HAS, Place.OFFERED):
        offer_to_next(forum, now=timezone.now())
    return kept


@action(permissions.take_calendar_reply)
def take_calendar_reply(*, actor: Actor, reply: Reply) -> Invitation | None:
    """An answer that somebody's calendar sent: the secret in its address proves whose it is. The wish for another time
    becomes a note. An older answer that arrives late changes nothing; None where nothing was changed."""
    found = Invitation.objects.filter(digest=Invitation.digest_of(reply.secret)).select_related("forum").first()
    if found is None:
        return None
    forum = lock(found.forum)
    fresh = lock(found)
    newer = reply.is_newer_than(fresh.calendar_sequence, fresh.calendar_stamp)
    if not newer or not rules.takes_answers(forum, timezone.localdate()):
        return None
    fresh.calendar_sequence, fresh.calendar_stamp = reply.sequence, reply.stamp
    if reply.answer is None:
        fresh.wish = reply.wish[:300]
        return keep(fresh, verb=Verb.INVITATION_ANSWERED)
    if fresh.answered_at is not None and fresh.answered_at > reply.stamp:
        return keep(fresh, verb=Verb.INVITATION_ANSWERED)  # they said something else since, by another door
    details = replace(answer_of(fresh), answer=BY_CALENDAR[reply.answer])
    if details.answer == Answer.NO and reply.comment:
        details = replace(details, why_not=reply.comment[:300])
    before = fresh.place
    kept = take_answer(forum, fresh, details, how=How.CALENDAR, in_full=False)
    if before in (Place.HAS, Place.OFFERED):
        offer_to_next(forum, now=timezone.now())
    return kept


@action(permissions.offer_free_places)
def offer_free_places(*, actor: Actor) -> int:
    """Every night: an offer nobody took goes back to the end of the list, and what is free is offered to the next. Says
    to how many."""
    now, offered = timezone.now(), 0
    waited = Invitation.objects.filter(place__in=(Place.WAITING, Place.OFFERED)).order_by()
    forums = Forum.objects.filter(pk__in=waited.values("forum"), state__in=STANDING, on__gte=timezone.localdate())
    for forum in forums.order_by("id").select_for_update(of=("self",)):
        for late in Invitation.objects.filter(forum=forum, place=Place.OFFERED, offered_until__lt=now):
            late.place, late.waiting_since, late.offered_until = Place.WAITING, now, None
            write(late, verb=Verb.PLACE_OFFERED)
        offered += len(offer_to_next(forum, now=now))
    return offered


@action(permissions.forget_answers)
def forget_answers(*, actor: Actor) -> int:
    """Every night: four weeks after a forum, delete what people told us for it alone: what would help them, how to
    reach them, what we called them, why they did not come. Guests who opened the page and said nothing are deleted.
    Says how many."""
    today, now = timezone.localdate(), timezone.now()
    over = Invitation.objects.filter(forum__on__lt=today - KEPT_AFTER, forgotten_on=None).exclude(answer=Answer.NONE)
    keys = list(over.order_by("id").values_list("pk", flat=True))
    blank: dict[str, Any] = dict.fromkeys(BLANKED, "")
    HelpAsked.objects.filter(invitation__in=keys).delete()
    forget_what_was_asked(keys)
    Invitation.objects.filter(pk__in=keys).update(**blank, forgotten_on=today, modified_at=now)
    Invitation.objects.filter(pk__in=keys, person=None, organisation=None).update(guest_name="")
    silent = Invitation.objects.filter(person=None, organisation=None, answer=Answer.NONE)
    gone = take_away(silent.filter(created_at__lt=now - NOTHING_SAID_FOR))
    away = Attendance.objects.filter(forum__on__lt=today - KEPT_AFTER).exclude(called="", reason="")
    lines = away.update(called="", reason="", modified_at=now)
    if keys or gone or lines:
        record(Verb.INVITATION_FORGOTTEN, kind=kind_of(Invitation), count=len(keys) + gone + lines)
    return len(keys) + gone + lines
