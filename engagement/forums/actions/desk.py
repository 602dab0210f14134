"""At the desk of a forum: who came, how many without a name, and what was said, until it is closed."""

from __future__ import annotations

from collections.abc import Sequence

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, record, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from crm.erasing.actions.stones import take_away
from engagement.forums.held import PLAIN, AttendanceDetails, CapturedDetails, HeadcountDetails
from engagement.forums.models import Attendance, Captured, Forum, Headcount
from engagement.forums.permissions import holding as permissions
from engagement.forums.rules import holding as rules


@action(permissions.note_attendance)
def note_attendance(
    *, actor: User, forum: Forum, details: AttendanceDetails, expected_version: int | None = None
) -> Attendance:
    """Write down that somebody came, or did not and why. Whoever stands on the list already is put right: pressing
    twice counts once. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(forum)
    refuse_if(rules.blockers_to_noting(fresh, details))
    refuse_input_if(rules.blockers_to_attendance(fresh, details))
    row = _row(fresh, details)
    if expected_version is not None and not row._state.adding:
        row = lock(row, expected_version=expected_version)
    for name in PLAIN:
        value = getattr(details, name)
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.how = details.how if details.came else ""
    return write(row, verb=Verb.ATTENDANCE_NOTED, forgets=not row._state.adding)  # their words stand in the row alone


def _row(forum: Forum, details: AttendanceDetails) -> Attendance:
    """The one row of whoever it is; a new one for somebody who has none, and each time for somebody without a name."""
    invitation, known = details.invitation, Attendance.objects.filter(forum=forum)
    person = details.person or (invitation.person if invitation else None)
    group = invitation.organisation if invitation else None
    found = known.filter(invitation=invitation).first() if invitation else None
    if found is None and person is not None:
        found = known.filter(person=person).first()
    if found is None and group is not None:
        found = known.filter(organisation=group).first()
    if found is None and person is not None and invitation is None:
        invitation = forum.invitations.filter(person=person).first()
    row = found or Attendance(forum=forum)
    row.invitation, row.person, row.organisation = invitation or row.invitation, person, group or row.organisation
    return row


@action(permissions.drop_attendance)
def drop_attendance(*, actor: User, attendance: Attendance, expected_version: int | None = None) -> None:
    """The press was wrong: nothing is known about them again. Raises `Stale`, `Blocked`."""
    forum = lock(attendance.forum)
    refuse_if(rules.blockers_to_the_desk(forum))
    fresh = lock(attendance, expected_version=expected_version)
    record(Verb.ATTENDANCE_DROPPED, subject=fresh)
    take_away(Attendance.objects.filter(pk=fresh.pk))


@action(permissions.count_heads)
def count_heads(
    *, actor: User, forum: Forum, counts: Sequence[HeadcountDetails], expected_version: int | None = None
) -> Forum:
    """Set how many came without a name, by community; what was counted before is replaced, and 0 is not kept. Raises
    `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_the_desk(fresh))
    refuse_input_if(rules.blockers_to_counting(counts))
    before = sorted([str(row.community_id or ""), str(row.people)] for row in fresh.headcounts.all())
    kept = [Headcount(forum=fresh, community=one.community, people=one.people, basis=one.basis)
            for one in counts if one.people]  # fmt: skip
    after = sorted([str(row.community_id or ""), str(row.people)] for row in kept)
    fresh.headcounts.all().delete()
    attach(kept)
    return write(fresh, verb=Verb.HEADS_COUNTED, linked={"headcounts": (before, after)})


@action(permissions.capture)
def capture(*, actor: User, forum: Forum, details: CapturedDetails) -> Captured:
    """Write down one thing that is said, or that we promise. Raises `Blocked`, `InputBlocked`."""
    fresh = lock(forum)
    refuse_if(rules.blockers_to_the_desk(fresh))
    refuse_input_if(rules.blockers_to_capturing(fresh, details))
    return write(_filled(Captured(forum=fresh, captured_by=actor), details), verb=Verb.WORDS_CAPTURED)


@action(permissions.change_captured)
def change_captured(
    *, actor: User, captured: Captured, details: CapturedDetails, expected_version: int | None = None
) -> Captured:
    """Put right what was written down. What it said before is kept nowhere. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    forum = lock(captured.forum)
    fresh = lock(captured, expected_version=expected_version)
    refuse_if(rules.blockers_to_the_desk(forum))
    refuse_input_if(rules.blockers_to_capturing(forum, details))
    return write(_filled(fresh, details), verb=Verb.WORDS_CHANGED, forgets=True)


@action(permissions.drop_captured)
def drop_captured(*, actor: User, captured: Captured, expected_version: int | None = None) -> None:
    """Take back what was written down. Raises `Stale`, `Blocked`."""
    forum = lock(captured.forum)
    fresh = lock(captured, expected_version=expected_version)
    refuse_if(rules.blockers_to_the_desk(forum))
    record(Verb.WORDS_DROPPED, subject=fresh)
    take_away(Captured.objects.filter(pk=fresh.pk))


def _filled(row: Captured, details: CapturedDetails) -> Captured:
    promise = details.kind == Captured.Kind.PROMISE
    row.kind, row.words, row.verbatim = details.kind, details.words.strip(), details.verbatim
    row.raised_by, row.language, row.quoting = details.raised_by, details.language, details.quoting
    row.due_on = details.due_on if promise else None
    row.owner = details.owner if promise else None
    return row
