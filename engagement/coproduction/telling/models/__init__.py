"""Answers in words, who is due one, whether it helped, and what stands in public."""

from engagement.coproduction.telling.models.helped import HelpTally, SpentLink
from engagement.coproduction.telling.models.public import PromiseReminder, PublicLine, PublicPromise
from engagement.coproduction.telling.models.tellings import Telling, ToWhom
from engagement.coproduction.telling.models.words import AnswerWords

__all__ = [
    "AnswerWords",
    "HelpTally",
    "PromiseReminder",
    "PublicLine",
    "PublicPromise",
    "SpentLink",
    "Telling",
    "ToWhom",
]
