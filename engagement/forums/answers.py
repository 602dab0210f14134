"""What somebody answers to an invitation, before it is saved: plain values that every door fills in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from crm.access.models import NeedType
from crm.base.registries import Registry
from crm.communities.models import Community
from crm.languages.models import Language
from engagement.forums.models import HeldPlaces, Invitation
from engagement.forums.vocabulary import Answer

# Called inside the action that changed an answer, with the invitation and the answer it had before. Whoever arranges
# access follows it: a new need, or somebody who comes after all, is heard of at once.
answer_changed: Registry[Callable[[Invitation, str], None]] = Registry("what follows an answer")


@dataclass(frozen=True)
class AnswerDetails:
    """An answer. Only the answer itself must be given; whatever is left out stays empty."""

    answer: str = Answer.NONE
    why_not: str = ""
    to_say: str = ""
    guest_name: str = ""
    reach_by: str = ""
    reach_at: str = ""
    help_asked: Sequence[NeedType] = ()
    interpreter_language: Language | None = None
    help_words: str = ""
    guests_supporters: int = 0
    guests_others: int = 0
    keep_needs: str = Invitation.Keep.DELETE
    held: HeldPlaces | None = None


PLAIN = (
    "answer", "why_not", "to_say", "guest_name", "reach_by", "reach_at", "help_words", "guests_supporters",
    "guests_others", "keep_needs", "held",
)  # fmt: skip
# Words of theirs: they are kept with the invitation alone, and never in the audit, so that deleting them is enough.
WORDS = ("why_not", "to_say", "guest_name", "reach_at", "help_words", "wish")


def answer_of(invitation: Invitation) -> AnswerDetails:
    """The answer as it stands: what somebody leaves out stays so. 1 query."""
    asked = list(invitation.help_asked.select_related("type", "language"))
    return AnswerDetails(
        **{name: getattr(invitation, name) for name in PLAIN},
        help_asked=[one.type for one in asked],
        interpreter_language=next((one.language for one in asked if one.language), None),
    )


@dataclass(frozen=True)
class HeldDetails:
    """Places that are held for a community."""

    community: Community | None
    places: int | None
    aim: str = ""
    until: date | None = None
