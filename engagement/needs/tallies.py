"""The raw numbers of the report on access needs, counted in the database. They leave only through `reports`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from crm.access.models import AccessNeed, NeedReview, NeedShare
from engagement.log.models import Contribution
from engagement.needs.models import NeedOutcome

Slice = tuple[Hashable, ...]
# A person is counted once however many needs they have, and a supporter with a record of their own is that person.
HOLDER = Coalesce("supporter__supporter_id", "supporter_id", "person_id")
LONG_AGO = timedelta(days=365)
Sharing = AccessNeed.Sharing


@dataclass(frozen=True)
class Tallies:
    """Counts by slice and measure. A slice is (kind,), (kind, "group", group), (kind, "type", id) or
    (kind, "locality", id); measures of people count people, those of outcomes count occasions."""

    people: Mapping[Slice, Mapping[str, int]]
    outcomes: Mapping[Slice, Mapping[str, int]]
    met: int
    met_with_needs: int


def count(since: date, until: date, today: date) -> Tallies:
    """Everything the report tells: what stands today, and what happened from `since` until `until`. 7 queries, however
    many people there are. People who asked us to stop using their record are counted: they are in no list."""
    needs = AccessNeed.objects.current().order_by()
    measures = _measures(since, until, today)
    people: dict[Slice, Mapping[str, int]] = {}
    for by, slice_of in _WAYS:
        asked = {name: how for name, how in measures.items() if by == _WHOLE or name not in OF_THE_WHOLE}
        for row in needs.values(*by).annotate(**asked):
            people[slice_of(row)] = {name: row[name] for name in asked}
    met = _people_met(since, until)
    return Tallies(people, _outcomes(since, until), met=met["met"], met_with_needs=met["with_needs"])


OF_THE_WHOLE = frozenset({"never_reviewed", "no_outcome"})  # gaps are told of a kind, not of its types or places
_WHOLE = ("type__kind",)
_WAYS: tuple[tuple[tuple[str, ...], Any], ...] = (
    (_WHOLE, lambda row: (row["type__kind"],)),
    (("type__kind", "type__group"), lambda row: (row["type__kind"], "group", row["type__group"])),
    (("type__kind", "type_id"), lambda row: (row["type__kind"], "type", row["type_id"])),
    (("type__kind", "person__locality_id"), lambda row: (row["type__kind"], "locality", row["person__locality_id"])),
)


def _measures(since: date, until: date, today: date) -> dict[str, Any]:
    """What is counted of the people in each slice. Each is a part of `people`."""
    shared = NeedShare.objects.filter(shared_on__range=(since, until)).order_by().values("need")
    reviewed = NeedReview.objects.order_by().values("need")
    noted = _standing(since, until).values("need")
    present = _present(since, until).values("person")
    return {
        "people": _distinct(),
        "late": _distinct(Q(review_on__lt=today)),
        "not_asked": _distinct(Q(may_share=Sharing.NOT_ASKED)),
        "agreed": _distinct(Q(may_share=Sharing.YES)),
        "shared": _distinct(Q(may_share=Sharing.YES, pk__in=shared)),
        "never_reviewed": _distinct(Q(told_on__lt=today - LONG_AGO) & ~Q(pk__in=reviewed)),
        "no_outcome": _distinct(Q(person__in=present) & ~Q(pk__in=noted)),
    }


def _distinct(which: Q | None = None) -> Count:
    return Count(HOLDER, distinct=True, filter=which)


def _present(since: date, until: date) -> QuerySet[Contribution]:
    """Who was met by name at contacts that stand."""
    return Contribution.objects.filter(
        event__occurred_on__range=(since, until), event__withdrawn_at=None, person__isnull=False
    ).order_by()


def _people_met(since: date, until: date) -> dict[str, int]:
    # A supporter's need is not the person's own: whoever was met with them still has none recorded.
    needs = AccessNeed.objects.current().order_by().annotate(holder=HOLDER).values("holder")
    counted: dict[str, int] = _present(since, until).aggregate(
        met=Count("person", distinct=True), with_needs=Count("person", distinct=True, filter=Q(person__in=needs))
    )
    return counted


def _standing(since: date, until: date) -> QuerySet[NeedOutcome]:
    return NeedOutcome.objects.filter(happened_on__range=(since, until), event__withdrawn_at=None).order_by()


def _outcomes(since: date, until: date) -> dict[Slice, Counter[str]]:
    """Occasions by slice: how many met, partly, not met, and why not. An occasion stands in one type and one place."""
    fields = ("need__type__kind", "need__type__group", "need__type_id", "need__person__locality_id", "met", "why")
    found: dict[Slice, Counter[str]] = defaultdict(Counter)
    for kind, group, type_id, locality, met, why, number in (
        _standing(since, until).values_list(*fields).annotate(number=Count("pk"))
    ):
        for where in ((kind,), (kind, "group", group), (kind, "type", type_id), (kind, "locality", locality)):
            found[where]["occasions"] += number
            found[where][met] += number
            if met != NeedOutcome.Met.MET:
                found[where]["unmet"] += number
                found[where][f"why_{why}"] += number
    return found
