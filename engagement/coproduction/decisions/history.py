"""What a decision or an outcome said before it was corrected, for its page."""

from __future__ import annotations

from typing import Any

from django.utils.formats import date_format

from engagement.coproduction.decisions.models import Decision, Outcome

DECISION = (
    "question",
    "answer",
    "reason",
    "will_do",
    "will_by",
    "look_again_on",
    "decided_on",
    "decided_by",
    "authority",
)
OUTCOME = (
    "effect", "words", "for_whom", "since", "measure", "measure_before", "measure_after", "measure_source", "account",
)  # fmt: skip


def words_of(record: Decision | Outcome) -> dict[str, str]:
    """What it says, in words, by what it is called on the page."""
    names = DECISION if isinstance(record, Decision) else OUTCOME
    said = {str(record._meta.get_field(name).verbose_name): _in_words(record, name) for name in names}  # type: ignore[union-attr]
    if isinstance(record, Decision):
        said["the options"] = "; ".join(
            f"{option.words} ({'chosen' if option.chosen else 'refused'}: {option.why or 'no reason written'})"
            for option in record.options.all()
        )
        said["what was weighed"] = "; ".join(row.words for row in record.evidence.all())
    return said


def said_before(before: dict[str, str], after: dict[str, str]) -> list[list[str]]:
    """What is said otherwise now: pairs of what and the words before."""
    return [[name, words] for name, words in before.items() if after[name] != words]


def _in_words(record: Any, name: str) -> str:
    shown = getattr(record, f"get_{name}_display", None)
    value = shown() if shown else getattr(record, name)
    if value is None:
        return ""
    return date_format(value, "j F Y") if hasattr(value, "year") else str(value)
