"""What is wrong in a list of languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crm.base.rules import Blocker
from crm.base.tables import Line
from crm.languages.models import Language


def blockers_to_loading(lines: Sequence[Line]) -> Iterator[Blocker]:
    """Everything wrong, by line."""
    seen: set[str] = set()
    for line in lines:
        if not line["code"] or not line["name"]:
            yield line.wrong("language_unnamed", "give the language a code and a name")
        if line["code"] in seen:
            yield line.wrong("code_twice", f"the code {line['code']} already stands above")
        seen.add(line["code"])
        if line["direction"] not in Language.Direction.values:
            yield line.wrong("direction_unknown", "the direction must be ltr or rtl")
        for column in ("signed", "spoken_only"):
            if line[column] not in ("yes", "no"):
                yield line.wrong("not_yes_or_no", f"{column} must be yes or no")
