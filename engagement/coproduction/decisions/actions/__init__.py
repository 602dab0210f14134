"""Every change to decisions and outcomes."""

from engagement.coproduction.decisions.actions.decisions import correct_decision, record_decision, withdraw_decision
from engagement.coproduction.decisions.actions.outcomes import (
    check_outcome,
    correct_outcome,
    finish_outcome,
    record_outcome,
    withdraw_outcome,
)

__all__ = [
    "check_outcome",
    "correct_decision",
    "correct_outcome",
    "finish_outcome",
    "record_decision",
    "record_outcome",
    "withdraw_decision",
    "withdraw_outcome",
]
