"""The one record that an address names, asked for with a question that is kept.

Who may see it, with all that is shown of it, makes a question that took longer to write than to answer, for each call.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.base.views import one_row


def one_bare(view: Any, pk: UUID) -> Any:
    """The record, of those its reader may see. Raises `Http404`."""
    return one_row(_bare(view.reader, type(view), pk))


def one_whole(view: Any, pk: UUID) -> Any:
    """The same with all that is shown of it."""
    if not view.beside:
        return one_row(_whole(view.reader, type(view), pk))
    record = one_row(_without_what_is_beside(view.reader, type(view), pk))
    beside = view.with_related(view.model._default_manager.all())._prefetch_related_lookups
    prefetch_related_objects([record], *beside)
    return record


@kept
def _bare(reader: Actor, view: type[Any], pk: UUID) -> QuerySet[Any]:
    return _asked_by(reader, view).rows().filter(pk=pk)  # type: ignore[no-any-return]


@kept
def _whole(reader: Actor, view: type[Any], pk: UUID) -> QuerySet[Any]:
    asked = _asked_by(reader, view)
    return asked.with_related(asked.rows()).filter(pk=pk)  # type: ignore[no-any-return]


@kept
def _without_what_is_beside(reader: Actor, view: type[Any], pk: UUID) -> QuerySet[Any]:
    asked = _asked_by(reader, view)
    return asked.with_related(asked.rows()).filter(pk=pk).prefetch_related(None)  # type: ignore[no-any-return]


def _asked_by(reader: Actor, view: type[Any]) -> Any:
    """A view that knows nothing but who asks: which record they may see hangs on nothing else of a request."""
    asked = view()
    asked.request = SimpleNamespace(user=reader)
    return asked
