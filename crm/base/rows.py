"""Forms with rows that can be added one by one without JavaScript: a button sends the page and it comes back longer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Self

from django import forms
from django.forms.boundfield import BoundField

from crm.base.forms import GovukForm
from crm.base.rules import Blocked

MORE = "more"  # the name of every button that adds a row; its value is the name of the rows
MOST_ROWS = 30


def adopt(form: forms.BaseForm, row: forms.BaseForm) -> None:
    """What is wrong with a row is wrong with its form, and stands in the summary at the top."""
    form.errors.update({f"{row.prefix}-{name}": words for name, words in row.errors.items()})


class RowForm(GovukForm):
    """One row. It counts as left out when its `key` is empty; `beside` are words for a row that lacks only its key."""

    key: ClassVar[str]
    beside: ClassVar[str] = "Choose one, or empty the rest of the row"

    @property
    def is_left_out(self) -> bool:
        """Whether the row says nothing."""
        return not self.cleaned_data.get(self.key)

    def clean(self) -> dict[str, Any]:
        """Notices a row that says something about nothing."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get(self.key) and self.key not in self.errors and any(data.values()):
            self.add_error(self.key, self.beside)
        return data


class RowsForm(GovukForm):
    """A form with groups of rows: `row_kinds` is name → the form of one row. A version goes with it, so that no
    colleague's change is lost."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    row_kinds: ClassVar[dict[str, type[RowForm]]] = {}

    def __init__(
        self, *args: Any, rows: Mapping[str, Sequence[dict[str, Any]]] | None = None, reader: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        self.rows: dict[str, list[RowForm]] = {}
        for name, kind in self.row_kinds.items():
            known = list((rows or {}).get(name, ()))
            count = self._count(name, len(known) + 1)
            data, more = self.data if self.is_bound else None, self.row_arguments(name)
            self.rows[name] = [
                kind(data, prefix=f"{name}-{place}", initial=row, **more)
                for place, row in enumerate([*known, *({} for _ in range(count - len(known)))])
            ]

    def row_arguments(self, name: str) -> dict[str, Any]:
        """What each row of a group is made with."""
        return {}

    def _count(self, name: str, otherwise: int) -> int:
        if not self.is_bound:
            return otherwise
        try:
            count = int(self.data.get(f"{name}-rows", otherwise))
        except ValueError:
            return otherwise
        return max(1, min(MOST_ROWS, count))

    def __iter__(self) -> Iterator[BoundField]:
        """The form's own fields, then those of the rows: so the summary of errors links to rows too."""
        yield from super().__iter__()
        for many in self.rows.values():
            for row in many:
                yield from row

    @property
    def own_fields(self) -> list[BoundField]:
        """The fields that are no rows and can be seen."""
        return [self[name] for name in self.fields if not self[name].is_hidden]

    def full_clean(self) -> None:
        """A form with a wrong row is wrong."""
        super().full_clean()
        for many in self.rows.values():
            for row in many:
                adopt(self, row)

    def given(self, name: str) -> list[dict[str, Any]]:
        """What the rows of a group say, empty rows left out. Ask only a valid form."""
        return [row.cleaned_data for row in self.rows[name] if not row.is_left_out]

    def add_blockers(self, blocked: Blocked) -> None:
        """Reasons about a group of rows stand beside its first row."""
        for field, words in blocked.by_field().items():
            rows = self.rows.get(field)
            for line in words:
                if rows:
                    rows[0].add_error(rows[0].key, line)
                    adopt(self, rows[0])
                else:
                    self.add_error(field if field in self.fields else None, line)

    def as_typed(self, *, longer: str) -> Self:
        """The same form with what was typed and nothing judged yet, one of its groups a row longer."""
        rows = {
            name: [{field: row[field].data for field in row.fields} for row in many] for name, many in self.rows.items()
        }
        if longer in rows and len(rows[longer]) < MOST_ROWS:
            rows[longer].append({})
        typed = type(self)(initial={name: self[name].data for name in self.fields}, rows=rows, **self.remade_with())
        typed._opened = self.opened
        for name, many in typed.rows.items():
            del many[len(rows[name]) :]
        return typed

    def remade_with(self) -> dict[str, Any]:
        """What else this form was made with."""
        return {"reader": self.reader}
