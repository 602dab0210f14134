"""What ties the numbers of the report on access needs to each other: no hidden one may be worked out from the others.

The report of the whole council and the report of each locality are cut from the same figures, hidden together once:
taking one report from another gives nothing away that a page does not show.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from crm.access.models import NeedGroup, NeedKind, NeedType
from crm.counting.figures import Figure, tied
from engagement.needs.models import NeedOutcome
from engagement.needs.tallies import OF_A_KIND, Slice, Tallies

EVERYWHERE = "everywhere"  # the place of the whole council
WHY = dict(NeedOutcome.Why.choices)
MET = ("with_needs", "needs_nothing", "ended", "nobody_asked")  # whoever was met by name is one of these
Sum = tuple[Any, Sequence[Any]]

# Within a line: a total, and the parts it falls into. Parts that no page shows must still stand here.
_WITHIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("people", ("in_time", "late")),
    ("people", ("asked", "not_asked")),
    ("people", ("agreed", "not_agreed")),
    ("agreed", ("shared", "not_shared")),
    ("occasions", ("met", "unmet")),
    ("unmet", ("partly", "not_met")),
    ("unmet", tuple(f"why_{why}" for why in WHY)),
)
_WITHIN_A_KIND = (
    ("people", ("never_reviewed", "reviewed_or_new")),
    ("people", ("no_outcome", "outcome_or_not_met")),
)
_WITHIN_A_PLACE = (
    ("met", MET),
    ("nothing", ("nothing_late", "nothing_in_time")),
    ("nothing", ("needs_nothing", "nothing_not_met")),
)
_OF_PEOPLE = ("people", "in_time", "late", "asked", "not_asked", "agreed", "not_agreed", "shared", "not_shared")
_OF_A_KINDS_PEOPLE = (*_OF_PEOPLE, "never_reviewed", "reviewed_or_new", "no_outcome", "outcome_or_not_met")
_OF_OCCASIONS = ("occasions", "met", "unmet", "partly", "not_met", *(f"why_{why}" for why in WHY))


def slice_of(kind: str, place: Hashable, *by: Hashable) -> Slice:
    """The slice of a kind in a place, and in it of a group or type (`"group", key`)."""
    if place == EVERYWHERE:
        return (kind, *by)
    return (kind, *by, place) if by else (kind, "locality", place)


def figures(tallies: Tallies, types: Sequence[NeedType], places: Sequence[Hashable]) -> dict[Any, Figure]:
    """Every number of every report there is, by slice and measure, and by ("asked", place, measure)."""
    numbers: dict[Any, int] = {}
    sums: list[Sum] = []
    for where in _slices(types, places):
        numbers |= {(*where, name): number for name, number in _line(tallies, where).items()}
        within = (*_WITHIN, *_WITHIN_A_KIND) if _is_of_a_kind(where) else _WITHIN
        sums += _of(where, within)
    asked = _asked(tallies, places)
    for place, told in asked.items():
        numbers |= {("asked", place, name): number for name, number in told.items()}
        sums += _of(("asked", place), _WITHIN_A_PLACE)
    sums += _across(types, places)
    sums += [(("asked", EVERYWHERE, name), [("asked", place, name) for place in places]) for name in asked[EVERYWHERE]]
    return tied(numbers, sums)


def _of(where: Slice, within: Sequence[tuple[str, Sequence[str]]]) -> list[Sum]:
    return [((*where, total), [(*where, part) for part in parts]) for total, parts in within]


def _is_of_a_kind(where: Slice) -> bool:
    return len(where) == 1 or where[1] == "locality"


def _ways(types: Sequence[NeedType]) -> dict[str, list[list[tuple[str, Hashable]]]]:
    """By kind: the lists of groups and of types into which its occasions fall."""
    groups: list[tuple[str, Hashable]] = [("group", group) for group in NeedGroup.values]
    found: dict[str, list[list[tuple[str, Hashable]]]] = {}
    for kind in NeedKind.values:
        typed: list[tuple[str, Hashable]] = [("type", row.pk) for row in types if row.kind == kind]
        lists = [groups if kind == NeedKind.COMMUNICATION else [], typed]
        found[kind] = [ways for ways in lists if ways]
    return found


def _slices(types: Sequence[NeedType], places: Sequence[Hashable]) -> Iterator[Slice]:
    """Every line there is, whether anybody stands in it or not: that a line is there says nothing."""
    for kind, lists in _ways(types).items():
        for place in (EVERYWHERE, *places):
            yield slice_of(kind, place)
            yield from (slice_of(kind, place, *way) for ways in lists for way in ways)


def _across(types: Sequence[NeedType], places: Sequence[Hashable]) -> Iterator[Sum]:
    """Across lines: everybody lives in one locality; every occasion is of one type, one group and one locality.
    People may have needs of several types and groups, so those do not add up and cannot give each other away."""
    for kind, lists in _ways(types).items():
        for name in (*_OF_A_KINDS_PEOPLE, *_OF_OCCASIONS):
            yield (kind, name), [(*slice_of(kind, place), name) for place in places]
        for ways in lists:
            for place in (EVERYWHERE, *places):
                for name in _OF_OCCASIONS:
                    yield (*slice_of(kind, place), name), [(*slice_of(kind, place, *way), name) for way in ways]
            for way in ways:
                for name in (*_OF_PEOPLE, *_OF_OCCASIONS):
                    yield (kind, *way, name), [(*slice_of(kind, place, *way), name) for place in places]


def _line(tallies: Tallies, where: Slice) -> dict[str, int]:
    """The counts of one line, with what is left of each: an unknown line counts nobody."""
    told = tallies.people.get(where, {})
    names = ("people", "late", "not_asked", "agreed", "shared", *(OF_A_KIND if _is_of_a_kind(where) else ()))
    n = {name: told.get(name, 0) for name in names}
    rest = {
        "in_time": n["people"] - n["late"],
        "asked": n["people"] - n["not_asked"],
        "not_agreed": n["people"] - n["agreed"],
        "not_shared": n["agreed"] - n["shared"],
    }
    if _is_of_a_kind(where):
        rest["reviewed_or_new"] = n["people"] - n["never_reviewed"]
        rest["outcome_or_not_met"] = n["people"] - n["no_outcome"]
    happened = tallies.outcomes.get(where, {})
    return {**n, **rest, **{name: happened.get(name, 0) for name in _OF_OCCASIONS}}


def _asked(tallies: Tallies, places: Sequence[Hashable]) -> Mapping[Hashable, Mapping[str, int]]:
    """By place, the whole council first: who of the people met was asked, and everybody who needs nothing."""
    here = {place: _asked_in(tallies.asked.get(place, {})) for place in places}
    whole = {name: sum(told[name] for told in here.values()) for name in _asked_in({})}
    return {EVERYWHERE: whole, **here}


def _asked_in(told: Mapping[str, int]) -> dict[str, int]:
    n = {name: told.get(name, 0) for name in ("met", *MET[:-1], "nothing", "nothing_late")}
    return {
        **n,
        "nobody_asked": n["met"] - n["with_needs"] - n["needs_nothing"] - n["ended"],
        "nothing_in_time": n["nothing"] - n["nothing_late"],
        "nothing_not_met": n["nothing"] - n["needs_nothing"],
    }
