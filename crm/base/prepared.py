"""Asking the same question again and again: PostgreSQL plans it once for each connection instead of each time.

Who may see what makes questions whose plan takes longer than their answer. Django sends PostgreSQL text with the values
in it, which is planned anew each time; here the values go beside the text (`prepare_threshold` in the settings says
that the plan is kept from the first time). SQLite keeps statements by itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from typing import Any

from psycopg import RawCursor


def rows_of(connection: Any, sql: str, params: Sequence[Any], *, planned_anew: bool = False) -> list[tuple[Any, ...]]:
    """All rows, as the driver gives them. Counted and logged as every query of Django's is."""
    with connection.cursor() if planned_anew else _cursor(connection) as cursor:
        cursor.execute(sql, params)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def with_its_constants(connection: Any, sql: str, params: Sequence[Any], marks: Sequence[Any]) -> tuple[str, list[int]]:
    """The question with everything written into it but the values that `marks` stand for; and which of them come, in
    order. A plan that is kept is then made for what is always the same: today, "open", whose team."""
    whole = connection.ops.compose_sql(sql, params).replace("%", "%%")
    number_of = {connection.ops.compose_sql("%s", [mark]): number for number, mark in enumerate(marks)}
    order: list[int] = []

    def put(found: re.Match[str]) -> str:
        order.append(number_of[found[0]])
        return "%s"

    text = re.sub("|".join(map(re.escape, number_of)), put, whole) if number_of else whole
    return text, order


def numbered(connection: Any, text: str) -> str:
    """A question of `with_its_constants`, or several in one, as `rows_of` takes it: PostgreSQL knows the places of
    values by number."""
    if connection.vendor != "postgresql":
        return text
    numbers = count(1)
    return re.sub("%[s%]", lambda found: f"${next(numbers)}" if found[0] == "%s" else "%", text)


def _cursor(connection: Any) -> Any:
    if connection.vendor != "postgresql":
        return connection.cursor()
    connection.ensure_connection()
    return connection._prepare_cursor(_Beside(connection.connection))


class _Beside(RawCursor[Any]):
    """psycopg's cursor that sends values beside the text, telling Django's log of queries what it sent. The text comes
    `numbered`: it is not looked through for places of values each time, thousands of letters for one person found."""

    def _convert_query(self, query: Any, params: Any = None) -> Any:
        self._query = super()._convert_query(query, params)
        return self._query
