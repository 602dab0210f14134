"""Every change to the log."""

from engagement.log.actions.events import (
    correct_event,
    export_events,
    finish_next_step,
    log_event,
    name_reader_of_event,
    pass_on_safeguarding,
    read_restricted_events,
    restrict_event,
    withdraw_event,
)
from engagement.log.actions.lists import (
    add_access_support,
    add_barrier,
    add_topic,
    change_access_support,
    change_barrier,
    change_topic,
    load_lists,
)
from engagement.log.actions.points import add_point, correct_point
from engagement.log.actions.promises import (
    break_promise,
    change_promise,
    keep_promise,
    make_promise,
    reopen_promise,
    withdraw_promise,
)

__all__ = [
    "add_access_support",
    "add_barrier",
    "add_point",
    "add_topic",
    "break_promise",
    "change_access_support",
    "change_barrier",
    "change_promise",
    "change_topic",
    "correct_event",
    "correct_point",
    "export_events",
    "finish_next_step",
    "keep_promise",
    "load_lists",
    "log_event",
    "name_reader_of_event",
    "make_promise",
    "pass_on_safeguarding",
    "read_restricted_events",
    "reopen_promise",
    "restrict_event",
    "withdraw_event",
    "withdraw_promise",
]
