"""Invitations in every state to forums that are coming: some in Urdu, some by letter or phone, and a waiting list."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from crm.access.models import NeedType
from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.demonstration.chance import Chance
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.forums.models import Forum, HelpAsked, Invitation
from engagement.forums.vocabulary import STANDING, Answer, Place

FORUMS, PEOPLE, GROUPS = 12, 9, 3
SMALL = 4  # so many fit into the first forum: the others wait
HELP = ("bsl-interpreter", "quiet-room", "transport", "easy-read", "spoken-interpreter", "breaks")
ANSWERS = (Answer.YES, Answer.YES, Answer.YES, Answer.MAYBE, Answer.NO, Answer.CANNOT_BUT_SAY, Answer.NONE, Answer.NONE)
WHY_NOT = (
    "I work that day.", "Nobody can look after my mother.", "The bus does not go there in the evening.",
    "I have the hospital that morning.", "My sister is getting married.", "I do not go out when it is icy.",
    "Last time nobody asked me anything.", "The children are at home that week.", "It is too loud for me there.",
)  # fmt: skip
TO_SAY = (
    "The carer comes at a different time each day. Ring before you come.", "Please write in words I can read.",
    "Ask about the bill. Three of us had the same one.", "Say it to the man who decides, and not only to each other.",
    "Somebody should ask who looks after the wives.", "I liked the last one. I would have come.",
)  # fmt: skip
How = Invitation.How


def load_invitations(say: Say) -> None:
    """Load invitations and answers for the next forums."""
    chance, today = Chance("heard/invitations"), timezone.localdate()
    forums = list(Forum.objects.filter(state__in=STANDING, on__gt=today).order_by("on", "id")[:FORUMS])
    people = list(Person.objects.filter(restricted=False, stopped_on=None).order_by("id"))
    groups = list(Organisation.objects.filter(closed_on=None).order_by("id"))
    types = {one.key: one for one in NeedType.objects.filter(key__in=HELP)}
    urdu = Language.objects.filter(code="ur").first()
    made: list[Invitation] = []
    asked: list[HelpAsked] = []
    for number, forum in enumerate(forums):
        near = [one for one in people if one.locality_id == forum.locality_id] or people
        chosen: list[Any] = [*chance.sample(near, min(PEOPLE, len(near))), *chance.sample(groups, GROUPS)]
        for place, subject in enumerate(chosen):
            one = _invitation(chance, forum, subject, urdu if place % 4 == 1 else None)
            _answer(chance, one, place)
            made.append(one)
            if one.comes:
                keys = chance.sample(HELP, 2)
                asked += [HelpAsked(invitation=one, type=types[key], language=urdu if key == HELP[4] else None)
                          for key in keys if key in types]  # fmt: skip
        if number == 0:
            _fill_up(made)
    write_new(made, verb=Verb.FORUM_INVITED)
    attach(asked)
    if forums:
        forums[0].capacity = SMALL
        Forum.objects.filter(pk=forums[0].pk).update(capacity=SMALL)
    waiting = sum(one.place == Place.WAITING for one in made)
    say(f"Invitations: {len(made)} to {len(forums)} forums, {waiting} on a waiting list.")


def _invitation(chance: Chance, forum: Forum, subject: Any, language: Language | None) -> Invitation:
    to = {"person": subject} if isinstance(subject, Person) else {"organisation": subject}
    one = Invitation(id=chance.id_at(timezone.now() - timedelta(days=20)), forum=forum, invited_by=forum.owner,
                     language=language, told_sequence=forum.sequence, **to)  # fmt: skip
    one.digest = Invitation.digest_of(one.secret)
    return one


def _answer(chance: Chance, one: Invitation, place: int) -> None:
    one.answer = ANSWERS[place % len(ANSWERS)]
    if one.answer == Answer.NONE:
        one.told_sequence = None if place % 2 else one.told_sequence
        return
    one.answered_how = (How.PAGE, How.PHONE, How.LETTER, How.CALENDAR)[place % 4]
    one.answered_at, one.answered_in_full = _some_days_ago(chance), True
    one.why_not = chance.choice(WHY_NOT) if one.answer == Answer.NO else ""
    one.to_say = chance.choice(TO_SAY) if one.answer == Answer.CANNOT_BUT_SAY else ""
    one.guests_supporters = int(one.comes and chance.happens(30))
    one.place = Place.HAS if one.answer == Answer.YES else Place.NONE


def _some_days_ago(chance: Chance) -> datetime:
    return timezone.now() - timedelta(days=chance.randrange(1, 14))


def _fill_up(made: list[Invitation]) -> None:
    """A forum with few places: whoever said yes later waits, in the order they answered."""
    said = sorted(
        (one.answered_at, place) for place, one in enumerate(made) if one.place == Place.HAS and one.answered_at
    )
    taken = 0
    for _at, place in said:
        one = made[place]
        if taken + one.heads <= SMALL:
            taken += one.heads
        else:
            one.place, one.waiting_since = Place.WAITING, one.answered_at
