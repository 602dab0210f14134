"""What can be done with messages and letters."""

from crm.sending.actions.deciding import decide_message, forget_messages, note_posted, note_told
from crm.sending.actions.drafting import draft_message, queue_messages, stop_message, withdraw_message
from crm.sending.actions.guests import answer_guest
from crm.sending.actions.letters import add_letter_version, check_letter_version, load_letter_templates
from crm.sending.actions.outbox import (
    Answer,
    begin_handing_over,
    claim_messages,
    give_back,
    note_handed_over,
    settle_lost,
)

__all__ = [
    "Answer",
    "add_letter_version",
    "answer_guest",
    "begin_handing_over",
    "check_letter_version",
    "claim_messages",
    "decide_message",
    "draft_message",
    "forget_messages",
    "give_back",
    "load_letter_templates",
    "note_handed_over",
    "note_posted",
    "note_told",
    "queue_messages",
    "settle_lost",
    "stop_message",
    "withdraw_message",
]
