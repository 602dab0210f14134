"""Words of related rows as one cell, joined in the database: what a file for spreadsheets is made of."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce


class _Joined(Subquery):
    output_field = TextField()

    def __init__(self, rows: QuerySet[Any], between: str) -> None:
        if "'" in between or "%" in between:
            raise ValueError("What stands between the words is written into the statement.")
        super().__init__(rows, between=between)

    template = "ARRAY_TO_STRING(ARRAY(%(subquery)s), '%(between)s')"

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "(SELECT GROUP_CONCAT(word, '%(between)s') FROM (%(subquery)s))"
        return self.as_sql(compiler, connection, template=template, **more)


def joined(rows: QuerySet[Any], field: str, between: str) -> Coalesce:
    """The words that a field of some rows holds, in the order of the rows, as one text; empty where there are none.

    `rows` hang on the outer row by OuterRef: each is found by its index, however large the tables are.
    """
    return Coalesce(_Joined(rows.values(word=F(field)), between), Value(""), output_field=TextField())
