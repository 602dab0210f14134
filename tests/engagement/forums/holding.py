"""What the tests of forums that take place share: one that is held, who comes, what is said."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from crm.base.writing import writing_allowed
from engagement.forums.actions.desk import capture, note_attendance
from engagement.forums.actions.holding import close_forum, hold_forum
from engagement.forums.actions.ready import mark_ready
from engagement.forums.held import AttendanceDetails, CapturedDetails, ClosingDetails
from engagement.forums.models import Forum
from tests.engagement.forums.coming import an_open_forum, answers


def on_the_day(forum, days=0):
    """The day of the forum has come, or lies so many days back."""
    with writing_allowed():
        Forum.objects.filter(pk=forum.pk).update(on=timezone.localdate() - timedelta(days=days))
    forum.refresh_from_db()
    return forum


def ready_today(world, forum=None, **changes):
    """A forum of today that is ready."""
    forum = on_the_day(forum or an_open_forum(world, **changes))
    return mark_ready(actor=world.amina, forum=forum, reason="All is there")


def held(world, forum=None, **changes):
    """A forum that takes place today."""
    return hold_forum(actor=world.amina, forum=ready_today(world, forum, **changes))


def invited(world, person=None, forum=None, **more):
    """An invitation of somebody who comes to a forum that takes place: Parveen Begum, unless told otherwise."""
    forum = forum or an_open_forum(world)
    one = answers(world, forum, person or world.person, place="has", **more)
    if forum.state in ("open", "ready"):
        held(world, forum)
        one.forum.refresh_from_db()
    return one


def guest(world):
    """An invitation of somebody we keep no record of."""
    return answers(world, held(world), None, guest_name="A neighbour", place="has")


def came(world, invitation=None, *, actor=None, **details):
    """It is written down that somebody came."""
    invitation = invitation or invited(world)
    details = AttendanceDetails(invitation=invitation, **details)
    return note_attendance(actor=actor or world.amina, forum=invitation.forum, details=details)


def said(world, forum, words="Nobody told us that carers get help.", **details):
    """Something is said there."""
    return capture(actor=world.amina, forum=forum, details=CapturedDetails(words, **details))


def to_close(world):
    """A forum at which somebody came and said something."""
    row = came(world)
    said(world, row.forum, raised_by=row)
    return row.forum


def closed(world, forum=None, **details):
    """A forum that is closed: somebody came and said something, unless told otherwise."""
    forum = forum or to_close(world)
    return close_forum(actor=world.amina, forum=forum, details=ClosingDetails(**details))
