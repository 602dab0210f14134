"""How far a long send is, in few queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from crm.people.models import ContactWay, Person
from crm.privacy.reports import ways_to_reach
from crm.sending.models import FOR_A_PERSON, Message
from crm.sending.reaching import fresh_person

State = Message.State
LATE = timedelta(hours=1)  # so long a message may wait before somebody should know
ON_ITS_WAY = (State.WAITING, State.CLAIMED, State.HANDING_OVER)
GROUPS: dict[str, tuple[str, ...]] = {
    "drafts": (State.DRAFT,),
    "on_their_way": ON_ITS_WAY,
    "done": (State.HANDED_OVER, State.POSTED, State.PHONED),
    "for_a_person": tuple(FOR_A_PERSON),
    "withdrawn": (State.WITHDRAWN,),
}


@dataclass(frozen=True)
class Progress:
    """How many messages are where. `for_a_person`: not known, failed, held back, to print, to phone."""

    drafts: int = 0
    on_their_way: int = 0
    done: int = 0
    for_a_person: int = 0
    withdrawn: int = 0

    @property
    def total(self) -> int:
        """All but those withdrawn."""
        return self.drafts + self.on_their_way + self.done + self.for_a_person


def progress_of(rows: QuerySet[Message]) -> Progress:
    """How far these messages are: 1 query, however many. It counts messages of ours, not people."""
    counts = {name: Count("pk", filter=Q(state__in=states)) for name, states in GROUPS.items()}
    return Progress(**rows.order_by().aggregate(**counts))


def to_look_at(rows: QuerySet[Any], late_since: datetime | None = None) -> QuerySet[Any]:
    """Those that need a person, and those that should have gone by now."""
    late = Q(state__in=ON_ITS_WAY, queued_at__lt=late_since or timezone.now() - LATE)
    return rows.filter(Q(state__in=FOR_A_PERSON) | late)


def notes_before_sending(message: Message) -> list[str]:
    """What an officer must know before this one goes: what is not as they need it, and what they asked for."""
    notes = [message.fell_back] if message.fell_back else []
    person: Person | None = fresh_person(message.person_id)
    if person is not None:
        notes += ways_to_reach(person, purpose=message.purpose).before
    if message.by_hand and message.way == ContactWay.Kind.EMAIL:
        notes.append("Somebody must write this e-mail by hand: a rule of theirs needs your judgement.")
    return notes
