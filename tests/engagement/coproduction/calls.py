"""How each action about themes is called in a world: who may, and with what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engagement.coproduction.themes.actions import merge_theme
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.themes.reports.words import points_of
from tests.engagement.coproduction.helpers import a_point, a_theme, themed
from tests.world import World

Call = tuple[Any, dict[str, Any]]


def _some(world: World) -> dict[str, Any]:
    theme = themed(world, 2)
    return {"theme": theme, "points": list(points_of(theme, reader=world.amina))[:1]}


def _merged(world: World) -> Call:
    theme = themed(world, 1, "Merged")
    merge_theme(actor=world.amina, theme=theme, into=themed(world), reason="The same")
    return world.amina, {"theme": theme}


CALLS: dict[str, Callable[[World], Call]] = {
    "add_theme": lambda w: (w.amina, {"details": ThemeDetails("Buses"), "points": [a_point(w)]}),
    "change_theme": lambda w: (w.amina, {"theme": themed(w), "details": ThemeDetails("Buses")}),
    "gather_points": lambda w: (w.amina, {"theme": themed(w), "points": [a_point(w)]}),
    "release_points": lambda w: (w.amina, _some(w)),
    "split_theme": lambda w: (w.amina, {**_some(w), "details": ThemeDetails("Buses")}),
    "merge_theme": lambda w: (w.amina, {"theme": themed(w), "into": a_theme(w, "Buses"), "reason": "The same"}),
    "nest_theme": lambda w: (w.amina, {"theme": themed(w), "parent": a_theme(w, "Buses")}),
    "close_theme": lambda w: (w.amina, {"theme": themed(w), "reason": "Answered"}),
    "reopen_theme": _merged,
}
