"""Who is told that a forum, or something around one, is gone: whoever could read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from crm.erasing.gone import Audience, seen_otherwise, taken_away
from engagement.forums.models import Arrangement, CalendarLink, Forum, Invitation
from engagement.needs.models import NeedOutcome


def declare_who_is_told() -> None:
    """Whoever organises a forum sees who comes and what they need, whether or not they see the person. Dates, jobs,
    guests, presses at the desk and words written down are taken away by other actions than erasing."""
    kinds = ((NeedOutcome, "need__person"), (Invitation, "person"), (Arrangement, "invitation__person"),
             (CalendarLink, "person"))  # fmt: skip
    for model, link in kinds:
        seen_otherwise.add(model._meta.model_name or "", (model, link))
    taken_away.add("forum", forums)
    taken_away.add("job", jobs)
    taken_away.add("invitation", of_nobody_named)
    taken_away.add("attendance", of_nobody_named)
    taken_away.add("captured", words_said)


def forums(rows: Sequence[Any]) -> dict[UUID, Audience]:
    """As `ForumQuerySet` says, of those nobody was told of."""
    organisers = Forum.organisers.through.objects.filter(forum__in=[row.pk for row in rows])
    pairs = list(organisers.values_list("forum_id", "user_id"))
    return {
        row.pk: Audience(
            {row.owner_id, *(user for forum, user in pairs if forum == row.pk)},
            locality=row.locality_id, office=True, champions=True,
        )
        for row in rows
    }  # fmt: skip


def jobs(rows: Sequence[Any]) -> dict[UUID, Audience]:
    """With their forum; and whoever had to do one."""
    theirs = forums(_forums_of(rows))
    return {row.pk: replace(theirs[row.forum_id], told={*theirs[row.forum_id].told, row.owner_id}) for row in rows}


def of_nobody_named(rows: Sequence[Any]) -> dict[UUID, Audience]:
    """Guests and groups are seen with their forum. Whom the others are seen by depends on the person."""
    unnamed = [row for row in rows if row.person_id is None]
    theirs = forums(_forums_of(unnamed))
    return {row.pk: theirs[row.forum_id] for row in unnamed}


def words_said(rows: Sequence[Any]) -> dict[UUID, Audience]:
    """As `CapturedQuerySet` says: many of them go with each forum that is closed."""
    theirs = forums(_forums_of(rows))
    return {
        row.pk: Audience(
            {*theirs[row.forum_id].told, row.captured_by_id}, near=True, locality=theirs[row.forum_id].locality
        )
        for row in rows
    }


def _forums_of(rows: Sequence[Any]) -> list[Forum]:
    return list(Forum.objects.filter(pk__in={row.forum_id for row in rows}))
