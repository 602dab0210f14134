"""A group beside something else, like a service it offers: by name, and by its id only where the reader may open it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from rest_framework import serializers

from api.views import Output, Row
from crm.accounts.models import User
from crm.organisations.models import Organisation


class GroupOut(Output):
    """A group by id and name."""

    id = serializers.UUIDField(allow_null=True, help_text="Null: a group you may not open.")
    name = serializers.CharField()


def groups_beside(rows: Iterable[Any], reader: User) -> set[Any]:
    """The groups of these rows that the reader may open. For champions 1 query."""
    return Organisation.objects.seen_among(reader, {row.organisation_id for row in rows} - {None})


def named_group(group: Organisation | None, seen: Collection[Any]) -> Row | None:
    """A group as it goes out to whom these may be shown; None for none."""
    return {"id": group.pk if group.pk in seen else None, "name": group.name} if group is not None else None
