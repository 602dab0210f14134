"""Which kinds of record can be searched: rooms put theirs in, in `AppConfig.ready`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from crm.base.actors import Actor
from crm.base.permissions import Permission
from crm.base.registries import Registry

EXCERPT = 160  # letters


def page_of(name: str) -> Callable[[Any], str]:
    """What gives the address of a record's page in the workspace, by the name of that address."""

    def address(record: Any) -> str:
        return reverse(f"workspace:{name}", args=[record.pk])

    return address


def excerpt(words: str) -> str:
    """The beginning of what was written, as far as a line of what was found shows it."""
    return words if len(words) <= EXCERPT else f"{words[:EXCERPT].rsplit(' ', 1)[0]} …"


@dataclass(frozen=True)
class SearchKind:
    """A kind of record that search finds.

    `words_of` gives what it is found by; `prefetch` names the links that needs. `visible` gives the rows a reader may
    find. `title`, `note` and `address` show one row; `note` may be empty. `prose` is for sentences, `few` for
    kinds of which a council has hundreds: they are looked through at once before one of them is asked. `mark` writes
    down that a reader was shown these rows, where reading some of them must be.
    """

    name: str
    heading: str
    model: type[Any]
    permission: Permission
    words_of: Callable[[Any], str]
    visible: Callable[[Actor], QuerySet[Any]]
    title: Callable[[Any], str]
    address: Callable[[Any], str]
    note: Callable[[Any], str] = lambda record: ""
    prefetch: tuple[str, ...] = ()
    prose: bool = False
    few: bool = False
    mark: Callable[[Any, Sequence[Any]], None] = lambda reader, records: None


search_kinds: Registry[SearchKind] = Registry("kinds that search finds")


def kind_of(model: type[Any]) -> SearchKind | None:
    """The kind under which records of a model are found; None for a model that search does not know."""
    return next((kind for kind in search_kinds if kind.model is model), None)
