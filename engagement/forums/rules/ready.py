"""What keeps a forum from being ready: every need of everyone who comes that is neither confirmed nor there anyway."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from crm.base.actors import Actor
from crm.base.kept import kept_for_all
from crm.base.rules import Blocker
from engagement.forums.models import Arrangement, Forum
from engagement.forums.there import Found, Provision
from engagement.forums.vocabulary import ForumState

DRAFT = Blocker("forum_not_open", "Open this forum first")
READY = Blocker("forum_ready", "This forum is ready already")
OVER = Blocker("forum_over", "This forum took place or was cancelled. It cannot be changed any more")
SOMEBODY = "somebody who is coming"

VENUE_CHANGED = "The venue has changed. Check what everybody needs again"
DAY_CHANGED = "The day has changed. Confirm again what is booked"
FELL_THROUGH = "What was booked for somebody who is coming fell through"
NEW_NEED = "Something more must be arranged for somebody who is coming"


@dataclass(frozen=True)
class Missing:
    """One arrangement that is neither confirmed nor there anyway, and what the forum has of it."""

    row: Arrangement
    found: Found | None

    @property
    def key(self) -> str:
        """What tells it from others when the forum is opened again."""
        return str(self.row.pk)

    def words(self, *, readable: bool) -> str:
        """What to do about it. Whoever may not read the need learns what to do, and not for whom."""
        row = self.row
        whom, what = (row.for_whom, row.what) if readable else (SOMEBODY, row.what_to_do)
        return f"{self._verb()} {whom}: {what}{self._more()}"

    def _verb(self) -> str:
        if self.row.fell_through:
            return "Book again for"
        if self.row.state in Arrangement.SURE:
            return "Ask whether the new day suits, for"
        return "Ask whether it is certain, for" if self.row.state == Arrangement.State.BOOKED else "Arrange for"

    def _more(self) -> str:
        return f". {self.found.words}" if self.found is not None else ""


def missing_at(forum: Forum) -> list[Missing]:
    """Everything that is still to be arranged. At most 6 queries, however many people come."""
    return missing_of([row for row in _standing_at(forum.pk) if not row.is_sure])


@kept_for_all
def _standing_at(forum: UUID) -> QuerySet[Arrangement]:
    return Arrangement.objects.filter(forum=forum).standing().for_list()


def missing_of(rows: Sequence[Arrangement], provision: Provision | None = None) -> list[Missing]:
    """Those of these rows that are neither confirmed nor there anyway."""
    given = provision or Provision.of(rows)
    found = [Missing(row, given.answer(row)) for row in rows if not row.is_sure]
    return [missing for missing in found if missing.found is None or not missing.found.there]


def blockers_to_calling(forum: Forum) -> Iterator[Blocker]:
    """Why it cannot be called ready at all, whatever is arranged."""
    if forum.state == ForumState.DRAFT:
        yield DRAFT
    elif forum.state == ForumState.READY:
        yield READY
    elif forum.state != ForumState.OPEN:
        yield OVER


def blockers_to_being_ready(missing: Sequence[Missing], reader: Actor) -> list[Blocker]:
    """What must be arranged first, in words for this reader. 1 query."""
    seen = Arrangement.objects.visible_to(reader).filter(pk__in=[each.row.pk for each in missing]) if missing else ()
    readable = {row.pk for row in seen}
    return [Blocker("need_unmet", each.words(readable=each.row.pk in readable)) for each in missing]


def why_open_again(forum: Forum, missing: Sequence[Missing]) -> str:
    """Why a forum that was called ready is not any more; empty when it still is. What was missing when it was called
    ready, and overridden with a reason, is not asked for again."""
    was = forum.ready_as
    new = [each for each in missing if each.key not in was.get("missing", [])]
    if was.get("venue", "") != str(forum.venue_id or ""):
        return VENUE_CHANGED
    if was.get("on", "") != forum.on.isoformat():
        return DAY_CHANGED
    if any(each.row.fell_through for each in new):
        return FELL_THROUGH
    return NEW_NEED if new else ""
