"""The notes of a forum: written, checked by Easy Read readers, published; and what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Max
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from engagement.forums.models import Forum, ForumNotes, NotesRow
from engagement.forums.noting import ROW_FIELDS, RowDetails
from engagement.forums.permissions import notes as permissions
from engagement.forums.rules import holding
from engagement.forums.rules import notes as rules
from engagement.forums.vocabulary import ForumState


@action(permissions.write_notes)
def write_notes(
    *, actor: User, forum: Forum, rows: Sequence[RowDetails], expected_version: int | None = None
) -> ForumNotes:
    """Write the notes, or change those that are not published: what stood there is replaced, and must be checked anew.
    Those that are published stay as they are; the next version begins. `expected_version` is that of the draft. Raises
    `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(forum)
    refuse_if(rules.blockers_to_noting(fresh))
    refuse_input_if(rules.blockers_to_writing(fresh, rows))
    draft = ForumNotes.objects.filter(forum=fresh, published_at=None).first()
    if draft is None:
        return _first(actor, fresh, rows)
    draft = lock(draft, expected_version=expected_version)
    before = [[getattr(row, name) for name in ROW_FIELDS] for row in draft.rows.all()]
    after = [[getattr(row, name).strip() for name in ROW_FIELDS] for row in rows]
    if before == after:
        return draft
    draft.rows.all().delete()
    attach(_rows(draft, rows))
    draft.checked_by, draft.checked_on = "", None
    return write(draft, verb=Verb.NOTES_WRITTEN, linked={"rows": (before, after)})


def _first(actor: User, forum: Forum, rows: Sequence[RowDetails]) -> ForumNotes:
    last = ForumNotes.objects.filter(forum=forum).aggregate(last=Max("number"))["last"] or 0
    notes = write(ForumNotes(forum=forum, number=last + 1, written_by=actor), verb=Verb.NOTES_WRITTEN)
    attach(_rows(notes, rows))
    return notes


def _rows(notes: ForumNotes, rows: Sequence[RowDetails]) -> list[NotesRow]:
    return [
        NotesRow(notes=notes, position=place, **{name: getattr(row, name).strip() for name in ROW_FIELDS})
        for place, row in enumerate(rows, start=1)
    ]


@action(permissions.check_notes)
def check_notes(*, actor: User, notes: ForumNotes, checked_by: str, expected_version: int | None = None) -> ForumNotes:
    """Easy Read readers found it right. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(notes, expected_version=expected_version)
    found = list(rules.blockers_to_checking(fresh, checked_by))
    refuse_if(one for one in found if not one.field)
    refuse_input_if(found)
    fresh.checked_by, fresh.checked_on = checked_by.strip(), timezone.localdate()
    return write(fresh, verb=Verb.NOTES_CHECKED)


@action(permissions.publish_notes)
def publish_notes(*, actor: User, notes: ForumNotes, expected_version: int | None = None) -> ForumNotes:
    """Give them to those who came and, of a forum that was open to anybody, to the public, in place of the version
    before. Raises `Stale`, `Blocked`."""
    fresh = lock(notes, expected_version=expected_version)
    refuse_if(rules.blockers_to_publishing(fresh))
    fresh.published_at, fresh.published_by = timezone.now(), actor
    return write(fresh, verb=Verb.NOTES_PUBLISHED)


@action(permissions.say_what_is_next)
def say_what_is_next(
    *, actor: User, forum: Forum, words: str, by: date | None, expected_version: int | None = None
) -> Forum:
    """Say what happens next and by when. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if([rules.NOT_CLOSED] if fresh.state != ForumState.CLOSED else [])
    refuse_input_if(holding.blockers_to_what_is_next(fresh, words, by))
    fresh.next_words, fresh.next_by = words.strip(), by
    return write(fresh, verb=Verb.FORUM_CHANGED)
