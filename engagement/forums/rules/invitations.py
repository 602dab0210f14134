"""What is missing before somebody is invited, an answer is kept or places are held: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Sum

from crm.base.phones import kept_phone
from crm.base.rules import Blocker
from engagement.forums.answers import AnswerDetails, HeldDetails
from engagement.forums.models import Forum, HeldPlaces, Invitation
from engagement.forums.vocabulary import COMING, PAST, STANDING, Answer, ForumState, ReachBy

LONGEST = {"why_not": 300, "to_say": 5000, "guest_name": 100, "reach_at": 254, "help_words": 500}
MOST_WITH_ONE = 50
MOST_INVITED = 500

DRAFT_FORUM = Blocker("forum_draft", "Open this forum first. Until then nobody is told of it")
GONE = Blocker("forum_over", "This forum took place. Nobody needs to hear of it any more")
NOBODY = Blocker("nobody_chosen", "Choose somebody to invite", "people")
TOO_MANY = Blocker("too_many", f"Invite at most {MOST_INVITED} at a time", "people")
OVER = Blocker("forum_over", "This forum took place or was cancelled. Nobody can be invited any more")
NO_ANSWER = Blocker("answer_missing", "Tell us if you are coming", "answer")
NO_WORDS = Blocker("words_missing", "Write what you want to say, or phone us", "to_say")
NO_PHONE = Blocker("phone_wrong", "Write a phone number, like 07700 900123", "reach_at")
NO_EMAIL = Blocker("email_wrong", "Write an e-mail address, like name@example.com", "reach_at")
NO_GROUP = Blocker("group_missing", "Write the name of your group", "reach_at")
NO_ADDRESS = Blocker("address_missing", "Write where we can send a letter", "reach_at")
TOO_LATE = Blocker("answer_late", "This forum is over or does not take place. You can still phone us")
NOT_OPEN = Blocker("forum_not_open", "Nobody has opened this forum yet")
CROWD = Blocker("too_many_guests", f"Write how many come with you, up to {MOST_WITH_ONE}. If you are more, phone us",
                "guests_others")  # fmt: skip
NO_ROOM_FOR_MORE = Blocker("no_room_for_more", "Your place is kept, but there is no room for so many. Phone us",
                           "guests_others")  # fmt: skip
OTHER_FORUM = Blocker("held_elsewhere", "These places belong to another forum", "held")
NOTHING_SAID = Blocker("nothing_said", "They wrote nothing, or it was logged already")
NO_COMMUNITY = Blocker("community_missing", "Choose for whom places are held", "community")
NO_PLACES = Blocker("places_missing", "Write how many places are held, 1 or more", "places")
NO_SUCH_FORM = Blocker("form_unknown", "Choose one of the forms", "form")
NO_AIM = Blocker("aim_missing", "Write why they are held. The public reads it", "aim")
NO_UNTIL = Blocker("day_missing", "Write until when they are held, before the forum", "until")
NO_CAPACITY = Blocker("capacity_missing", "Say first how many people fit in", "places")
ALL_HELD = Blocker("more_than_fit", "As many places are held as people fit in", "places")
MORE_THAN_FIT = Blocker("more_than_fit", "More places are held than people fit in", "places")


def blockers_to_inviting(forum: Forum, wanted: Sequence[object]) -> Iterator[Blocker]:
    """Why these cannot be invited."""
    if forum.state not in COMING:
        yield OVER
    if not wanted:
        yield NOBODY
    if len(wanted) > MOST_INVITED:
        yield TOO_MANY


def blockers_to_telling(forum: Forum) -> Iterator[Blocker]:
    """Why nobody can be written to about it. That it is cancelled must be told, too."""
    if forum.state == ForumState.DRAFT:
        yield DRAFT_FORUM
    elif forum.state in PAST:
        yield GONE


def takes_answers(forum: Forum, today: date) -> bool:
    """Whether an answer still changes something."""
    return forum.state in STANDING and forum.on >= today


def blockers_to_starting(forum: Forum, today: date) -> Iterator[Blocker]:
    """Why nobody can say on the open page that they come."""
    if not takes_answers(forum, today):
        yield TOO_LATE


def blockers_to_taking_answers(forum: Forum, today: date) -> Iterator[Blocker]:
    """Why no answer is taken, whatever it says."""
    if not takes_answers(forum, today):
        yield NOT_OPEN if forum.state in COMING and forum.on >= today else TOO_LATE


def blockers_to_answering(forum: Forum, details: AnswerDetails, today: date) -> Iterator[Blocker]:
    """Everything about an answer that does not make sense."""
    yield from blockers_to_taking_answers(forum, today)
    if details.answer not in Answer.values or details.answer == Answer.NONE:
        yield NO_ANSWER
    for name, most in LONGEST.items():
        if len(getattr(details, name)) > most:
            yield Blocker("too_long", f"Use {most} letters or fewer. You can also phone us", name)
    if max(details.guests_supporters, details.guests_others) > MOST_WITH_ONE:
        yield CROWD
    if details.held is not None and details.held.forum_id != forum.pk:
        yield OTHER_FORUM
    yield from blockers_to_reaching(details)


def blockers_to_reaching(details: AnswerDetails) -> Iterator[Blocker]:
    """Why we could not reach them like that. Nothing at all is fine: they may look at their link themselves."""
    where = details.reach_at.strip()
    if details.reach_by in (ReachBy.PHONE, ReachBy.TEXT) and not kept_phone(where):
        yield NO_PHONE
    elif details.reach_by == ReachBy.EMAIL and not _is_email(where):
        yield NO_EMAIL
    elif details.reach_by == ReachBy.GROUP and not where:
        yield NO_GROUP
    elif details.reach_by == ReachBy.LETTER and not where:
        yield NO_ADDRESS


def _is_email(words: str) -> bool:
    try:
        validate_email(words)
    except ValidationError:
        return False
    return True


def blockers_to_logging_what_was_said(invitation: Invitation) -> Iterator[Blocker]:
    """Why there is nothing to log."""
    if not invitation.to_say.strip() or invitation.said_id is not None:
        yield NOTHING_SAID


def places_held(forum: Forum) -> int:
    """How many are held already. 1 query."""
    found: int = HeldPlaces.objects.filter(forum=forum).order_by().aggregate(held=Sum("places", default=0))["held"]
    return found


def blockers_to_holding_any(forum: Forum, held_already: int) -> Iterator[Blocker]:
    """Why no place can be held, whatever is typed."""
    if forum.state not in COMING:
        yield OVER
    if forum.capacity is None:
        yield NO_CAPACITY
    elif held_already >= forum.capacity:
        yield ALL_HELD


def blockers_to_holding(forum: Forum, details: HeldDetails, held_already: int) -> Iterator[Blocker]:
    """Why places cannot be held like that."""
    yield from blockers_to_holding_any(forum, held_already)
    if details.community is None:
        yield NO_COMMUNITY
    if not details.places:
        yield NO_PLACES
    if not details.aim.strip():
        yield NO_AIM
    if details.until is None or details.until >= forum.on:
        yield NO_UNTIL
    if forum.capacity is not None and held_already < forum.capacity < held_already + (details.places or 0):
        yield MORE_THAN_FIT
