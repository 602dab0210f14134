"""Finding by words. They are sent by POST: no name and nothing anybody said may stand in an address or a log."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.inputs import Input, text
from api.views import ApiView, Row
from crm.base.kept import asked_ahead
from crm.search.registry import search_kinds
from crm.search.reports import in_their_order, likeliest

MOST = 50


class SearchInput(Input):
    """The words to look for."""

    words = text(200, required=True, help_text="A name or some words. Other spellings and scripts are found too.")
    most = serializers.IntegerField(min_value=1, max_value=MOST, default=10, help_text="At most so many.")


class Search(ApiView):
    """Find records of one kind, the likeliest first. It reads: nothing is kept, and repeating it is harmless."""

    kind: ClassVar[str]

    def with_related(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with what `represent` needs."""
        raise NotImplementedError

    def asks(self, ids: tuple[UUID, ...]) -> Iterable[tuple[Any, ...]]:
        """What reading and telling of these will ask, to be asked with one query (`crm.base.kept`)."""
        return ()

    def found(self, ids: tuple[UUID, ...]) -> Iterable[Any]:
        """Those of the rows with these ids that the reader may see, with what `represent` needs."""
        return self.with_related(self.rows()).filter(pk__in=ids)

    def represent(self, rows: list[Any]) -> list[Row]:
        """As in the list."""
        raise NotImplementedError

    def post(self, request: Request) -> HttpResponse:
        """Find."""
        asked = self.values()
        ids = likeliest(asked["words"], reader=self.reader, kind=self.kind, most=asked["most"])
        with asked_ahead(self.asks(tuple(ids)) if ids else ()):
            found = in_their_order(ids, self.found(tuple(ids))) if ids else []
            search_kinds[self.kind].mark(self.reader, found)
            return self.sent({"results": self.represent(found), "next": None})
