"""How the actions are called that belong to the day of a forum and to what comes after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crm.base.actors import SYSTEM
from engagement.forums.files import shipped_offer_kinds
from engagement.forums.held import AttendanceDetails, CapturedDetails, HeadcountDetails
from engagement.forums.models import OfferKind
from tests.engagement.forums import helpers as planning
from tests.engagement.forums import holding, inviting
from tests.house.shared import gone
from tests.world import World

HELD: dict[str, Callable[[World], tuple[Any, dict[str, Any]]]] = {
    "take_calendar_reply": lambda w: (SYSTEM, {"reply": inviting.a_reply(inviting.an_invitation(w))}),
    "load_offer_kinds": lambda w: (SYSTEM, gone(OfferKind) and {"lines": shipped_offer_kinds()}),
    "bring_back_date": lambda w: (w.amina, planning.a_skipped_date(w)),
    "set_letter_form": lambda w: (w.amina, {"invitation": inviting.an_invitation(w), "form": "easy_read"}),
    "hold_forum": lambda w: (w.amina, {"forum": holding.ready_today(w)}),
    "take_back_held": lambda w: (w.amina, {"forum": holding.held(w), "reason": "The wrong forum"}),
    "close_forum": lambda w: (w.amina, {"forum": holding.to_close(w)}),
    "note_attendance": lambda w: (
        w.amina,
        {"forum": holding.held(w), "details": AttendanceDetails(person=w.person)},
    ),
    "drop_attendance": lambda w: (w.amina, {"attendance": holding.came(w)}),
    "prepare_day": lambda w: (
        w.amina,
        {"forum": inviting.an_open_forum(w), "on_the_day": "Joe", "in_an_emergency": "The side door"},
    ),
    "set_meeting": lambda w: (w.amina, {"invitation": inviting.an_invitation(w), "met_by": w.chen}),
    "read_run_sheet": lambda w: (w.amina, {"forum": inviting.an_open_forum(w)}),
    "write_notes": lambda w: (w.amina, {"forum": holding.closed(w), "rows": holding.ROWS}),
    "check_notes": lambda w: (w.checker, {"notes": holding.notes(w), "checked_by": "The Easy Read group"}),
    "publish_notes": lambda w: (w.publisher, {"notes": holding.checked(w)}),
    "say_what_is_next": lambda w: (
        w.amina,
        {"forum": holding.closed(w), "words": "We tell the board", "by": planning.in_days(20)},
    ),
    "prepare_thanks": lambda w: (w.amina, {"forum": holding.to_thank(w)}),
    "send_thanks": lambda w: (w.amina, {"forum": holding.thanks_prepared(w)}),
    "export_barriers_report": lambda w: (w.analyst, {}),
    "count_heads": lambda w: (w.amina, {"forum": holding.held(w), "counts": [HeadcountDetails(5)]}),
    "capture": lambda w: (w.amina, {"forum": holding.held(w), "details": CapturedDetails("The bus is late.")}),
    "change_captured": lambda w: (
        w.amina,
        {"captured": holding.said(w, holding.held(w)), "details": CapturedDetails("The bus is late.")},
    ),
    "drop_captured": lambda w: (w.amina, {"captured": holding.said(w, holding.held(w))}),
}
