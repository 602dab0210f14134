"""What a forum offers anyway: whether a need is met without booking anything, and what must still be found out.

It is worked out each time from the forum's offers, their jobs and the venue's access record, and kept nowhere: when the
venue changes, so does the answer. What nobody has asked the venue is not there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from crm.access.models import NeedGroup
from crm.venues.models import VenueFact
from engagement.forums.models import Arrangement, ForumOffer, Job, OfferKind
from engagement.forums.vocabulary import Mode

# What stands in the building: with a yes from the venue it is there, whether the forum says that it offers it or not.
BUILT_IN = frozenset({"step_free", "hearing_loop", "parking"})
# What nobody needs who takes part from home.
NOT_ONLINE = frozenset({"step_free", "parking", "quiet_room", "prayer_space", "food"})
USUAL_LEAD = 14  # days before the forum, where no offer of the council's list says more
Facts = dict[str, VenueFact]


@dataclass(frozen=True)
class Found:
    """Whether it is there anyway, and the words for it: what is there, or what to find out."""

    there: bool
    words: str


@dataclass
class Provision:
    """What some forums offer, loaded for many arrangements at once. 3 queries; none when there is nothing to ask."""

    kinds: dict[Any, list[OfferKind]] = field(default_factory=lambda: defaultdict(list))
    offers: dict[Any, list[ForumOffer]] = field(default_factory=lambda: defaultdict(list))
    facts: dict[Any, Facts] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, arrangements: Iterable[Arrangement]) -> Provision:
        """For these."""
        rows, made = list(arrangements), cls()
        if not rows:
            return made
        types = {row.type.pk for row in rows if row.type is not None}
        answers = OfferKind.need_types.through.objects.filter(needtype__in=types).select_related("offerkind")
        for answer in answers.order_by("offerkind__order", "offerkind_id"):
            made.kinds[answer.needtype_id].append(answer.offerkind)
        same = Q(language=OuterRef("language")) | Q(language=None)
        done = Job.objects.filter(same, forum=OuterRef("forum"), kind=OuterRef("kind")).exclude(done_on=None)
        offers = ForumOffer.objects.filter(forum__in={row.forum_id for row in rows})
        for offer in offers.annotate(job_done=Exists(done.order_by())):
            made.offers[offer.forum_id].append(offer)
        venues = {row.forum.venue_id for row in rows if row.forum.venue_id}
        for fact in VenueFact.objects.filter(venue__in=venues):
            made.facts[fact.venue_id][fact.about] = fact
        return made

    def answer(self, row: Arrangement) -> Found | None:
        """Whether the need is met anyway; None when the forum offers nothing like it."""
        if row.type is None:
            return None
        if row.type.group == NeedGroup.CONTACT:
            return Found(True, "Whatever we send goes that way by itself")
        if row.type.key == "join-online" and row.forum.mode != Mode.IN_PERSON:
            return Found(True, "Everybody can join online")
        answers = [found for kind in self.kinds.get(row.type.pk, []) if (found := self._by_kind(kind, row))]
        return next((found for found in answers if found.there), answers[0] if answers else None)

    def _by_kind(self, kind: OfferKind, row: Arrangement) -> Found | None:
        if kind.venue_fact in NOT_ONLINE and row.forum.mode == Mode.ONLINE:
            return Found(True, "It is online: nobody needs it")
        offer = self._offer(kind, row)
        if kind.venue_fact in BUILT_IN:
            return self._by_building(kind, row, offered=offer is not None)
        if offer is None:
            return None
        job_done: bool = offer.job_done  # type: ignore[attr-defined]  # annotated above
        ready = offer.have_already or job_done or not kind.job_words
        return (
            Found(True, f"The forum has it: {kind.name}")
            if ready
            else Found(False, f"The forum offers it. To do: {kind.job_words}")
        )

    def _offer(self, kind: OfferKind, row: Arrangement) -> ForumOffer | None:
        language = row.language_id if kind.in_languages else None
        fits = (offer for offer in self.offers[row.forum_id] if offer.kind_id == kind.pk)
        return next((offer for offer in fits if offer.language_id == language), None)

    def _by_building(self, kind: OfferKind, row: Arrangement, *, offered: bool) -> Found | None:
        venue, about = row.forum.venue, VenueFact.About(kind.venue_fact).label
        if venue is None:
            return Found(False, "Choose the venue first") if offered else None
        fact = self.facts[venue.pk].get(kind.venue_fact)
        if fact is None:
            return Found(False, f"Nobody has asked {venue.name}: {str(about).lower()}? Ask, and write it down there")
        if fact.answer == VenueFact.Answer.YES:
            return Found(True, f"{about}, checked at {venue.name}")
        found = "only partly" if fact.answer == VenueFact.Answer.PARTLY else "no"
        return Found(False, f"{venue.name} says {found}: {str(about).lower()}. Arrange it, or choose another venue")

    def lead_days(self, row: Arrangement) -> int:
        """How many days before the forum it must be arranged."""
        kinds = self.kinds.get(row.type.pk, []) if row.type else []
        return max((kind.lead_days or 0 for kind in kinds if kind.lead_days is not None), default=USUAL_LEAD)

    def due_on(self, row: Arrangement) -> date:
        """By which day it must be arranged. It moves with the forum."""
        return row.forum.on - timedelta(days=max(0, self.lead_days(row)))


@dataclass(frozen=True)
class Standing:
    """An arrangement as it stands today: what the forum has of it anyway, and by when it must be arranged."""

    row: Arrangement
    found: Found | None
    due_on: date

    @property
    def is_there(self) -> bool:
        """Whether the forum offers it anyway, so that nothing need be booked."""
        return self.found is not None and self.found.there and not self.row.is_sure

    @property
    def is_met(self) -> bool:
        """Whether it is confirmed, or there anyway."""
        return self.row.is_sure or self.is_there

    @property
    def to_do(self) -> bool:
        """Whether somebody must still do something so that it is there on the day."""
        return self.row.is_needed and self.row.forum.is_coming and not self.is_met

    @property
    def is_late(self) -> bool:
        """Whether it should have been arranged by now."""
        return self.to_do and self.due_on < timezone.localdate()

    @property
    def words(self) -> str:
        """How it stands, in a few words."""
        if not self.row.is_needed:
            return "Not needed any more"
        if self.is_there:
            return "Already there"
        if self.row.fell_through:
            return "Fell through: book it again"
        if self.row.state in Arrangement.SURE and not self.row.is_sure:
            return "Confirmed for another day"
        return str(self.row.get_state_display())


def standing(rows: Iterable[Arrangement]) -> list[Standing]:
    """How these stand, in their order. 3 queries, however many."""
    known = list(rows)
    given = Provision.of(known)
    return [Standing(row, given.answer(row), given.due_on(row)) for row in known]
