"""Letters that editors keep, and messages."""

from crm.sending.models.letters import Format, LetterTemplate, LetterVersion
from crm.sending.models.messages import (
    ENDED,
    FOR_A_PERSON,
    HOLDABLE,
    NOT_BEGUN,
    Message,
    MessageStep,
    To,
)

__all__ = [
    "ENDED",
    "FOR_A_PERSON",
    "HOLDABLE",
    "NOT_BEGUN",
    "Format",
    "LetterTemplate",
    "LetterVersion",
    "Message",
    "MessageStep",
    "To",
]
