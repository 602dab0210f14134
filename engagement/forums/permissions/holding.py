"""Who may hold and close a forum, write down who came and what was said, and read the run sheet."""

from __future__ import annotations

from crm.base.actors import FIELD_ROLES, Actor
from crm.base.permissions import permission
from crm.people.models import Person
from engagement.forums.held import AttendanceDetails
from engagement.forums.models import Attendance, Captured, Forum, Invitation
from engagement.forums.permissions.forums import works_on
from engagement.forums.vocabulary import AT_THE_DESK, ForumState


def _sees(actor: Actor, row: Attendance | Captured | Invitation) -> bool:
    return type(row).objects.visible_to(actor).filter(pk=row.pk).exists()


def _sees_person(actor: Actor, person: Person) -> bool:
    return Person.objects.visible_to(actor).filter(pk=person.pk).exists()


@permission("Record that a forum takes place", roles=FIELD_ROLES)
def hold_forum(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Take back that a forum takes place", roles=FIELD_ROLES)
def take_back_held(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Close a forum", roles=FIELD_ROLES)
def close_forum(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Read who came to a forum", roles=FIELD_ROLES, scope="read")
def read_attendances(*, actor: Actor) -> bool:
    """Of forums one may see: people one may see, and whoever has no name. Until it is closed, champions and whoever
    looks after it or organises it: everybody who comes."""
    return True


@permission("Write down who came to a forum", roles=FIELD_ROLES)
def note_attendance(*, actor: Actor, forum: Forum, details: AttendanceDetails) -> bool:
    """Whoever may change the forum: those they may see."""
    known = details.invitation is None or _sees(actor, details.invitation)
    return works_on(actor, forum) and known and (details.person is None or _knows(actor, forum, details))


def _knows(actor: Actor, forum: Forum, details: AttendanceDetails) -> bool:
    """They may see the person, or the person stands on this forum's list."""
    person = details.person
    assert person is not None
    on_the_list = Attendance.objects.visible_to(actor).filter(forum=forum, person=person)
    invited = details.invitation is not None and details.invitation.person_id == person.pk
    return invited or _sees_person(actor, person) or on_the_list.exists()


@permission("Take somebody off the list of who came", roles=FIELD_ROLES)
def drop_attendance(*, actor: Actor, attendance: Attendance) -> bool:
    """Whoever may see that they stand there."""
    return _sees(actor, attendance)


@permission("Count who came without a name", roles=FIELD_ROLES)
def count_heads(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Read what was said at a forum until it is closed", roles=FIELD_ROLES, scope="read")
def read_captured(*, actor: Actor) -> bool:
    """What one wrote down oneself; who looks after the forum or organises it; officers, leads and managers of its
    locality."""
    return True


@permission("Write down what is said at a forum", roles=FIELD_ROLES)
def capture(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Change what was written down at a forum", roles=FIELD_ROLES)
def change_captured(*, actor: Actor, captured: Captured) -> bool:
    """Whoever may read it."""
    return _sees(actor, captured)


@permission("Take back what was written down at a forum", roles=FIELD_ROLES)
def drop_captured(*, actor: Actor, captured: Captured) -> bool:
    """Whoever may read it."""
    return _sees(actor, captured)


@permission("Write down who meets somebody at a forum", roles=FIELD_ROLES)
def set_meeting(*, actor: Actor, invitation: Invitation) -> bool:
    """Whoever may see the invitation."""
    return _sees(actor, invitation)


@permission("Write down what the run sheet says", roles=FIELD_ROLES)
def prepare_day(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Read the run sheet of a forum", roles=FIELD_ROLES, scope="read")
def read_run_sheet(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum, until it is closed; every reading is audited. It names only those the reader may
    see."""
    return works_on(actor, forum) and forum.state in (*AT_THE_DESK, ForumState.DRAFT)
