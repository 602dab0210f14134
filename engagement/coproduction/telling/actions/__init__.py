"""Every change to answers in words, to who was told, and to what stands in public."""

from engagement.coproduction.telling.actions.helped import answer_whether_it_helped
from engagement.coproduction.telling.actions.public import (
    publish_line,
    publish_promise,
    remind_of_promises,
    take_line_off,
    take_promise_off,
)
from engagement.coproduction.telling.actions.tellings import (
    approve_tellings,
    draft_tellings,
    excuse_telling,
    tell_in_person,
)
from engagement.coproduction.telling.actions.words import check_answer_words, word_answer

__all__ = [
    "answer_whether_it_helped",
    "approve_tellings",
    "check_answer_words",
    "draft_tellings",
    "excuse_telling",
    "publish_line",
    "publish_promise",
    "remind_of_promises",
    "take_line_off",
    "take_promise_off",
    "tell_in_person",
    "word_answer",
]
