"""How the actions of decisions, outcomes and answers are called in a world."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser

from crm.base.actors import SYSTEM
from engagement.coproduction.decisions.details import CheckDetails
from engagement.coproduction.frameworks.files import read_frameworks
from engagement.coproduction.telling.details import WordsDetails
from tests.engagement.coproduction import deciding
from tests.engagement.coproduction import telling_helpers as telling
from tests.world import World

CALLS_OF_THE_THREAD: dict[str, Callable[[World], tuple[Any, dict[str, Any]]]] = {
    "record_decision": lambda w: (
        w.amina,
        {"details": deciding.decision_details(w, points=[deciding.a_point(w)])},
    ),
    "correct_decision": lambda w: (
        w.amina,
        {
            "decision": deciding.a_decision(w),
            "details": deciding.decision_details(w, points=[deciding.a_point(w)], authority="The vote"),
            "reason": "The minutes say so",
        },
    ),
    "withdraw_decision": lambda w: (w.amina, {"decision": deciding.a_decision(w), "reason": "The board never met"}),
    "record_outcome": lambda w: (
        w.amina,
        {"decision": deciding.a_decision(w), "details": deciding.outcome_details()},
    ),
    "correct_outcome": lambda w: (
        w.amina,
        {
            "outcome": deciding.an_outcome(w),
            "details": deciding.outcome_details(measure_after="38"),
            "reason": "Three were counted twice",
        },
    ),
    "check_outcome": lambda w: (
        w.amina,
        {"outcome": deciding.an_outcome(w), "details": CheckDetails("Four carers")},
    ),
    "finish_outcome": lambda w: (w.amina, {"outcome": deciding.an_outcome(w), "reason": "The group has closed"}),
    "withdraw_outcome": lambda w: (w.amina, {"outcome": deciding.an_outcome(w), "reason": "Another year's figures"}),
    "draft_tellings": lambda w: (w.amina, {"tellings": [telling.due_to(w)]}),
    "approve_tellings": lambda w: (w.amina, {"tellings": [telling.drafted(w)]}),
    "excuse_telling": lambda w: (w.amina, {"telling": telling.due_to(w), "reason": "They left no address"}),
    "tell_in_person": lambda w: (w.amina, {"telling": telling.due_to(w), "how": "At the Monday group"}),
    "word_answer": lambda w: (
        w.amina,
        {"record": deciding.a_decision(w), "details": WordsDetails("Letters", "The first one comes in Urdu.")},
    ),
    "check_answer_words": lambda w: (w.translator, {"words": telling.urdu_words(w), "checked_by": "A speaker"}),
    "answer_whether_it_helped": lambda w: (AnonymousUser(), {"telling": telling.due_to(w), "helped": "yes"}),
    "publish_line": lambda w: (w.lead, {"decision": deciding.a_decision(w)}),
    "take_line_off": lambda w: (w.lead, {"line": telling.a_line(w), "reason": "Wrong words"}),
    "publish_promise": lambda w: (w.amina, {"promise": w.promise(), "words": "Send the leaflet in Urdu"}),
    "take_promise_off": lambda w: (w.amina, {"public": telling.a_public_promise(w)}),
    "release_figures": lambda w: (SYSTEM, {}),
    "remind_of_promises": lambda w: (SYSTEM, telling.letters_of_answers(w) and w.promise() and {}),
    "add_framework": lambda w: (w.lead, {"details": deciding.framework_details()}),
    "end_framework": lambda w: (w.lead, {"framework": deciding.a_framework(w)}),
    "load_frameworks": lambda w: (SYSTEM, {"frameworks": read_frameworks()}),
}
