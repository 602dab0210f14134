"""What the tests of forums that take place share: one that is held, who comes, what is said."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from crm.base.actors import SYSTEM
from crm.base.writing import writing_allowed
from crm.sending.actions import load_letter_templates
from crm.sending.files import read_letters
from engagement.forums.actions.desk import capture, note_attendance
from engagement.forums.actions.holding import close_forum, hold_forum
from engagement.forums.actions.notes import check_notes, write_notes
from engagement.forums.actions.ready import mark_ready
from engagement.forums.actions.thanking import prepare_thanks
from engagement.forums.held import AttendanceDetails, CapturedDetails, ClosingDetails
from engagement.forums.letters_about import FOLDER
from engagement.forums.models import Forum
from engagement.forums.noting import RowDetails
from tests.engagement.forums.coming import an_open_forum, answers
from tests.engagement.forums.helpers import in_days
from tests.engagement.forums.inviting import purposes


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


ROWS = [
    RowDetails(
        "The bus does not stop at the centre in the evening.", "There is no bus in the evening.", "bus", "Travel"
    ),
    RowDetails("People want letters they can read.", "We want letters that we can read.", "message"),
]


def notes(world, forum=None, rows=ROWS):
    """Notes of a forum that is closed, not checked yet."""
    return write_notes(actor=world.amina, forum=forum or closed(world), rows=rows)


def checked(world, forum=None):
    """The same, checked by Easy Read readers."""
    return check_notes(actor=world.amina, notes=notes(world, forum), checked_by="The Easy Read group")


def to_thank(world):
    """A closed forum to which Parveen Begum came, of which it is said what happens next."""
    purposes()
    load_letter_templates(actor=SYSTEM, letters=read_letters(FOLDER))
    return closed(world, next_words="We tell the board", next_by=in_days(20))


def thanks_prepared(world):
    """The same with the letter waiting to be sent."""
    forum = to_thank(world)
    prepare_thanks(actor=world.amina, forum=forum)
    return forum


def closed(world, forum=None, **details):
    """A forum that is closed: somebody came and said something, unless told otherwise."""
    forum = forum or to_close(world)
    return close_forum(actor=world.amina, forum=forum, details=ClosingDetails(**details))
