"""What follows by itself: arrangements for whoever comes, and a forum that is no longer ready.

`follow_arrangements` stands in the registry that every action walks after its last write, inside its transaction. It
holds the forums concerned before it looks, so that nobody calls one ready between a need and its arrangement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from crm.access.models import AccessNeed
from crm.accounts.models import User
from crm.audit.actions import attach, write, write_new
from crm.audit.verbs import Verb
from crm.base.kept import kept_for_all, kept_if_few
from crm.people.models import Person, Supporter
from crm.sending.models import Message
from crm.venues.models import Venue
from engagement.forums.models import Arrangement, ArrangementStep, Forum, HelpAsked, Invitation
from engagement.forums.rules.ready import missing_at, why_open_again
from engagement.forums.telling import ABOUT, WENT
from engagement.forums.vocabulary import COMING, ForumState

What = ArrangementStep.What
UNTICKED = "They unticked it in their answer to this forum"


def follow_arrangements(written: Sequence[models.Model]) -> None:
    """Bring arrangements in line with who comes and what they need, and open forums again that are not ready any more.
    No query unless something written concerns a forum."""
    forums, people, venues = _concerned(written)
    if forums or people or venues:
        held = kept_if_few(_held, tuple(forums), tuple(people), tuple(venues))
        if held:
            _keep_up(held)


def _concerned(written: Iterable[models.Model]) -> tuple[set[Any], set[Any], set[Any]]:
    """Of what was written: the forums, the people and the venues that arrangements hang on."""
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
    return forums, people, venues


@kept_for_all
def _held(forums: tuple[UUID, ...], people: tuple[UUID, ...], venues: tuple[UUID, ...]) -> QuerySet[Forum]:
    coming = Invitation.objects.coming().filter(person__in=people).order_by().values("forum")
    concerned = Q(pk__in=forums) | Q(pk__in=coming) | Q(venue__in=venues)
    return Forum.objects.select_for_update(of=("self",)).filter(concerned, state__in=COMING).order_by("pk")


Key = tuple[Any, str, Any]  # the invitation; by need, by type or in words; the need or type


def _keep_up(forums: Sequence[Forum]) -> None:
    ids = tuple(forum.pk for forum in forums)
    wanted, known = _Wanted.at(ids), kept_if_few(_known, ids)
    by_key = {_key_of(row): row for row in known}
    new: list[Arrangement] = []
    for key in sorted(wanted.keys - by_key.keys(), key=str):  # in one order, whatever the process: a set has none
        # A row is taken over once: of two needs of the type they had ticked, the other one is arranged beside it.
        row = by_key.pop((key[0], "type", wanted.type_of_need[key[2]]), None) if key[1] == "need" else None
        if row is not None:  # what was ticked is kept in their record now: the booking stays
            row.need_id, row.asked_type, row.asked_language = key[2], None, None
            write(row, verb=Verb.ARRANGEMENT_ASKED)
        else:
            new.append(wanted.row(key))
    _make(new, by=None)
    for row in known:
        _follow(row, wanted)
    for forum in forums:
        if forum.state == ForumState.READY:
            _open_again(forum)


@kept_for_all
def _known(forums: tuple[UUID, ...]) -> QuerySet[Arrangement]:
    return Arrangement.objects.filter(forum__in=forums).select_related("invitation__person")


@kept_for_all
def _coming(forums: tuple[UUID, ...]) -> QuerySet[Any, Any]:
    return _who_comes(forums).values_list("pk", "forum_id", "person_id", "help_words")


@kept_for_all
def _standing_needs(forums: tuple[UUID, ...]) -> QuerySet[Any, Any]:
    needs = AccessNeed.objects.current().filter(person__in=_who_comes(forums).values("person"))
    return needs.order_by().values_list("pk", "person_id", "type_id")


@kept_for_all
def _ticked(forums: tuple[UUID, ...]) -> QuerySet[Any, Any]:
    ticked = HelpAsked.objects.filter(invitation__in=_who_comes(forums).values("pk"))
    return ticked.order_by().values_list("invitation_id", "type_id", "language_id")


def _who_comes(forums: tuple[UUID, ...]) -> QuerySet[Any]:
    return Invitation.objects.coming().filter(forum__in=forums, person__stopped_on=None).order_by()


def _key_of(row: Arrangement) -> Key:
    if row.need_id:
        return row.invitation_id, "need", row.need_id
    if row.asked_type_id:
        return row.invitation_id, "type", row.asked_type_id
    return row.invitation_id, "answer" if row.of_answer else "words", None


@dataclass
class _Wanted:
    """What whoever comes to some forums needs: needs that stand, what they ticked beside those, and their words."""

    keys: set[Key] = field(default_factory=set)
    coming: dict[Any, Any] = field(default_factory=dict)  # invitation → forum
    type_of_need: dict[Any, Any] = field(default_factory=dict)
    languages: dict[Key, Any] = field(default_factory=dict)

    @classmethod
    def at(cls, forums: tuple[UUID, ...]) -> _Wanted:
        """3 queries; one where nobody comes."""
        made = cls()
        coming = kept_if_few(_coming, forums)
        people: dict[Any, list[tuple[Any, Any]]] = defaultdict(list)
        if any(person for _, _, person, _ in coming):
            for need, person, type_ in kept_if_few(_standing_needs, forums):
                people[person].append((need, type_))
                made.type_of_need[need] = type_
        for pk, forum, person, words in coming:
            made.coming[pk] = forum
            made.keys |= {(pk, "need", need) for need, _ in people.get(person, ())}
            made.keys |= {(pk, "answer", None)} if words else set()
        if coming:
            known = {pk: {type_ for _, type_ in people.get(person, ())} for pk, _, person, _ in coming}
            made._tick(known, kept_if_few(_ticked, forums))
        return made

    def _tick(self, known: Mapping[Any, Collection[Any]], ticked: Iterable[tuple[Any, Any, Any]]) -> None:
        """What they ticked that is not in their record: `known` is invitation → types there."""
        for invitation, type_, language in ticked:
            if invitation in known and type_ not in known[invitation]:
                self.keys.add((invitation, "type", type_))
                self.languages[invitation, "type", type_] = language

    def row(self, key: Key) -> Arrangement:
        """A new arrangement for it."""
        invitation, by, which = key
        return Arrangement(
            forum_id=self.coming[invitation],
            invitation_id=invitation,
            need_id=which if by == "need" else None,
            asked_type_id=which if by == "type" else None,
            asked_language_id=self.languages.get(key),
            of_answer=by == "answer",
        )

    def still(self, row: Arrangement) -> bool:
        """Whether it is still needed."""
        key = _key_of(row)
        return row.invitation_id in self.coming if key[1] == "words" else key in self.keys


def _make(new: list[Arrangement], *, by: User | None) -> None:
    write_new(new, verb=Verb.ARRANGEMENT_ASKED)
    today = timezone.localdate()
    attach([ArrangementStep(arrangement=row, what=What.ASKED, on=today, by=by) for row in new])


def _follow(row: Arrangement, wanted: _Wanted) -> None:
    """Whoever does not come needs nothing; whoever comes again needs it again. Somebody who asked us to stop is left as
    they were."""
    person = row.invitation.person
    if (person is not None and person.stopped_on) or row.not_needed_reason:
        return
    needed = wanted.still(row)
    if needed == row.is_needed:
        return
    row.not_needed_on = None if needed else timezone.localdate()
    what = What.NEEDED_AGAIN if needed else What.NOT_NEEDED
    attach([ArrangementStep(arrangement=row, what=what, on=timezone.localdate())])
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


def not_this_time(invitation: Invitation, shown: Sequence[AccessNeed], ticked: Collection[Any]) -> None:
    """What stood ticked on their page because we know it, and they unticked, is not arranged at this forum: the need
    itself stays in their record. What they tick again is needed again."""
    known = {
        row.need_id: row for row in Arrangement.objects.filter(invitation=invitation, need__in=[n.pk for n in shown])
    }
    for need in shown:
        row = known.get(need.pk) or Arrangement(forum_id=invitation.forum_id, invitation=invitation, need=need)
        if need.type_id in ticked:
            if row.not_needed_reason == UNTICKED:
                row.not_needed_reason = ""
                write(row, verb=Verb.ARRANGEMENT_NEEDED_AGAIN)
        elif not row.not_needed_reason:
            row.not_needed_on, row.not_needed_reason = timezone.localdate(), UNTICKED
            write(row, verb=Verb.ARRANGEMENT_NOT_NEEDED)
            attach([ArrangementStep(arrangement=row, what=What.NOT_NEEDED, on=timezone.localdate(), words=UNTICKED)])


def add_asked_words(invitation: Invitation, asked: Iterable[str], *, by: User | None = None) -> list[Arrangement]:
    """What somebody asks for, for this one forum, in words; the same words once. All that stand, in that order."""
    known = {row.asked_words: row for row in Arrangement.objects.filter(invitation=invitation).exclude(asked_words="")}
    wanted = list(dict.fromkeys(words.strip() for words in asked if words.strip()))
    new = [
        Arrangement(forum_id=invitation.forum_id, invitation=invitation, asked_words=words[:300])
        for words in wanted
        if words[:300] not in known
    ]
    _make(new, by=by)
    known |= {row.asked_words: row for row in new}
    return [known[words[:300]] for words in wanted]


def forget_what_was_asked(invitations: Collection[UUID]) -> None:
    """What they asked for at one forum alone is deleted with their answer; that something was arranged stays."""
    asked = Arrangement.objects.filter(invitation__in=invitations, need=None)
    ArrangementStep.objects.filter(arrangement__in=asked.order_by().values("pk")).update(words="")
    asked.update(asked_type=None, asked_language=None, asked_words="", modified_at=timezone.now())


def mark_told(row: Arrangement, *, by: User | None = None) -> Arrangement:
    """The person knows."""
    row.state, row.told_on = Arrangement.State.TOLD, timezone.localdate()
    attach([ArrangementStep(arrangement=row, what=What.TOLD, on=timezone.localdate(), by=by)])
    return write(row, verb=Verb.ARRANGEMENT_TOLD)


def follow_message(message: Message, before: str) -> None:
    """A message about an arrangement went out: the person knows."""
    if message.about_kind != ABOUT or message.about_id is None or message.state not in WENT:
        return
    row = Arrangement.objects.filter(pk=message.about_id).select_related("forum").first()
    if row is not None and row.is_sure and row.state == Arrangement.State.CONFIRMED:
        mark_told(row)
