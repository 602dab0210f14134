"""Loading a council's areas from its files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from crm.areas import permissions, rules
from crm.areas.files import AreaFiles
from crm.areas.models import Area, AreaFigure, AreaGrouping, Council
from crm.audit.actions import action, record, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.models import Record
from crm.base.registries import Registry
from crm.base.rules import refuse_input_if

# Rooms that store where something lay put a function in here: it is called, inside the action, with the areas whose
# groupings were *corrected* (they were wrong from the start). A change from a day on calls nobody: the past stands.
groupings_corrected: Registry[Callable[[Sequence[Area]], object]] = Registry("after groupings were corrected")


@dataclass
class Loaded:
    """How many rows a load added, changed and removed. Running the same files again gives none."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.removed} removed"


@action(permissions.load_areas)
def load_areas(*, actor: Actor, files: AreaFiles) -> Loaded:
    """Make council, areas, groupings and figures what the files say; all or nothing, and nothing the second time.

    A line with the same area (or the same two areas and first day) as a row corrects the row; a grouping that the file
    no longer holds for a listed area was wrong and goes. An end and a new beginning are a change: both rows stay.
    Areas that the files do not name are left alone. Raises `InputBlocked` with every mistake and its line.
    """
    refuse_input_if(rules.blockers_to_loading(files))
    loaded = Loaded()
    _save(loaded, Council.objects.first() or Council(), dict(files.council[0].values))
    areas = _load_areas(loaded, files)
    _load_groupings(loaded, files, areas)
    _load_figures(loaded, files, areas)
    return loaded


def _save(loaded: Loaded, row: Record, values: dict[str, Any]) -> None:
    adding = row._state.adding
    for name, value in values.items():
        setattr(row, name, value)
    changed = bool(row.changed_fields())
    write(row, verb=Verb.AREA_LOADED if adding else Verb.AREA_CHANGED)
    loaded.added += adding
    loaded.changed += not adding and changed


def _load_areas(loaded: Loaded, files: AreaFiles) -> dict[str, Area]:
    known = {area.code: area for area in Area.objects.filter(code__in=[line["code"] for line in files.areas])}
    for line in files.areas:
        area = known.setdefault(line["code"], Area())
        days = {"first_day": line.day("first_day"), "last_day": line.day("last_day")}
        _save(loaded, area, {**line.values, **days})
    return known


def _load_groupings(loaded: Loaded, files: AreaFiles, areas: dict[str, Area]) -> None:
    listed = AreaGrouping.objects.filter(inner__in=areas.values())
    standing = {(row.inner_id, row.outer_id, row.first_day): row for row in listed}
    for line in files.groupings:
        inner, outer, first = areas[line["inner_code"]], areas[line["outer_code"]], line.day("first_day")
        row = standing.pop((inner.pk, outer.pk, first), None)  # type: ignore[arg-type]  # the rules refused None
        if row is None:
            row = AreaGrouping(inner=inner, outer=outer)
        _save(loaded, row, {"first_day": first, "last_day": line.day("last_day")})
    for row in standing.values():
        _remove(loaded, row)
    wrong = {row.inner_id for row in standing.values()}
    if wrong:
        for follow in groupings_corrected:
            follow([area for area in areas.values() if area.pk in wrong])


def _remove(loaded: Loaded, row: AreaGrouping) -> None:
    was = {"outer": (str(row.outer_id), None), "first_day": (row.first_day, None), "last_day": (row.last_day, None)}
    record(Verb.AREA_CHANGED, subject=row, fields=sorted(was), values=was)
    row.delete()
    loaded.removed += 1


def _load_figures(loaded: Loaded, files: AreaFiles, areas: dict[str, Area]) -> None:
    listed = AreaFigure.objects.filter(area__in=areas.values())
    standing = {(row.area_id, row.name, row.as_at): row for row in listed}
    for line in files.figures:
        area = areas[line["code"]]
        row = standing.get((area.pk, line["name"], line["as_at"])) or AreaFigure(area=area)
        values = {"name": line["name"], "as_at": line["as_at"], "source": line["source"], "value": int(line["value"])}
        _save(loaded, row, values)
