"""What the tests of invitations share: an open forum, somebody invited to it, an answer."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from crm.access.models import NeedType
from crm.base.actors import SYSTEM
from crm.privacy.actions import load_purposes
from crm.privacy.files import read_purposes
from crm.privacy.models import Purpose
from crm.sending.actions import load_letter_templates
from crm.sending.files import read_letters
from engagement.forums.actions.answers import answer_invitation, start_answer
from engagement.forums.actions.forums import open_forum
from engagement.forums.actions.invitations import hold_places, invite
from engagement.forums.actions.telling import prepare_letters
from engagement.forums.answers import AnswerDetails, HeldDetails
from engagement.forums.calendars.replies import Answer, Reply
from engagement.forums.letters_about import FOLDER
from tests.engagement.forums.helpers import a_forum, in_days

NOBODY = AnonymousUser()


def an_open_forum(world, **changes):
    """Care at home, open to anybody."""
    return open_forum(actor=world.amina, forum=a_forum(world, **changes))


def an_invitation(world, forum=None, person=None):
    """Parveen Begum is invited by Amina."""
    forum = forum or an_open_forum(world)
    return invite(actor=world.amina, forum=forum, people=[person or world.person])[0]


def a_guest(world, forum=None):
    """Somebody who opened the public page."""
    return start_answer(actor=NOBODY, forum=forum or an_open_forum(world))


def says(invitation, answer="yes", *, in_full=False, **changes):
    """They answer by their own link."""
    details = AnswerDetails(answer=answer, **changes)
    return answer_invitation(
        actor=NOBODY, invitation=invitation, secret=invitation.secret, details=details, in_full=in_full
    )


def help_of(*keys):
    """Types of help by their keys; the list must be loaded."""
    return [NeedType.objects.get(key=key) for key in keys]


def held_details(world, **changes):
    """Two places for the world's community."""
    plain = {"community": world.community, "places": 2, "aim": "They were never at this table", "until": in_days(30)}
    return HeldDetails(**{**plain, **changes})


def held(world, forum=None, **changes):
    """They are held."""
    return hold_places(
        actor=world.amina, forum=forum or an_open_forum(world, capacity=5), details=held_details(world, **changes)
    )


def purposes():
    """The purposes that come with Heard."""
    if not Purpose.objects.filter(key="invitations").exists():
        load_purposes(actor=SYSTEM, lines=read_purposes())


def a_reply(invitation, answer=Answer.YES, **changes):
    """What somebody's calendar sends back."""
    plain = {
        "uid": invitation.forum.uid,
        "secret": invitation.secret,
        "answer": answer,
        "original": None,
        "sequence": 0,
        "stamp": timezone.now(),
    }
    return Reply(**{**plain, **changes})


def to_be_told(world):
    """An open forum to which somebody is invited who has not heard of it, and the letters for it."""
    purposes()
    load_letter_templates(actor=SYSTEM, letters=read_letters(FOLDER))
    return an_invitation(world).forum


def prepared(world):
    """The same with the letter waiting to be sent."""
    forum = to_be_told(world)
    prepare_letters(actor=world.amina, forum=forum)
    return forum
