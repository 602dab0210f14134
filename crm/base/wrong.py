"""What is said of an answer that cannot be read: the same words on a page and by the API."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

DAY_ON_A_PAGE = "24 11 2026"
AS_SENT = {DAY_ON_A_PAGE: "2026-11-24", "12 1 2027": "2027-01-12", "1:30pm": "13:30", "3:30pm": "15:30"}
NO_SUCH_RECORD = "There is no such record, or you may not see it."
NOT_A_DAY = f"Enter a real date, like {DAY_ON_A_PAGE}"
NOT_A_TIME = "Write a time, like 14:30"
NOT_A_NUMBER = "Write a number, like 12"


def as_sent(words: str) -> str:
    """The words with days and times in examples as other systems send them: a page takes them as people write them."""
    for typed, sent in AS_SENT.items():
        words = words.replace(f"like {typed}", f"like {sent}")
    return words


NOT_A_DAY_AS_SENT = as_sent(NOT_A_DAY)


def not_one_of(values: Iterable[str]) -> str:
    """Another word than those there are."""
    return f"Use one of these: {', '.join(filter(None, values))}."


def too_long(limit: int | str) -> str:
    """More letters than are kept."""
    return f"Write at most {limit} characters"


def too_short(limit: int | str) -> str:
    """Fewer letters than make sense."""
    return f"Write at least {limit} characters"


def too_many(limit: int | str) -> str:
    """A longer list than makes sense."""
    return f"Name at most {limit}"


def too_small(limit: int) -> str:
    """A smaller number than makes sense."""
    return f"Write a number of {limit:,} or more"


def too_large(limit: int) -> str:
    """A larger number than makes sense."""
    return f"Write a number of {limit:,} or less"


def of_a_field(field: Any, problem: ValidationError) -> list[str]:
    """What a model's field refuses, in the words of the house where the framework has words of its own. Not where the
    model says it itself."""
    told: dict[str, Any] = problem.params or {}
    if problem.code == "unique" and "field_label" in told:
        return [f"Another {str(told['model_name']).lower()} has this {str(told['field_label']).lower()} already"]
    if field is None or problem.code in (field._error_messages or {}):
        return list(problem.messages)
    limit: Any = told.get("limit_value")
    known = {
        "blank": lambda: f"{'Choose' if field.choices else 'Write'} the {field.verbose_name}",
        "null": lambda: f"{'Choose' if field.choices else 'Write'} the {field.verbose_name}",
        "invalid_choice": lambda: not_one_of(str(value) for value, _ in field.flatchoices),
        "max_length": lambda: too_long(limit),
        "min_value": lambda: too_small(limit),
        "max_value": lambda: too_large(limit),
    }
    return [known[problem.code]()] if problem.code in known else list(problem.messages)
