"""What a forum offers anyway: whether a need is met without booking anything, and what must still be found out.

It is worked out each time from the forum's offers, their jobs and the venue's access record, and kept nowhere: when the
venue changes, so does the answer. What nobody has asked the venue is not there.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.utils import timezone

from crm.access.models import NeedGroup
from crm.base.kept import kept_for_all, kept_if_few
from crm.venues.models import VenueFact
from engagement.forums.models import Arrangement, ForumOffer, Job, OfferKind
from engagement.forums.vocabulary import Mode

# What stands in the building: with a yes from the venue it is there, whether the forum says that it offers it or not.
BUILT_IN = frozenset({"step_free", "hearing_loop", "parking"})
# What nobody needs who takes part from home.
NOT_ONLINE = frozenset({"step_free", "parking", "quiet_room", "prayer_space", "food"})
USUAL_LEAD = 14  # days before the forum, where no offer of the council's list says more


@dataclass(frozen=True)
class Found:
    """Whether it is there anyway, and the words for it: what is there, or what to find out."""

    there: bool
    words: str


@dataclass(frozen=True)
class _Kind:
    """What the council can offer, as far as it matters here."""

    pk: UUID
    name: str
    venue_fact: str
    job_words: str
    lead_days: int | None
    in_languages: bool


@dataclass(frozen=True)
class _Offer:
    """That one forum offers one of them, perhaps in a language, and whether it is there without doing more."""

    kind: UUID
    language: UUID | None
    ready: bool


@dataclass
class Provision:
    """What some forums offer, loaded for many arrangements at once. 1 query; none when there is nothing to ask."""

    kinds: dict[UUID, list[_Kind]] = field(default_factory=lambda: defaultdict(list))  # by type of need
    offers: dict[UUID, list[_Offer]] = field(default_factory=lambda: defaultdict(list))  # by forum
    facts: dict[UUID, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))  # by venue

    @classmethod
    def of(cls, arrangements: Iterable[Arrangement]) -> Provision:
        """For these."""
        rows, made = list(arrangements), cls()
        if not rows:
            return made
        types = {row.type.pk for row in rows if row.type is not None}
        venues = {row.forum.venue_id for row in rows if row.forum.venue_id}
        forums = {row.forum_id for row in rows}
        for what, owner, told in kept_if_few(_provided, tuple(types), tuple(forums), tuple(venues)):
            made._take(what, _id(owner), json.loads(told) if isinstance(told, str) else told)
        for kinds in made.kinds.values():
            kinds.sort(key=lambda kind: kind.name)
        return made

    def _take(self, what: str, owner: UUID, told: dict[str, Any]) -> None:
        if what == "fact":
            self.facts[owner][told["about"]] = told["answer"]
        elif what == "offer":
            language = _id(told["language"]) if told["language"] else None
            self.offers[owner].append(_Offer(_id(told["kind"]), language, bool(told["have"] or told["done"])))
        else:
            plain = {name: told[name] for name in ("name", "venue_fact", "job_words", "lead_days")}
            self.kinds[owner].append(_Kind(pk=_id(told["id"]), in_languages=bool(told["in_languages"]), **plain))

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

    def _by_kind(self, kind: _Kind, row: Arrangement) -> Found | None:
        if kind.venue_fact in NOT_ONLINE and row.forum.mode == Mode.ONLINE:
            return Found(True, "It is online: nobody needs it")
        offer = self._offer(kind, row)
        if kind.venue_fact in BUILT_IN:
            return self._by_building(kind, row, offered=offer is not None)
        if offer is None:
            return None
        if offer.ready or not kind.job_words:
            return Found(True, f"The forum has it: {kind.name}")
        return Found(False, f"The forum offers it. To do: {kind.job_words}")

    def _offer(self, kind: _Kind, row: Arrangement) -> _Offer | None:
        language = row.language_id if kind.in_languages else None
        fits = (offer for offer in self.offers[row.forum_id] if offer.kind == kind.pk)
        return next((offer for offer in fits if offer.language == language), None)

    def _by_building(self, kind: _Kind, row: Arrangement, *, offered: bool) -> Found | None:
        venue, about = row.forum.venue, VenueFact.About(kind.venue_fact).label
        if venue is None:
            return Found(False, "Choose the venue first") if offered else None
        answer = self.facts[venue.pk].get(kind.venue_fact)
        if answer is None:
            return Found(False, f"Nobody has asked {venue.name}: {str(about).lower()}? Ask, and write it down there")
        if answer == VenueFact.Answer.YES:
            return Found(True, f"{about}, checked at {venue.name}")
        found = "only partly" if answer == VenueFact.Answer.PARTLY else "no"
        return Found(False, f"{venue.name} says {found}: {str(about).lower()}. Arrange it, or choose another venue")

    def lead_days(self, row: Arrangement) -> int:
        """How many days before the forum it must be arranged."""
        kinds = self.kinds.get(row.type.pk, []) if row.type else []
        return max((kind.lead_days or 0 for kind in kinds if kind.lead_days is not None), default=USUAL_LEAD)

    def due_on(self, row: Arrangement) -> date:
        """By which day it must be arranged. It moves with the forum."""
        return row.forum.on - timedelta(days=max(0, self.lead_days(row)))


@kept_for_all
def _provided(types: tuple[UUID, ...], forums: tuple[UUID, ...], venues: tuple[UUID, ...]) -> QuerySet[Any, Any]:
    return _kinds(types).union(_offers(forums), _facts(venues), all=True)


def _kinds(types: Collection[UUID]) -> QuerySet[Any, Any]:
    names = ("id", "name", "venue_fact", "job_words", "lead_days", "in_languages")
    told = JSONObject(**{name: f"offerkind__{name}" for name in names})
    rows = OfferKind.need_types.through.objects.filter(needtype__in=types).order_by()
    return rows.values_list(Value("kind"), "needtype_id", told)


def _offers(forums: Collection[UUID]) -> QuerySet[Any, Any]:
    same = Q(language=OuterRef("language")) | Q(language=None)
    done = Job.objects.filter(same, forum=OuterRef("forum"), kind=OuterRef("kind")).exclude(done_on=None).order_by()
    told = JSONObject(kind="kind_id", language="language_id", have="have_already", done=Exists(done))
    return ForumOffer.objects.filter(forum__in=forums).order_by().values_list(Value("offer"), "forum_id", told)


def _facts(venues: Collection[UUID]) -> QuerySet[Any, Any]:
    told = JSONObject(about="about", answer="answer")
    return VenueFact.objects.filter(venue__in=venues).order_by().values_list(Value("fact"), "venue_id", told)


def _id(told: UUID | str) -> UUID:
    """An id as the database gave it: as one, or in the letters that JSON has."""
    return told if isinstance(told, UUID) else UUID(told)


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
    """How these stand, in their order. 1 query, however many."""
    known = list(rows)
    given = Provision.of(known)
    return [Standing(row, given.answer(row), given.due_on(row)) for row in known]
