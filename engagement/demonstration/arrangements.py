"""What was arranged at forums of the last year, and what is being arranged for those ahead: one ready, one ready with a
reason though something is missing, one whose interpreter fell through, and several that are not ready."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from crm.access.models import AccessNeed, NeedGroup
from crm.audit.actions import attach, write, write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate
from crm.people.models import Person
from engagement.forums.models import Arrangement, ArrangementStep, Forum, Invitation
from engagement.forums.rules.ready import FELL_THROUGH, missing_at
from engagement.forums.vocabulary import Answer, ForumState, Place
from engagement.needs.models import NeedOutcome

PAST, AHEAD = 30, 8  # so many forums that took place, and of those that come
EACH = (3, 6)  # people with needs at each
# What is arranged, by a word of its key → with whom. The first that fits; whatever is left somebody of us does.
SUPPLIERS = {
    "spoken-interpreter": "Citywide Interpreting",
    "note-taker": "Clear Captions",
    "speech-to-text": "Clear Captions",
    "advocate": "Midland Advocates",
    "guide": "Guides and Companions",
    "transport": "Kestrel Taxis",
    "travel-costs": "Kestrel Taxis",
    "childcare": "Open Hands sitters",
    "carer-cover": "Open Hands sitters",
    "food": "The kitchen of the hall",
    "print": "The print room",
    "braille": "The print room",
    "easy-read": "The print room",
    "audio": "The print room",
    "video": "Northern Sign Agency",
}
OURSELVES = "Somebody of our team"
State, What = Arrangement.State, ArrangementStep.What
REASON = "She told us by phone that her sister interprets for her this time."


@dataclass
class Arranger:
    """Lets people come, and arranges what they need, always the same."""

    today: date
    chance: Chance = field(default_factory=lambda: Chance("heard/arrangements"))
    steps: list[ArrangementStep] = field(default_factory=list)
    people: dict[Any, list[Person]] = field(default_factory=lambda: defaultdict(list))

    def know(self) -> None:
        """Who has needs that stand, by locality."""
        needs = AccessNeed.objects.current().order_by().values("person")
        rows = Person.objects.filter(pk__in=needs, stopped_on=None, restricted=False).order_by("pk")
        for person in rows:
            self.people[person.locality_id].append(person)

    def invite(self, forum: Forum) -> list[Invitation]:
        """Some of them come to this forum, if nobody invited them yet."""
        near, known = self.people[forum.locality_id], set(forum.invitations.values_list("person_id", flat=True))
        wanted = min(len(near), self.chance.randrange(*EACH))
        told = datetime.combine(min(forum.on - timedelta(days=35), self.today - timedelta(days=2)), time(10), UTC)
        return [
            Invitation(
                id=self.chance.id_at(told), forum=forum, person=person, invited_by=forum.owner, answered_at=told,
                answer=Answer.YES, answered_how=Invitation.How.PHONE, place=Place.HAS,
            )
            for person in self.chance.sample(near, wanted)
            if person.pk not in known
        ]  # fmt: skip

    def arrange(self, row: Arrangement, state: str) -> Arrangement:
        """Bring an arrangement to a state, on days that fit."""
        row.asked_on = min(row.forum.on - timedelta(days=35), self.today - timedelta(days=2))
        limit = min(self.today, row.forum.on)
        self._step(row, What.ASKED, row.asked_on, by=False)
        row.state = state
        if state == State.ASKED:
            return row
        row.booked_on = min(limit, row.asked_on + timedelta(days=self.chance.randrange(1, 10)))
        row.supplier = self._supplier(row)
        if row.type is not None and row.type.group == NeedGroup.PROFESSIONAL:
            row.registration_number = f"DEMO {self.chance.randrange(1000, 9999)}"
        row.cost = Decimal(0) if row.supplier == OURSELVES else Decimal(self.chance.randrange(2, 26) * 10)
        self._step(row, What.BOOKED, row.booked_on, words=row.supplier)
        if state == State.BOOKED:
            return row
        row.confirmed_on, row.confirmed_for = min(limit, row.booked_on + timedelta(days=3)), row.forum.on
        self._step(row, What.CONFIRMED, row.confirmed_on)
        if state != State.CONFIRMED:
            row.told_on = min(limit, row.confirmed_on + timedelta(days=1))
            self._step(row, What.TOLD, row.told_on)
        return row

    def _supplier(self, row: Arrangement) -> str:
        kind = row.type
        if kind is None:
            return OURSELVES
        else_with = "Northern Sign Agency" if kind.group == NeedGroup.PROFESSIONAL else OURSELVES
        return next((supplier for word, supplier in SUPPLIERS.items() if word in kind.key), else_with)

    def _step(self, row: Arrangement, what: str, on: date, *, words: str = "", by: bool = True) -> None:
        who = row.forum.owner if by else None
        self.steps.append(ArrangementStep(arrangement=row, what=what, on=on, words=words, by=who))

    def fall(self, row: Arrangement) -> None:
        """The interpreter cannot come."""
        self.arrange(row, State.CONFIRMED)
        row.state, row.fell_through, row.times_fallen = State.ASKED, True, 1
        row.booked_on = row.confirmed_on = row.confirmed_for = None
        self._step(row, What.FELL_THROUGH, self.today, words="Ill that week")

    def rate(self, row: Arrangement) -> NeedOutcome | None:
        """How it went: for most the person was asked."""
        self._step(row, What.DONE, row.forum.on)
        if row.need is None or not self.chance.happens(70):
            return None
        met = self.chance.choices(NeedOutcome.Met.values, [80, 12, 8])[0]
        why = "" if met == NeedOutcome.Met.MET else NeedOutcome.Why.FAILED
        self._step(row, What.RATED, row.forum.on)
        row.state = State.RATED
        return NeedOutcome(
            id=self.chance.id_at(datetime.combine(row.forum.on, time(17), UTC)), need=row.need, met=met, why=why,
            message=f"Forum: {row.forum.title}"[:150], happened_on=row.forum.on, recorded_by=row.forum.owner,
        )  # fmt: skip


def load_arrangements(say: Say) -> None:
    """Arrange for forums behind and ahead."""
    arranger = Arranger(timezone.localdate())
    arranger.know()
    past = _past(arranger)
    ahead = _ahead(arranger)
    attach(arranger.steps)
    say(f"Arrangements: {past} at forums that took place, {ahead} for those ahead.")


def _past(arranger: Arranger) -> int:
    forums = Forum.objects.filter(state=ForumState.HELD, on__lt=arranger.today).select_related("owner")
    invitations = [one for forum in forums.order_by("-on", "id")[:PAST] for one in arranger.invite(forum)]
    _save(invitations)
    rows = list(_rows_for(arranger, invitations))
    outcomes = []
    for row in rows:
        if not arranger.chance.happens(88):
            arranger.arrange(row, State.ASKED)  # nobody booked it
            continue
        arranger.arrange(row, State.TOLD)
        row.state = State.DONE
        outcome = arranger.rate(row)
        if outcome is not None:
            outcomes.append((row, outcome))
    write_new([outcome for _, outcome in outcomes], verb=Verb.NEED_OUTCOME_NOTED)
    for row, outcome in outcomes:
        row.outcome = outcome
    write_new(rows, verb=Verb.ARRANGEMENT_ASKED)
    return len(rows)


def _save(invitations: Sequence[Invitation]) -> None:
    write_new(list(invitations), verb=Verb.INVITATION_ANSWERED)
    backdate(invitations, [one.answered_at for one in invitations if one.answered_at])


def _rows_for(arranger: Arranger, invitations: Sequence[Invitation]) -> Iterator[Arrangement]:
    needs: dict[Any, list[AccessNeed]] = defaultdict(list)
    people = [one.person_id for one in invitations]
    for need in AccessNeed.objects.current().filter(person__in=people).select_related("type").order_by("pk"):
        needs[need.person_id].append(need)
    for one in invitations:
        for need in needs[one.person_id]:
            asked = min(one.forum.on - timedelta(days=35), arranger.today - timedelta(days=2))
            moment = datetime.combine(asked, time(10), UTC)
            yield Arrangement(id=arranger.chance.id_at(moment), forum=one.forum, invitation=one, need=need)


def _ahead(arranger: Arranger) -> int:
    found = Forum.objects.filter(state=ForumState.OPEN, on__gt=arranger.today + timedelta(days=7))
    forums = list(found.select_related("owner").order_by("on", "id")[:AHEAD])
    invitations = [one for forum in forums for one in arranger.invite(forum)]
    _save(invitations)
    by_forum: dict[Any, list[Arrangement]] = {forum.pk: [] for forum in forums}
    for row in _rows_for(arranger, invitations):
        by_forum[row.forum_id].append(row)
    for place, forum in enumerate(forums):
        _stage(arranger, place, by_forum[forum.pk])
    rows = [row for many in by_forum.values() for row in many]
    write_new(rows, verb=Verb.ARRANGEMENT_ASKED)
    _call(forums)
    return len(rows)


def _stage(arranger: Arranger, place: int, rows: Sequence[Arrangement]) -> None:
    """Each forum stands differently: the first ready, the second all but one, the third with somebody who fell ill."""
    for number, row in enumerate(rows):
        if place == 2 and number == 0:
            arranger.fall(row)
        elif place == 0 or (place in (1, 2) and number > 0):
            arranger.arrange(row, arranger.chance.choice([State.CONFIRMED, State.TOLD]))
        elif place == 1:
            arranger.arrange(row, State.ASKED)
        else:
            arranger.arrange(
                row, arranger.chance.choices([State.ASKED, State.BOOKED, State.CONFIRMED], [45, 30, 25])[0]
            )


def _call(forums: Sequence[Forum]) -> None:
    """The first is ready, the second ready with a reason, and the third was."""
    for place, forum in enumerate(forums[:3]):
        missing = missing_at(forum)
        if place == 2:
            forum.reopened_reason = FELL_THROUGH
            write(forum, verb=Verb.FORUM_REOPENED)
            continue
        forum.state = ForumState.READY
        forum.ready_override_reason = REASON if missing else ""
        forum.ready_as = {
            "on": forum.on.isoformat(), "venue": str(forum.venue_id or ""), "missing": [each.key for each in missing],
        }  # fmt: skip
        write(forum, verb=Verb.FORUM_READY)
