"""What the tests of arrangements share: somebody who comes with a need, and an arrangement in any state."""

from __future__ import annotations

from django.utils import timezone

from crm.audit.actions import _in_one_transaction, attach, write
from crm.audit.verbs import Verb
from crm.base.writing import writing_allowed
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from engagement.forums.actions.arrangements import book_arrangement, confirm_arrangement, tell_arrangement
from engagement.forums.actions.forums import open_forum
from engagement.forums.arranging import BookingDetails
from engagement.forums.models import Arrangement, Forum, HelpAsked, Invitation
from tests.crm.access.helpers import a_need, a_type
from tests.engagement.forums.helpers import a_forum, offers


def answers(world, forum, person=None, answer="yes", *, ticks=(), **more):
    """That somebody (None for a guest) answers the invitation to a forum, perhaps with what would help."""
    guest = {"guest_name": more["guest_name"]} if "guest_name" in more else {}
    invitation = Invitation.objects.filter(forum=forum, person=person, **guest).first()
    invitation = invitation or Invitation(forum=forum, person=person)
    invitation.answer, invitation.answered_how = answer, "phone"
    for name, value in more.items():
        setattr(invitation, name, value)

    def save(actor):
        write(invitation, verb=Verb.PERSON_CHANGED)
        attach([HelpAsked(invitation=invitation, type=a_type(key)) for key in ticks])
        return invitation

    return _in_one_transaction(save, {"actor": world.amina})


def an_open_forum(world, **changes):
    """A forum people were told of, that offers nothing unless told otherwise."""
    offers(world)
    return open_forum(actor=world.amina, forum=a_forum(world, **{"offers": [], **changes}))


def somebody(world, name="Amina Diallo", *, by=None, **more):
    """Somebody of the East."""
    return add_person(actor=by or world.amina, details=PersonDetails(name=name, **{"area": world.east_ward, **more}))


def an_arrangement(world, key="bsl-interpreter", *, forum=None, person=None, **need):
    """What is to be arranged for Amina Diallo, who comes and needs a BSL interpreter, at an open forum."""
    forum = forum or an_open_forum(world)
    person = person or somebody(world)
    made = a_need(world, key, person=person, **need)
    answers(world, forum, person)
    return Arrangement.objects.get(forum=forum, need=made)


def comes(world):
    """The invitation of somebody who comes."""
    return answers(world, an_open_forum(world), somebody(world))


BOOKING = BookingDetails("Northbrook Deaf Services", "NRCPD 1234", 180)


def booked(world, row=None, **more):
    """One that is booked."""
    return book_arrangement(actor=world.amina, arrangement=row or an_arrangement(world, **more), details=BOOKING)


def confirmed(world, row=None, **more):
    """One that is certain."""
    return confirm_arrangement(actor=world.amina, arrangement=booked(world, row, **more))


def told(world, row=None, **more):
    """One the person was told of."""
    return tell_arrangement(actor=world.amina, arrangement=confirmed(world, row, **more))


def on_its_day(row):
    """The day of the forum has come."""
    with writing_allowed():
        Forum.objects.filter(pk=row.forum_id).update(on=timezone.localdate())
        Arrangement.objects.filter(pk=row.pk).exclude(confirmed_for=None).update(confirmed_for=timezone.localdate())
    return Arrangement.objects.get(pk=row.pk)
