"""How each action about themes and projects is called in a world: who may, and with what."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from crm.base.actors import SYSTEM
from crm.base.writing import writing_allowed
from crm.erasing.details import ErasureDetails
from engagement.coproduction.projects.details import LeavingDetails, LevelDetails, PartDetails, RoundDetails
from engagement.coproduction.projects.files import shipped_ladder
from engagement.coproduction.projects.models import FeltRound
from engagement.coproduction.themes.actions import merge_theme
from engagement.coproduction.themes.details import ThemeDetails
from engagement.coproduction.themes.reports.words import points_of
from tests.crm.erasing import helpers as forgetting
from tests.engagement.coproduction.helpers import (
    a_place,
    a_point,
    a_project,
    a_round,
    a_secret,
    a_theme,
    asked_by_letter,
    letters_of_rounds,
    project_details,
    rung,
    themed,
)
from tests.world import World

Call = tuple[Any, dict[str, Any]]


def _some(world: World) -> dict[str, Any]:
    theme = themed(world, 2)
    return {"theme": theme, "points": list(points_of(theme, reader=world.amina))[:1]}


def _merged(world: World) -> Call:
    theme = themed(world, 1, "Merged")
    merge_theme(actor=world.amina, theme=theme, into=themed(world), reason="The same")
    return world.amina, {"theme": theme}


def _soon() -> Any:
    return timezone.localdate() + timedelta(days=7)


def _answers(world: World) -> Call:
    secret = a_secret(world)
    return AnonymousUser(), {"round": a_round(world), "secret": secret, "rung": rung("engagement")}


def _writes(world: World) -> Call:
    letters_of_rounds(world)
    a_place(world)
    return world.amina, {"round": a_round(world)}


def _over(world: World) -> Call:
    asked = a_round(world)
    with writing_allowed():
        FeltRound.objects.filter(pk=asked.pk).update(closes_on=timezone.localdate() - timedelta(days=1))
    return SYSTEM, {}


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
    "load_ladder": lambda w: (SYSTEM, {"lines": shipped_ladder()}),
    "open_project": lambda w: (w.amina, {"details": project_details(), "level": LevelDetails(rung())}),
    "change_project": lambda w: (w.amina, {"project": a_project(w), "details": project_details("Rest for carers")}),
    "declare_level": lambda w: (w.amina, {"project": a_project(w), "details": LevelDetails(rung("engagement"), "Law")}),
    "move_project": lambda w: (w.amina, {"project": a_project(w), "stage": "deliver", "words": "Signed"}),
    "close_project": lambda w: (w.amina, {"project": a_project(w), "words": "Carers can book by phone"}),
    "take_part": lambda w: (w.amina, {"project": a_project(w), "person": w.person, "details": PartDetails()}),
    "leave_project": lambda w: (w.amina, {"place": a_place(w), "details": LeavingDetails("not_heard", "Nobody wrote")}),
    "open_felt_round": lambda w: (w.amina, {"project": a_project(w), "details": RoundDetails(9, _soon())}),
    "take_felt_links": lambda w: (w.amina, {"round": a_round(w)}),
    "draft_felt_letters": _writes,
    "send_felt_letters": lambda w: (w.amina, {"round": asked_by_letter(w)}),
    "forget_felt_links": _over,
    "answer_felt": _answers,
    "record_erasure": lambda w: (
        w.amina,
        {"person": w.person, "details": ErasureDetails(timezone.localdate(), "By letter")},
    ),
    "decide_erasure": lambda w: (
        w.lead,
        {
            "request": forgetting.a_request(w),
            "outcome": "granted",
            "reason": "Not needed any more",
            "looked": forgetting.LOOKED,
        },
    ),
    "erase_person": lambda w: (w.lead, {"request": forgetting.granted(w), "looked": forgetting.LOOKED}),
    "erase_again": lambda w: (SYSTEM, {"erased": forgetting.in_the_list(w)}),
    "export_thread": lambda w: (w.amina, {"record": themed(w)}),
    "number_feed": lambda w: (w.amina, themed(w) and {}),
}
