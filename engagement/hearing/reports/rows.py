"""The same numbers as flat rows, for files and for other programs: every column always there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from crm.areas.models import Area
from crm.communities.models import Community
from engagement.hearing.reports.grid import Cell, Wanted, cells, nested_in
from engagement.hearing.reports.people import people_shown
from engagement.hearing.reports.picture import names_then
from engagement.hearing.reports.quiet import Hearing, hearings
from engagement.log.models import Topic

Row = dict[str, Any]
COLUMNS = ("community_id", "community", "locality_id", "locality", "topic_id", "topic", "month", "contacts", "direct",
           "through", "contacts_without_headcount", "people", "people_hidden", "last_heard_on", "quiet")  # fmt: skip
WITH_PEOPLE = ("community", "locality")


def flat_rows(wanted: Wanted, by: Sequence[str]) -> list[Row]:
    """The rows, counted by some of community, locality, topic and month. At most 10 queries.

    People are given only by community and locality: by topic or month, small numbers could be worked out. There, each
    community has a row for each locality, also with 0 contacts, and says whether it is quiet; otherwise only rows with
    a contact are told. `quiet` is of today, whatever the period.
    """
    names = _names(wanted)
    found = cells(wanted, by)
    if tuple(by) != WITH_PEOPLE:
        return [_row(dict(zip(by, cell.key, strict=True)), cell, names) for cell in found]
    return _with_people_and_quiet(wanted, found, names)


def _with_people_and_quiet(wanted: Wanted, found: Sequence[Cell], names: Mapping[Any, str]) -> list[Row]:
    by_key: dict[tuple[Any, ...], Cell] = {cell.key: cell for cell in found}
    heard = {} if wanted.as_it_was else _heard(wanted)
    for key in heard:
        by_key.setdefault(key, Cell(key, 0, 0, 0, 0, 0))
    counted: dict[UUID, dict[UUID | None, int]] = {}
    for (community, place), cell in by_key.items():
        if community is not None and cell.uncounted < cell.contacts:
            counted.setdefault(community, {})[place] = cell.people
    shown = people_shown(counted, nested_in(counted))
    rows = []
    for key, cell in by_key.items():
        table = shown.get(key[0])
        figure = table.cells.get(key[1]) if table else None
        row = _row(dict(zip(WITH_PEOPLE, key, strict=True)), cell, names)
        rows.append({**row, **_people(figure), **_quiet(heard.get(key))})
    return sorted(rows, key=lambda row: (row["community"] or "~", row["locality"] or "~"))


def _heard(wanted: Wanted) -> dict[tuple[Any, ...], Hearing]:
    communities = Community.objects.current().filter(kind=Community.Kind.COMMUNITY)
    if wanted.community is not None:
        communities = communities.within(wanted.community)
    places = [wanted.locality] if wanted.locality else None
    rows = hearings(list(communities), localities=places)
    here = [row for row in rows if row.locality is not None] or rows  # a council may have no localities
    return {(row.community.pk, row.locality.pk if row.locality else None): row for row in here}


def _names(wanted: Wanted) -> dict[Any, str]:
    """Id → name of every community, locality and topic; the names of the period's last day where it is told as it
    was."""
    communities = list(Community.objects.all())
    then = names_then(communities, wanted.last_day) if wanted.as_it_was else {}
    return {
        **{community.pk: then.get(community.pk, community.name) for community in communities},
        **dict(Area.objects.localities().values_list("pk", "name")),
        **dict(Topic.objects.values_list("pk", "name")),
    }


def _row(key: Mapping[str, Any], cell: Cell, names: Mapping[Any, str]) -> Row:
    row: Row = dict.fromkeys(COLUMNS)
    for what in ("community", "locality", "topic"):
        row[f"{what}_id"], row[what] = key.get(what), names.get(key.get(what))
    return {
        **row,
        "month": key.get("month"),
        "contacts": cell.contacts,
        "direct": cell.direct,
        "through": cell.through,
        "contacts_without_headcount": cell.uncounted,
        "people_hidden": False,
    }


def _people(figure: Any) -> Row:
    return {"people": figure.value if figure else None, "people_hidden": figure is not None and figure.is_hidden}


def _quiet(hearing: Hearing | None) -> Row:
    if hearing is None:
        return {}
    return {"last_heard_on": hearing.last_on, "quiet": hearing.is_quiet}
