"""The notes of a forum as they are read: by those who work on it, by those who came, by the public."""

from __future__ import annotations

from engagement.forums.models import Forum, ForumNotes


def published_notes(forum: Forum) -> ForumNotes | None:
    """What the public was given last; None before. 2 queries."""
    return ForumNotes.objects.filter(forum=forum).published().for_list().first()


def draft_of(forum: Forum) -> ForumNotes | None:
    """The version somebody writes on; None when there is none. 2 queries."""
    return ForumNotes.objects.filter(forum=forum, published_at=None).for_list().first()
