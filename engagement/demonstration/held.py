"""Who came to the forums of the last year, what was said there, and the one contact that closing each wrote.

The newest one still stands as held: somebody must close it. Not everybody came who said so; of most it is known what
kept them away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from crm.audit.actions import attach, write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.base.tables import Line
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate, rewrite
from crm.languages.models import Language
from engagement.demonstration.forum_words import ForumWords
from engagement.demonstration.forums import forum_lines
from engagement.forums.models import Attendance, Captured, Forum, ForumNotes, Headcount, Invitation, NotesRow
from engagement.forums.vocabulary import ForumState
from engagement.log.models import Barrier, Contribution, EngagementEvent, EventBarrier, Point, Promise, Reach

NOTES = 6  # so many of the newest forums have notes that were published
KEPT_AWAY = ("Travel cost or distance", "Time of day", "No relief for carers", "No interpreter, or the wrong one")
WORDS_KEPT = timedelta(weeks=4)
STEP_WAITS = timedelta(days=5)  # so long the next step of a forum may be overdue
OWN_WORDS = ("The second bus never came.", "My sister could not stay with Mum.", "I work until six.")


@dataclass
class Teller:
    """Tells what happened at each forum, always the same."""

    today: date
    barriers: Sequence[Barrier]
    languages: dict[str, Language]
    said: ForumWords
    next: dict[str, str]
    chance: Chance
    attendances: list[Attendance] = field(default_factory=list)
    heads: list[Headcount] = field(default_factory=list)
    events: list[EngagementEvent] = field(default_factory=list)
    reach: list[Reach] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    kept_away: list[EventBarrier] = field(default_factory=list)
    captured: list[Captured] = field(default_factory=list)

    def list_of(self, forum: Forum, invitations: Iterable[Invitation]) -> list[Attendance]:
        """Who came and who did not."""
        made = [self._line(forum, one) for one in invitations]
        self.attendances += made
        moment = _evening(forum.on)
        for community in forum.communities.all():
            self.heads.append(Headcount(id=self.chance.id_at(moment), forum=forum, community=community,
                                        people=self.chance.randrange(4, 24)))  # fmt: skip
        return made

    def _line(self, forum: Forum, one: Invitation) -> Attendance:
        came = self.chance.happens(72)
        row = Attendance(
            id=self.chance.id_at(_evening(forum.on)), forum=forum, invitation=one, person=one.person,
            organisation=one.organisation, came=came, how=Attendance.How.LIST if came else "",
            spoke=came and self.chance.happens(45 if one.panel_id else 60),
        )  # fmt: skip
        if not came and self.chance.happens(80):
            row.barrier = self.chance.choice(self.barriers)
            if self.today - forum.on < WORDS_KEPT:
                row.reason = self.chance.choice(OWN_WORDS)
        return row

    def close(self, forum: Forum, lines: Sequence[Attendance]) -> None:
        """The one contact, with everything in it. What was to be done next, and was due long ago, has been done."""
        step, due = self.next[forum.title], forum.on + timedelta(days=21)
        waits = due >= self.today - STEP_WAITS
        event = EngagementEvent(
            id=self.chance.id_at(_evening(forum.on)), occurred_on=forum.on, occurred_at=forum.starts,
            kind="online" if forum.mode == "online" else "in_person", area=forum.venue.area if forum.venue else None,
            locality=forum.locality, place=forum.where[:200], logged_by=forum.owner,
            met_in_words=f"Forum: {forum.title}"[:200], follow_up=step if waits else "",
            follow_up_on=due if waits else None,
        )  # fmt: skip
        self.events.append(event)
        came = [line for line in lines if line.came]
        self._reach(event, forum, len(came))
        for line in came:
            if line.person_id is not None:
                part = Contribution(id=self.chance.id_at(_evening(forum.on)), event=event, person=line.person)
                line.contribution = part
                self.contributions.append(part)
        self._said(forum, event, [line for line in came if line.spoke])
        for barrier in {line.barrier for line in lines if line.barrier is not None}:
            self.kept_away.append(EventBarrier(event=event, barrier=barrier))
        forum.event, forum.state = event, ForumState.CLOSED
        forum.next_words, forum.next_by = step, due

    def _reach(self, event: EngagementEvent, forum: Forum, named: int) -> None:
        counted = [row for row in self.heads if row.forum is forum]
        rows = [(row.community, row.people) for row in counted] + [(None, named + sum(row.people for row in counted))]
        self.reach += [
            Reach(event=event, community=community, people=people, basis=Reach.Basis.COUNTED,
                  occurred_on=event.occurred_on, locality=event.locality)
            for community, people in rows
        ]  # fmt: skip

    def _said(self, forum: Forum, event: EngagementEvent, speakers: Sequence[Attendance]) -> None:
        moment = _evening(event.occurred_on)
        told = self.said.next_for(forum.title, self.chance.randrange(1, 4))
        for place, line in enumerate(told, start=1):
            by = self.chance.choice(speakers).contribution if speakers and self.chance.happens(60) else None
            by = None if line["language"] else by  # who of them speaks it, the list of a forum does not say
            self.points.append(
                Point(
                    id=self.chance.id_at(moment), event=event, position=place, words=line["words"], kind=line["kind"],
                    wording=Point.Wording.VERBATIM, language=self.languages.get(line["language"]),
                    translation=line["translation"], translator="Interpreter at the forum" if line["language"] else "",
                    raised_by=by, quoting="yes" if by is None else "not_asked",
                )
            )  # fmt: skip
        if self.chance.happens(50):
            self._promised(event, self.chance.choice(told))

    def _promised(self, event: EngagementEvent, line: Line) -> None:
        """Something about what was said there."""
        due = event.occurred_on + timedelta(days=21)
        kept = due < self.today
        self.promises.append(
            Promise(id=self.chance.id_at(_evening(event.occurred_on)), event=event, words=line["promise"], due_on=due,
                    owner=event.logged_by, state="kept" if kept else "open",
                    settled_on=due - timedelta(days=2) if kept else None, settled_words=line["kept"] if kept else "")
        )  # fmt: skip


def load_held(say: Say) -> None:
    """Load who came to forums that took place, and close all but the newest."""
    chance = Chance("heard/held")
    languages = {language.code: language for language in Language.objects.all()}
    coming = {line["title"]: line["next"] for line in forum_lines()}
    teller = Teller(timezone.localdate(), _barriers(), languages, ForumWords(chance), coming, chance)
    rows = Forum.objects.filter(state=ForumState.HELD, on__lt=teller.today).select_related("venue__area", "owner")
    forums = list(rows.select_related("locality").prefetch_related("communities").order_by("-on", "id"))
    invited = _invited(forums)
    for place, forum in enumerate(forums):
        lines = teller.list_of(forum, invited[forum.pk])
        if place == 0:
            _capture(teller, forum, lines)
        else:
            teller.close(forum, lines)
    _save(teller)
    rewrite(forums[1:], "event", "state", "next_words", "next_by")
    notes = _notes(teller, forums[1 : NOTES + 1])
    came = sum(row.came for row in teller.attendances)
    say(f"Forums closed: {len(forums) - 1}, with {came} people by name who came and {notes} notes published.")


def _barriers() -> list[Barrier]:
    rows: Any = Barrier.objects.filter(name__in=KEPT_AWAY).order_by("order", "id")
    return list(rows)


def _invited(forums: Sequence[Forum]) -> dict[Any, list[Invitation]]:
    found: dict[Any, list[Invitation]] = defaultdict(list)
    for one in Invitation.objects.coming().filter(forum__in=forums).select_related("person").order_by("id"):
        found[one.forum_id].append(one)
    return found


def _capture(teller: Teller, forum: Forum, lines: Sequence[Attendance]) -> None:
    by = next((line for line in lines if line.came), None)
    for line in teller.said.next_for(forum.title, 3):
        teller.captured.append(Captured(id=teller.chance.id_at(_evening(forum.on)), forum=forum, words=line["words"],
                                        kind=line["kind"], raised_by=by, captured_by=forum.owner))  # fmt: skip


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(19), UTC)


def _save(teller: Teller) -> None:
    write_new(teller.events, verb=Verb.CONTACT_LOGGED)
    backdate(teller.events, [_evening(event.occurred_on) for event in teller.events])
    through: Any = EngagementEvent.officers.through
    through.objects.bulk_create(through(engagementevent=event, user=event.logged_by) for event in teller.events)
    attach(teller.reach)
    attach(teller.contributions)
    attach(teller.kept_away)
    write_new(teller.points, verb=Verb.POINT_ADDED)
    backdate(teller.points, [_evening(point.event.occurred_on) for point in teller.points])
    write_new(teller.promises, verb=Verb.PROMISE_MADE)
    backdate(teller.promises, [_evening(promise.event.occurred_on) for promise in teller.promises])
    write_new(teller.attendances, verb=Verb.ATTENDANCE_NOTED)
    attach(teller.heads)
    write_new(teller.captured, verb=Verb.WORDS_CAPTURED)


def _notes(teller: Teller, forums: Sequence[Forum]) -> int:
    """What the public reads of the newest ones: the points of nobody in particular, with a picture."""
    easy = teller.said.in_easy_read()
    by_event: dict[Any, list[Point]] = defaultdict(list)
    for point in teller.points:
        if point.words in easy:
            by_event[point.event_id].append(point)
    made, rows = [], []
    for forum in forums:
        notes = ForumNotes(id=teller.chance.id_at(_evening(forum.on)), forum=forum, number=1, written_by=forum.owner,
                           checked_by="The Easy Read group", checked_on=forum.on + timedelta(days=4),
                           published_at=_evening(forum.on + timedelta(days=5)), published_by=forum.owner)  # fmt: skip
        made.append(notes)
        for place, point in enumerate(by_event[forum.event_id], start=1):
            line = easy[point.words]
            heading = "What you told us" if place == 1 else ""
            rows.append(NotesRow(notes=notes, position=place, words=point.words, easy=line["easy"],
                                 picture=line["picture"], heading=heading))  # fmt: skip
    write_new(made, verb=Verb.NOTES_PUBLISHED)
    attach(rows)
    return len(made)
