"""Decisions and outcomes."""

from engagement.coproduction.decisions.models.decisions import (
    Answer,
    AnsweredPoint,
    Decision,
    DecisionOption,
    Evidence,
)
from engagement.coproduction.decisions.models.outcomes import Outcome, OutcomeCheck, ThreadCorrection

__all__ = [
    "Answer",
    "AnsweredPoint",
    "Decision",
    "DecisionOption",
    "Evidence",
    "Outcome",
    "OutcomeCheck",
    "ThreadCorrection",
]
