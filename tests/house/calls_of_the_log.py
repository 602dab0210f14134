"""How the actions are called that belong to contacts, their points and their promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone

from engagement.log.actions import keep_promise
from engagement.log.details import EventDetails, PointDetails, PromiseDetails, SafeguardingDetails
from engagement.log.models import EngagementEvent
from tests.world import World

Call = tuple[Any, dict[str, Any]]


def _details(world: World, **changes: Any) -> EventDetails:
    plain = {
        "occurred_on": timezone.localdate(),
        "organisations": [world.group],
        "people": [world.person],
        "points": [PointDetails(words="The letters came in English only.")],
        "promises": [PromiseDetails(words="Bring the form", due_on=timezone.localdate() + timedelta(days=3))],
    }
    return EventDetails(**{**plain, **changes})


def _about_a_promise(world: World) -> dict[str, Any]:
    return {"promise": world.promise()}


def _changed_promise(world: World) -> Call:
    due = timezone.localdate() + timedelta(days=9)
    changed = PromiseDetails(words="Send the leaflet in Urdu and Pashto", due_on=due)
    return world.amina, {**_about_a_promise(world), "changed": changed, "reason": "The printer broke"}


def _corrected_point(world: World) -> Call:
    event = world.contact()
    return world.amina, {
        "event": event,
        "point": event.points.get(),
        "corrected": PointDetails(words="Nobody told us."),
        "reason": "She said it shorter",
    }


def _referral() -> SafeguardingDetails:
    return SafeguardingDetails(passed_on_at=timezone.now() - timedelta(hours=1), to_team="Adult safeguarding")


LOGGED: dict[str, Callable[[World], Call]] = {
    "log_event": lambda w: (w.amina, {"details": _details(w)}),
    "correct_event": lambda w: (
        w.amina,
        {
            "event": w.contact(),
            "details": _details(w, place="The library", officers=[w.amina]),
            "reason": "It was elsewhere",
        },
    ),
    "finish_next_step": lambda w: (w.amina, {"event": w.contact(follow_up="Ring the hall")}),
    "withdraw_event": lambda w: (w.amina, {"event": w.contact(), "reason": "Logged twice"}),
    "restrict_event": lambda w: (w.amina, {"event": w.contact(), "readers": [w.manager]}),
    "export_events": lambda w: (w.amina, {"events": EngagementEvent.objects.all()}),
    "read_restricted_events": lambda w: (w.amina, {"events": [w.contact()]}),
    "read_restricted_people": lambda w: (w.amina, {"people": [w.person]}),
    "pass_on_safeguarding": lambda w: (w.amina, {"event": w.contact(), "details": _referral()}),
    "add_point": lambda w: (w.amina, {"event": w.contact(), "point": PointDetails(words="And the bus stopped.")}),
    "correct_point": _corrected_point,
    "make_promise": lambda w: (
        w.amina,
        {"event": w.contact(), "promise": PromiseDetails(words="Ring back", due_on=timezone.localdate())},
    ),
    "keep_promise": lambda w: (w.amina, _about_a_promise(w)),
    "break_promise": lambda w: (w.amina, {**_about_a_promise(w), "reason": "No money"}),
    "withdraw_promise": lambda w: (w.amina, {**_about_a_promise(w), "reason": "They found one"}),
    "change_promise": _changed_promise,
    "reopen_promise": lambda w: (
        w.amina,
        {"promise": keep_promise(actor=w.amina, promise=w.promise()), "reason": "I pressed the wrong button"},
    ),
}
