"""Names of records: a text box for one that we know, and the names like a new one that are there already."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet

from crm.base.actors import Actor
from crm.base.registries import Registry
from crm.base.text import search_words

# Rooms above narrow rows to those that may bear a name, by an index: without one, every name would be read.
name_indexes: Registry[Callable[[QuerySet[Any], str], QuerySet[Any]]] = Registry("indexes of names")


class NamedField(forms.CharField):
    """The name of one of some rows, as it stands in Heard; case, accents and punctuation do not matter.

    `rows` must be set to what the reader may see. The value is the record, None when the box is empty. A name that two
    records bear is said so, unless one of them is the record that stood there before.
    """

    def __init__(self, *, unknown: str, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(**{"required": False, "max_length": 200, **kwargs})
        self.rows, self.unknown = rows, unknown
        self.stood_there: Any = None

    def prepare_value(self, value: Any) -> Any:
        """A record is shown by its name."""
        return getattr(value, "name", value)

    def clean(self, value: Any) -> Any:
        """The record. Raises ValidationError when no row, or more than one, bears the name."""
        typed = search_words(super().clean(value))
        if not typed:
            return None
        if self.stood_there is not None and search_words(self.stood_there.name) == typed:
            return self.stood_there
        found = [pk for pk, name in self._candidates(value) if search_words(name) == typed]
        if len(found) != 1:
            raise forms.ValidationError("More than one bears this name. Open it from its own page" if found else
                                        self.unknown)  # fmt: skip
        return self.rows.get(pk=found[0])

    def _candidates(self, typed: str) -> QuerySet[Any, Any]:
        rows = self.rows.order_by()
        for narrow in name_indexes:
            rows = narrow(rows, typed)
        return rows.values_list("pk", "name")


@dataclass(frozen=True)
class Lookalike:
    """A record whose name is like one that somebody is about to save, of those the reader may see."""

    id: Any
    name: str
    note: str
    address: str


lookalikes: Registry[Callable[[Actor, str, str], list[Lookalike]]] = Registry("finders of names that are alike")


def names_like(kind: str, name: str, *, reader: Actor, besides: Any = None) -> list[Lookalike]:
    """The records of a kind ("person", "organisation") whose name is like this one however it is spelt, the likeliest
    first. A warning, never a reason to refuse: two groups may bear one name. `besides` is left out."""
    own = besides.pk if besides is not None else None
    return [found for find in lookalikes for found in find(reader, kind, name) if found.id != own]
