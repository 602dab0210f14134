"""The question to the database which rows may mention somebody. It leaves out only what surely does not: words of plain
English letters in which no run of the name or number stands. The words of all other rows are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Func, TextField, Value
from django.db.models.functions import Cast, Coalesce

from crm.erasing.spelling import Needle

# Signs beyond English letters that are no letter, no digit and no joiner, and stand in words of every day.
SIGNS = "\u00a0£§°·‐–—‘’“”•…€→✓"
# Behind these a letter may hide: an escape of HTML, of an address or of JSON, or markup between two letters.
HIDDEN = (
    r"&#?\w{1,31};|%[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}"
    r"|[a-zA-Z]<[^<>]*>[a-zA-Z]|[0-9][^<>0-9]{0,3}<[^<>]*>[^<>0-9]{0,3}[0-9]"
)
MAY_HIDE = ("&", "%", "\\u", "<")


def joined(texts: Sequence[Any]) -> Func:
    """All the texts of a row, one a line. `Concat` would nest one in another, deeper than SQLite reads."""
    gap = Value("\n", TextField())
    words = [Coalesce(Cast(one.attname, TextField()), Value("", TextField())) for one in texts]
    pieces = [piece for one in words for piece in (one, gap)]
    return Func(*pieces, template="(%(expressions)s)", arg_joiner=" || ", output_field=TextField())


class MayHold(Func):
    """Whether one of the needles may stand in words."""

    output_field = BooleanField()

    def __init__(self, words: Any, needles: Sequence[Needle] = ()) -> None:
        super().__init__(words)
        self.runs = sorted({needle.sure for needle in needles if needle.sure})

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        """One pattern."""
        words, params = compiler.compile(self.source_expressions[0])
        runs = [r"[^0-9a-zA-Z]{0,9}".join(run) for run in self.runs]
        pattern = "|".join([*runs, rf"[^\u0001-\u007f{SIGNS}]", HIDDEN])
        return f"({words} ~* %s)", (*params, pattern)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        """What SQLite does by itself first: its patterns are Python's, called once for each row."""
        words, params = compiler.compile(self.source_expressions[0])
        runs = [f"%{'%'.join(run)}%" for run in self.runs]
        other = (
            f"(length({words}) <> length(CAST({words} AS BLOB)) AND {words} GLOB %s)"  # longer in bytes: not English
        )
        hides = " OR ".join(f"instr({words}, %s) > 0" for _ in MAY_HIDE)
        sql = " OR ".join([*(f"{words} LIKE %s" for _ in runs), other, f"(({hides}) AND {words} REGEXP %s)"])
        asked = [*((*params, run) for run in runs), params, (*params, *params, f"*[^\x01-\x7f{SIGNS}]*")]
        asked += [*((*params, sign) for sign in MAY_HIDE), (*params, HIDDEN)]
        return f"({sql})", tuple(value for part in asked for value in part)
