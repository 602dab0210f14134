"""The raw numbers of the report on access needs, counted in the database. They leave only through `reports`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from crm.access.models import HOLDER, AccessNeed, NeedReview, NeedShare, NoNeed
from engagement.log.models import Contribution
from engagement.needs.models import NeedOutcome

Slice = tuple[Hashable, ...]
LONG_AGO = timedelta(days=365)
Sharing = AccessNeed.Sharing


@dataclass(frozen=True)
class Tallies:
    """Counts by slice and measure. A slice is (kind,), (kind, "locality", id), (kind, "group", group) or
    (kind, "type", id), and the last two again with the id of a locality behind them; measures of people count people,
    those of outcomes count occasions. `asked` is by locality: whether people met by name were asked what they need,
    and who needs nothing."""

    people: Mapping[Slice, Mapping[str, int]]
    outcomes: Mapping[Slice, Mapping[str, int]]
    asked: Mapping[Hashable, Mapping[str, int]]


def count(since: date, until: date, as_of: date) -> Tallies:
    """Everything the report tells: what stood at the end of `as_of`, and what happened from `since` until `until`.
    9 queries, however many people there are. People who asked us to stop using their record are counted: they are in
    no list."""
    needs = AccessNeed.objects.stood_on(as_of).order_by()
    measures = _measures(since, until, as_of)
    people: dict[Slice, Mapping[str, int]] = {}
    for by, slice_of in _WAYS:
        told = {name: how for name, how in measures.items() if by in _OF_A_KIND or name not in OF_A_KIND}
        for row in needs.values(*by).annotate(**told):
            people[slice_of(row)] = {name: row[name] for name in told}
    return Tallies(people, _outcomes(since, until), _asked(since, until, as_of))


OF_A_KIND = frozenset({"never_reviewed", "no_outcome"})  # gaps are told of a kind and a place, not of its types
_OF_A_KIND = (("type__kind",), ("type__kind", "person__locality_id"))
_WAYS: tuple[tuple[tuple[str, ...], Any], ...] = (
    (_OF_A_KIND[0], lambda row: (row["type__kind"],)),
    (_OF_A_KIND[1], lambda row: (row["type__kind"], "locality", row["person__locality_id"])),
    (("type__kind", "type__group"), lambda row: (row["type__kind"], "group", row["type__group"])),
    (("type__kind", "type_id"), lambda row: (row["type__kind"], "type", row["type_id"])),
    (
        ("type__kind", "type__group", "person__locality_id"),
        lambda row: (row["type__kind"], "group", row["type__group"], row["person__locality_id"]),
    ),
    (
        ("type__kind", "type_id", "person__locality_id"),
        lambda row: (row["type__kind"], "type", row["type_id"], row["person__locality_id"]),
    ),
)


def _measures(since: date, until: date, as_of: date) -> dict[str, Any]:
    """What is counted of the people in each slice. Each is a part of `people`."""
    shared = NeedShare.objects.filter(shared_on__range=(since, until)).order_by().values("need")
    reviewed = NeedReview.objects.filter(reviewed_on__lte=as_of).order_by().values("need")
    late_then = NeedReview.objects.filter(reviewed_on__gt=as_of, due_on__lt=as_of).order_by().values("need")
    noted = _standing(since, until).values("need")
    present = _present(since, until).values("person")
    return {
        "people": _distinct(),
        "late": _distinct(Q(review_on__lt=as_of) | Q(pk__in=late_then)),
        "not_asked": _distinct(Q(may_share=Sharing.NOT_ASKED)),
        "agreed": _distinct(Q(may_share=Sharing.YES)),
        "shared": _distinct(Q(may_share=Sharing.YES, pk__in=shared)),
        "never_reviewed": _distinct(Q(told_on__lt=as_of - LONG_AGO) & ~Q(pk__in=reviewed)),
        "no_outcome": _distinct(Q(person__in=present) & ~Q(pk__in=noted)),
    }


def _distinct(which: Q | None = None) -> Count:
    return Count(HOLDER, distinct=True, filter=which)


def _present(since: date, until: date) -> QuerySet[Contribution]:
    """Who was met by name at contacts that stand."""
    return Contribution.objects.filter(
        event__occurred_on__range=(since, until), event__withdrawn_at=None, person__isnull=False
    ).order_by()


def _asked(since: date, until: date, as_of: date) -> Mapping[Hashable, Mapping[str, int]]:
    """By locality: of the people met by name, who has a need, who was asked and needs nothing, whose needs all ended,
    and whom nobody asked (the rest); and everybody, met or not, who needs nothing."""
    # A supporter's need is not the person's own: whoever was met with them may still have none.
    with_needs = AccessNeed.objects.stood_on(as_of).order_by().annotate(holder=HOLDER).values("holder")
    ever = AccessNeed.objects.filter(told_on__lte=as_of).order_by().annotate(holder=HOLDER).values("holder")
    nothing = NoNeed.objects.stood_on(as_of).order_by().exclude(person__in=with_needs)
    has, had = Q(person__in=with_needs), Q(person__in=ever)
    none = Q(person__in=nothing.values("person"))
    met = (
        _present(since, until)
        .values("person__locality_id")
        .annotate(
            met=Count("person", distinct=True),
            with_needs=Count("person", distinct=True, filter=has),
            needs_nothing=Count("person", distinct=True, filter=none),
            ended=Count("person", distinct=True, filter=had & ~has & ~none),
        )
    )
    everybody = nothing.values("person__locality_id").annotate(
        nothing=Count("person", distinct=True),
        nothing_late=Count("person", distinct=True, filter=Q(review_on__lt=as_of)),
    )
    found: dict[Hashable, dict[str, int]] = defaultdict(dict)
    for row in (*met, *everybody):
        told: dict[str, Any] = {**row}
        found[told.pop("person__locality_id")].update(told)
    return found


def _standing(since: date, until: date) -> QuerySet[NeedOutcome]:
    return NeedOutcome.objects.filter(happened_on__range=(since, until), event__withdrawn_at=None).order_by()


def _outcomes(since: date, until: date) -> dict[Slice, Counter[str]]:
    """Occasions by slice: how many met, partly, not met, and why not. An occasion stands in one type and one place."""
    fields = ("need__type__kind", "need__type__group", "need__type_id", "need__person__locality_id", "met", "why")
    found: dict[Slice, Counter[str]] = defaultdict(Counter)
    for kind, group, type_id, locality, met, why, number in (
        _standing(since, until).values_list(*fields).annotate(number=Count("pk"))
    ):
        by_group, by_type = (kind, "group", group), (kind, "type", type_id)
        for where in (
            (kind,), (kind, "locality", locality), by_group, by_type, (*by_group, locality), (*by_type, locality)
        ):  # fmt: skip
            found[where]["occasions"] += number
            found[where][met] += number
            if met != NeedOutcome.Met.MET:
                found[where]["unmet"] += number
                found[where][f"why_{why}"] += number
    return found
