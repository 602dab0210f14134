"""The raw numbers of the report on access needs, counted in the database. They leave only through `reports`."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from crm.access.models import HOLDER, AccessNeed, NeedReview, NeedShare, NoNeed
from crm.people.models import Person
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
    4 queries, however many people there are. People who asked us to stop using their record are counted: they are in
    no list."""
    return Tallies(_people(since, until, as_of), _outcomes(since, until), _asked(since, until, as_of))


OF_A_KIND = frozenset({"never_reviewed", "no_outcome"})  # gaps are told of a kind and a place, not of its types
KIND, GROUP, TYPE, PLACE = "type__kind", "type__group", "type_id", "person__locality_id"
_WAYS: tuple[tuple[tuple[str, ...], Callable[[Any], Slice]], ...] = (
    ((KIND,), lambda row: (row[KIND],)),
    ((KIND, PLACE), lambda row: (row[KIND], "locality", row[PLACE])),
    ((KIND, GROUP), lambda row: (row[KIND], "group", row[GROUP])),
    ((KIND, TYPE), lambda row: (row[KIND], "type", row[TYPE])),
    ((KIND, GROUP, PLACE), lambda row: (row[KIND], "group", row[GROUP], row[PLACE])),
    ((KIND, TYPE, PLACE), lambda row: (row[KIND], "type", row[TYPE], row[PLACE])),
)


def _people(since: date, until: date, as_of: date) -> dict[Slice, Mapping[str, int]]:
    """Each need is looked at once, and its holder counted once in every slice it stands in: one query. Asked for by
    slice, the needs were looked at six times, and the database gave up keeping the lists they are looked up in."""
    measures = _measures(since, until, as_of)
    needs = AccessNeed.objects.stood_on(as_of).order_by().annotate(holder=HOLDER, **measures)
    statement, values = needs.values(KIND, GROUP, TYPE, PLACE, "holder", *measures).query.sql_with_params()
    ways = " UNION ALL ".join(_way(place, by, measures) for place, (by, _) in enumerate(_WAYS))
    found: dict[Slice, Mapping[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(f"WITH needs AS ({statement}) {ways}", values)  # every name is ours
        for place, kind, group, type_id, locality, *numbers in cursor.fetchall():
            by, slice_of = _WAYS[place]
            row = {KIND: kind, GROUP: group, TYPE: _id(type_id), PLACE: _id(locality)}
            told = dict(zip(("people", *measures), map(int, numbers), strict=True))
            narrow = GROUP in by or TYPE in by
            found[slice_of(row)] = {name: told[name] for name in told if not (narrow and name in OF_A_KIND)}
    return found


def _way(place: int, by: Sequence[str], measures: Iterable[str]) -> str:
    """One way to slice: of each holder in a slice whether any of their needs there counts, and then how many do."""
    keys = ", ".join(f'"{name}"' for name in by)
    shown = ", ".join(
        f"CAST({f'{chr(34)}{name}{chr(34)}' if name in by else 'NULL'} AS varchar(40))"
        for name in (KIND, GROUP, TYPE, PLACE)
    )
    any_of = "".join(f', MAX("{name}") AS "{name}"' for name in measures)
    sums = "".join(f', SUM("{name}")' for name in measures)
    return (
        f"SELECT {place}, {shown}, COUNT(*){sums} FROM (SELECT {keys}{any_of} FROM needs "  # noqa: S608
        f"WHERE holder IS NOT NULL GROUP BY {keys}, holder) AS way_{place} GROUP BY {keys}"
    )


def _id(key: str | None) -> UUID | None:
    return UUID(key) if key else None


def _measures(since: date, until: date, as_of: date) -> dict[str, Case]:
    """What is counted of the people in each slice, 1 or 0 of each need. Each is a part of `people`. Asked need by need,
    by an index: the list of all who were met in a year is more than a database keeps at hand."""
    of_it: dict[str, Any] = {"need": OuterRef("pk")}
    shared = Exists(NeedShare.objects.filter(shared_on__range=(since, until), **of_it))
    reviewed = Exists(NeedReview.objects.filter(reviewed_on__lte=as_of, **of_it))
    late_then = Exists(NeedReview.objects.filter(reviewed_on__gt=as_of, due_on__lt=as_of, **of_it))
    noted = Exists(_standing(since, until).filter(**of_it))
    present = Exists(_present(since, until).filter(person=OuterRef("person")))
    return {
        "late": _whether(Q(review_on__lt=as_of) | Q(late_then)),
        "not_asked": _whether(Q(may_share=Sharing.NOT_ASKED)),
        "agreed": _whether(Q(may_share=Sharing.YES)),
        "shared": _whether(Q(may_share=Sharing.YES) & Q(shared)),
        "never_reviewed": _whether(Q(told_on__lt=as_of - LONG_AGO) & ~Q(reviewed)),
        "no_outcome": _whether(~Q(noted) & Q(present)),
    }


def _whether(which: Q) -> Case:
    return Case(When(which, then=Value(1)), default=Value(0))


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
    has, had = Q(pk__in=with_needs), Q(pk__in=ever)
    none = Q(pk__in=nothing.values("person"))
    # Of people and not of contacts: each is looked at once, however often they were met.
    met = (
        Person.objects.filter(pk__in=_present(since, until).values("person"))
        .order_by()
        .values(person__locality_id=F("locality_id"))
        .annotate(
            met=Count("pk"),
            with_needs=Count("pk", filter=has),
            needs_nothing=Count("pk", filter=none),
            ended=Count("pk", filter=had & ~has & ~none),
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
