"""What follows by itself: arrangements for whoever comes, and a forum that is no longer ready.

`follow_arrangements` stands in the registry that every action walks after its last write, inside its transaction. It
holds the forums concerned before it looks, so that nobody calls one ready between a need and its arrangement.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from crm.access.models import AccessNeed
from crm.accounts.models import User
from crm.audit.actions import attach, write, write_new
from crm.audit.verbs import Verb
from crm.people.models import Person, Supporter
from crm.venues.models import Venue
from engagement.forums.coming import COMES
from engagement.forums.models import Arrangement, ArrangementStep, Forum, Invitation
from engagement.forums.rules.ready import missing_at, why_open_again
from engagement.forums.vocabulary import COMING, ForumState

What = ArrangementStep.What


def follow_arrangements(written: Sequence[models.Model]) -> None:
    """Bring arrangements in line with who comes and what they need, and open forums again that are not ready any more.
    No query unless something written concerns a forum."""
    concerned = _concerned(list(written))
    if concerned is not None:
        forums = Forum.objects.select_for_update(of=("self",)).filter(concerned, state__in=COMING)
        held = list(forums.order_by("pk"))
        if held:
            _keep_up(held)


def _concerned(written: Iterable[models.Model]) -> Q | None:
    """Which forums what was written concerns; None for none."""
    forums: set[Any] = set()
    people: set[Any] = set()
    venues: set[Any] = set()
    for row in written:
        if isinstance(row, Forum):
            forums.add(row.pk)
        elif isinstance(row, (Invitation, Arrangement)):
            forums.add(row.forum_id)
        elif isinstance(row, (AccessNeed, Supporter)):
            people.add(row.person_id)
        elif isinstance(row, Person):
            people.add(row.pk)
        elif isinstance(row, Venue):
            venues.add(row.pk)
    if not (forums or people or venues):
        return None
    coming = Invitation.objects.filter(person__in=people, answer__in=COMES).order_by().values("forum")
    of_people = Q(pk__in=coming) if people else Q()
    return Q(pk__in=forums) | of_people | Q(venue__in=venues)


def _keep_up(forums: Sequence[Forum]) -> None:
    ids = [forum.pk for forum in forums]
    wanted = _wanted(ids)
    known = list(Arrangement.objects.filter(forum__in=ids).select_related("invitation__person"))
    _add(wanted, {(row.invitation_id, row.need_id) for row in known})
    for row in known:
        _follow(row, wanted)
    for forum in forums:
        if forum.state == ForumState.READY:
            _open_again(forum)


def _wanted(forums: Collection[UUID]) -> dict[tuple[Any, Any], tuple[Any, str]]:
    """(invitation, need) → the forum, for every need that stands of everyone who comes. 2 queries."""
    comes = Invitation.objects.filter(forum__in=forums, answer__in=COMES, person__stopped_on=None)
    comes = comes.exclude(person=None).order_by()
    needs: dict[Any, list[Any]] = {}
    for pk, person in (
        AccessNeed.objects.current().filter(person__in=comes.values("person")).values_list("pk", "person")
    ):
        needs.setdefault(person, []).append(pk)
    rows = comes.values_list("pk", "forum_id", "person_id")
    return {(pk, need): (forum, "") for pk, forum, person in rows for need in needs.get(person, ())}


def _add(wanted: dict[tuple[Any, Any], tuple[Any, str]], known: set[tuple[Any, Any]]) -> None:
    new = [
        Arrangement(forum_id=forum, invitation_id=invitation, need_id=need)
        for (invitation, need), (forum, _) in wanted.items()
        if (invitation, need) not in known
    ]
    _make(new, by=None)


def _make(new: list[Arrangement], *, by: User | None) -> None:
    write_new(new, verb=Verb.ARRANGEMENT_ASKED)
    today = timezone.localdate()
    attach([ArrangementStep(arrangement=row, what=What.ASKED, on=today, by=by) for row in new])


def _follow(row: Arrangement, wanted: Collection[tuple[Any, Any]]) -> None:
    """Whoever comes no longer needs nothing; whoever comes again needs it again. Somebody who asked us to stop is left
    as they were."""
    person = row.invitation.person
    if (person is not None and person.stopped_on) or row.not_needed_reason:
        return
    needed = (row.invitation_id, row.need_id) in wanted if row.need_id else row.invitation.answer in COMES
    if needed == row.is_needed:
        return
    today = timezone.localdate()
    row.not_needed_on = None if needed else today
    what = What.NEEDED_AGAIN if needed else What.NOT_NEEDED
    attach([ArrangementStep(arrangement=row, what=what, on=today)])
    write(row, verb=Verb.ARRANGEMENT_NEEDED_AGAIN if needed else Verb.ARRANGEMENT_NOT_NEEDED)


def _open_again(forum: Forum) -> None:
    reason = why_open_again(forum, missing_at(forum))
    if reason:
        forum.state, forum.reopened_reason, forum.ready_as = ForumState.OPEN, reason, {}
        write(forum, verb=Verb.FORUM_REOPENED)


def ask_anew(row: Arrangement) -> None:
    """What fell through counts as missing anew, also where the forum was once called ready without it."""
    forum = Forum.objects.get(pk=row.forum_id)
    missing = list(forum.ready_as.get("missing", []))
    if str(row.pk) in missing:
        missing.remove(str(row.pk))
        forum.ready_as = {**forum.ready_as, "missing": missing}
        write(forum, verb=Verb.FORUM_CHANGED)


def add_asked_words(invitation: Invitation, asked: Iterable[str], *, by: User | None = None) -> list[Arrangement]:
    """What somebody asks for, for this one forum, in words; the same words once. All that stand, in that order."""
    known = {row.asked_words: row for row in Arrangement.objects.filter(invitation=invitation, need=None)}
    wanted = list(dict.fromkeys(words.strip() for words in asked if words.strip()))
    new = [
        Arrangement(forum_id=invitation.forum_id, invitation=invitation, asked_words=words[:300])
        for words in wanted
        if words[:300] not in known
    ]
    _make(new, by=by)
    known |= {row.asked_words: row for row in new}
    return [known[words[:300]] for words in wanted]
