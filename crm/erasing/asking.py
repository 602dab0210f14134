"""The question to the database which rows may mention somebody. It leaves out only what surely does not: words of plain
English letters in which no run of the name or number stands. The words of all other rows are looked at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import connection as database
from django.db.models import BooleanField, Func, Model, TextField, Value
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
AT_ONCE = 40  # tables in one query: SQLite takes up to 500 (SQLITE_MAX_COMPOUND_SELECT)
M = TypeVar("M", bound=Model)


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
        self.runs = _runs(needles)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        """One pattern."""
        words, params = compiler.compile(self.source_expressions[0])
        return _on_postgresql(words, params, self.runs)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        """What SQLite does by itself first: its patterns are Python's, called once for each row."""
        words, params = compiler.compile(self.source_expressions[0])
        return _on_sqlite(words, params, self.runs)


def _runs(needles: Sequence[Needle]) -> list[tuple[str, ...]]:
    return sorted({needle.sure for needle in needles if needle.sure})


def _on_postgresql(words: str, params: Sequence[Any], looked: Sequence[Sequence[str]]) -> tuple[str, tuple[Any, ...]]:
    runs = [r"[^0-9a-zA-Z]{0,9}".join(run) for run in looked]
    pattern = "|".join([*runs, rf"[^\u0001-\u007f{SIGNS}]", HIDDEN])
    return f"({words} ~* %s)", (*params, pattern)


def _on_sqlite(words: str, params: Sequence[Any], looked: Sequence[Sequence[str]]) -> tuple[str, tuple[Any, ...]]:
    runs = [f"%{'%'.join(run)}%" for run in looked]
    # Longer in bytes: not English.
    other = f"(length({words}) <> length(CAST({words} AS BLOB)) AND {words} GLOB %s)"
    hides = " OR ".join(f"instr({words}, %s) > 0" for _ in MAY_HIDE)
    sql = " OR ".join([*(f"{words} LIKE %s" for _ in runs), other, f"(({hides}) AND {words} REGEXP %s)"])
    asked: list[tuple[Any, ...]] = [*((*params, run) for run in runs), (*params,)]
    asked += [(*params, *params, f"*[^\x01-\x7f{SIGNS}]*")]
    asked += [*((*params, sign) for sign in MAY_HIDE), (*params, HIDDEN)]
    return f"({sql})", tuple(value for part in asked for value in part)


def that_may_hold(looked: Mapping[type[M], Sequence[Any]], needles: Sequence[Needle]) -> list[type[M]]:
    """Those of these models in any row of which one of the needles may stand, given the texts of each. Most of a
    hundred tables hold nothing of anybody: they are asked together, a few dozen in one query."""
    kinds, found = list(looked), set[int]()
    for start in range(0, len(kinds), AT_ONCE):
        parts = [_any_row(place, kinds[place], looked[kinds[place]], needles)
                 for place in range(start, min(start + AT_ONCE, len(kinds)))]  # fmt: skip
        with database.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(sql for sql, _ in parts), [one for _, asked in parts for one in asked])
            found |= {place for (place,) in cursor.fetchall()}
    return [kind for place, kind in enumerate(kinds) if place in found]


def _any_row(
    place: int, model: type[Model], texts: Sequence[Any], needles: Sequence[Needle]
) -> tuple[str, tuple[Any, ...]]:
    """The number of a model, where any of its rows may hold a needle."""
    name = database.ops.quote_name
    words = " || '\n' || ".join(f"COALESCE(CAST({name(one.column)} AS text), '')" for one in texts)
    on = _on_postgresql if database.vendor == "postgresql" else _on_sqlite
    held, asked = on("words", (), _runs(needles))
    rows = f"(SELECT {words} AS words FROM {name(model._meta.db_table)}) AS looked"  # noqa: S608  # our own names
    return f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {rows} WHERE {held})", asked  # noqa: S608  # our own words
