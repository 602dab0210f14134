"""Colleagues by name: `/api/v1/colleagues/`, for the ids that say who was there, who keeps a promise, who may read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from rest_framework.request import Request

from api.v1 import examples
from api.views import Collection, Named, Operation, Row, named
from crm.accounts import permissions
from crm.accounts.models import User


class Colleagues(Collection):
    """Those whose account is open."""

    model = User  # type: ignore[assignment]  # an account is no record: it has no version, and its changes are not told
    tells_changes = False
    permissions_by_method = {"GET": permissions.read_colleagues}
    operations = {
        "GET": Operation("List colleagues", "Everybody whose account is open, by id and name.", gives=Named,
                         example=examples.OFFICER),
    }  # fmt: skip

    def rows(self) -> QuerySet[Any]:
        """Nobody can be chosen whose account is closed."""
        return super().rows().filter(is_active=True)

    def represent(self, rows: Sequence[Any]) -> list[Row]:
        """No query of its own."""
        return [named(row) or {} for row in rows]

    def get(self, request: Request) -> HttpResponse:
        """List."""
        return self.list_rows()
