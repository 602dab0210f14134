"""What the doors of an answer share: how it is filled in, who gets a place, and what they let us keep."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from crm.access.models import AccessNeed, NeedReview
from crm.access.rules import YEAR
from crm.accounts.models import User
from crm.audit.actions import attach, write
from crm.audit.verbs import Verb
from crm.base.phones import kept_phone
from crm.base.rules import Blocker, refuse_input_if
from crm.declared.actions import said_on_own_page
from crm.privacy.models import Purpose
from engagement.forums import letters_about as about
from engagement.forums.actions.following import not_this_time
from engagement.forums.actions.keeping import keep
from engagement.forums.actions.letters import tell_at_once
from engagement.forums.answers import PLAIN, AnswerDetails, answer_changed
from engagement.forums.models import Forum, HelpAsked, Invitation
from engagement.forums.reports.invited import needs_shown
from engagement.forums.reports.places import free_places
from engagement.forums.rules import invitations as rules
from engagement.forums.vocabulary import Answer, Place, ReachBy

OFFER_STANDS = timedelta(days=3)  # so long a free place is kept for the next on the list; less, close to the day
SEATS = "seats"  # the purpose for which people name their community to get a held place
NEEDS_LANGUAGE = "spoken-interpreter"


def take_answer(forum: Forum, invitation: Invitation, details: AnswerDetails, *, how: str, in_full: bool) -> Invitation:
    """Fill the one row of an invitation with an answer: by whichever door, the later one stands. The forum is locked,
    so that two people never get the same place."""
    before = invitation.answer
    refuse_input_if(_blockers_to_bringing(forum, invitation, details))
    for name in PLAIN:
        value = getattr(details, name)
        setattr(invitation, name, value.strip() if isinstance(value, str) else value)
    if invitation.reach_by in (ReachBy.PHONE, ReachBy.TEXT):
        invitation.reach_at = kept_phone(invitation.reach_at) or ""
    if invitation.answer != Answer.CANNOT_BUT_SAY:
        invitation.to_say = ""
    if not invitation.comes:
        invitation.guests_supporters = invitation.guests_others = 0
        invitation.held = None
    invitation.answered_how, invitation.answered_at = how, timezone.now()
    invitation.answered_in_full = invitation.answered_in_full or in_full
    _place(forum, invitation)
    _declare(forum, invitation)
    kept = keep(invitation, verb=Verb.INVITATION_ANSWERED)
    _ask_for_help(kept, details)
    if in_full and kept.comes:
        _follow_full_answer(forum, kept, details, how)
    for follow in answer_changed:
        follow(kept, before)
    return kept


def _follow_full_answer(forum: Forum, kept: Invitation, details: AnswerDetails, how: str) -> None:
    """What follows when they went through all questions: a word from us, needs that are kept, and known ones that they
    do not want met this time."""
    on_the_page = how == Invitation.How.PAGE
    if on_the_page and kept.reach_by == ReachBy.EMAIL:
        tell_at_once(kept, about.ANSWER)
    if kept.keep_needs == Invitation.Keep.KEEP:
        _keep_needs(forum, kept)
    if on_the_page:
        not_this_time(kept, needs_shown(kept), {one.pk for one in details.help_asked})


def _blockers_to_bringing(forum: Forum, invitation: Invitation, details: AnswerDetails) -> Iterator[Blocker]:
    """Nobody loses a place because they would like to bring one more than fits in."""
    heads = 1 + details.guests_supporters + details.guests_others
    if invitation.place == Place.HAS and details.answer == Answer.YES and heads > invitation.heads:
        free = free_places(forum, held=details.held, besides=invitation)
        if free is not None and free < heads:
            yield rules.NO_ROOM_FOR_MORE


def _place(forum: Forum, invitation: Invitation) -> None:
    """A yes gets a place while there is one for all who come with it; otherwise it waits, first come first."""
    had = invitation.place
    if invitation.answer != Answer.YES:
        invitation.place, invitation.waiting_since, invitation.offered_until = Place.NONE, None, None
        return
    free = free_places(forum, held=invitation.held, besides=invitation)
    first = had in (Place.HAS, Place.OFFERED) or not _somebody_waits(forum, invitation)
    if free is None or (free >= invitation.heads and first):
        invitation.place, invitation.waiting_since, invitation.offered_until = Place.HAS, None, None
    else:
        invitation.place, invitation.offered_until = Place.WAITING, None
        invitation.waiting_since = invitation.waiting_since or timezone.now()


def _somebody_waits(forum: Forum, invitation: Invitation) -> bool:
    """Whether others wait in the same queue: nobody overtakes them. Who has held places is not in it."""
    if invitation.held is not None:
        return False
    return Invitation.objects.filter(forum=forum, held=None).waiting().exclude(pk=invitation.pk).exists()


def offer_to_next(forum: Forum, *, now: datetime) -> list[Invitation]:
    """Offer places that are free to those who wait, first come first; whoever brings more than fit in is not passed
    over for good, but the place does not stay empty either. The forum is locked. Gives whom it was offered to."""
    offered = []
    for one in Invitation.objects.filter(forum=forum).waiting().select_for_update(of=("self",)):
        free = free_places(forum, held=one.held)
        if free is not None and free < one.heads:
            continue
        one.place, one.offered_until = Place.OFFERED, min(now + OFFER_STANDS, forum.starts_at)
        offered.append(write(one, verb=Verb.PLACE_OFFERED))
        tell_at_once(one, about.PLACE)
    return offered


def _declare(forum: Forum, invitation: Invitation) -> None:
    """Whoever said, for this purpose, that they belong to the community: kept as their own declaration."""
    purpose = Purpose.objects.current().filter(key=SEATS).first() if invitation.held else None
    if invitation.held is None or invitation.person is None or purpose is None:
        return
    said_on_own_page(
        person=invitation.person, community=invitation.held.community, purpose=purpose,
        stands_for_it=_on_whose_word(forum, invitation),
    )  # fmt: skip


def _on_whose_word(forum: Forum, invitation: Invitation) -> User:
    """Whoever invited them stands for what they wrote themselves."""
    return invitation.invited_by or forum.owner


def _ask_for_help(invitation: Invitation, details: AnswerDetails) -> None:
    """The ticks under "What would help you take part", as they are now."""
    wanted = {one.pk: one for one in details.help_asked} if invitation.comes else {}
    rows = {row.type_id: row for row in invitation.help_asked.all()}
    HelpAsked.objects.filter(pk__in=[row.pk for key, row in rows.items() if key not in wanted]).delete()
    new = [HelpAsked(invitation=invitation, type=one) for key, one in wanted.items() if key not in rows]
    attach(new)
    speaks = HelpAsked.objects.filter(invitation=invitation, type__key=NEEDS_LANGUAGE)
    speaks.update(language=details.interpreter_language)


def _keep_needs(forum: Forum, invitation: Invitation) -> None:
    """What they let us keep becomes an access need of theirs, told on this form; one that stands was asked about again,
    and is still the same. A guest has no record to keep it in."""
    if invitation.person is None:
        return
    today, by = timezone.localdate(), _on_whose_word(forum, invitation)
    standing = {need.type_id: need for need in AccessNeed.objects.current().filter(person=invitation.person)}
    for asked in invitation.help_asked.select_related("type", "language"):
        need = standing.get(asked.type_id)
        if need is None:
            write(_new_need(invitation, asked, by), verb=Verb.NEED_RECORDED)
        elif need.told_on < today:
            same = NeedReview.Answer.SAME
            attach([NeedReview(need=need, reviewed_on=today, due_on=need.review_on, answer=same, reviewed_by=by)])
            need.review_on = today + timedelta(days=YEAR)
            write(need, verb=Verb.NEED_REVIEWED, linked={"reviews": (None, same)})


def _new_need(invitation: Invitation, asked: HelpAsked, by: User) -> AccessNeed:
    today = timezone.localdate()
    spoken = asked.language.name if asked.language else "their language"
    return AccessNeed(
        person=invitation.person,
        type=asked.type,
        language=asked.language,
        what_to_do=asked.type.what_to_do.replace("{language}", spoken),
        told_by=AccessNeed.ToldBy.FORM,
        told_on=today,
        review_on=today + timedelta(days=YEAR),
        recorded_by=by,
    )
