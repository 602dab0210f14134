"""Where something lies, on a day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from crm.areas.models import Area, AreaGrouping, AreaKind
from crm.base.actors import Actor, Role, scope_of
from crm.base.kept import kept_for_all


def locality_of(ward: Area | None, day: date) -> Area | None:
    """The locality a ward lay in on a day; None where the council has no localities."""
    lay_in = localities_of_ward(ward.pk) if ward is not None else ()
    return next((row.outer for row in lay_in if row.holds_on(day)), None)


@kept_for_all
def localities_of_ward(ward: UUID) -> QuerySet[AreaGrouping]:
    """The localities a ward lay in, the last first: one or two in all its years."""
    lay_in = AreaGrouping.objects.filter(inner=ward, outer__kind=AreaKind.LOCALITY)
    return lay_in.select_related("outer").order_by("-first_day")


def wards_in(locality: Area, day: date | None = None) -> QuerySet[Any, Any]:
    """The ids of the wards that lie in a locality on a day (today unless told), for use inside another query."""
    return (
        AreaGrouping.objects.on(day or timezone.localdate())
        .filter(outer=locality, inner__kind=AreaKind.WARD)
        .order_by()
        .values("inner")
    )


def own_localities(reader: Actor, roles: Collection[Role]) -> list[Area]:
    """The localities this colleague works in today in these roles, by name; none for those who work everywhere."""
    return localities_named(reach_of(reader, roles))


def reach_of(reader: Actor, roles: Collection[Role]) -> tuple[UUID, ...]:
    """The ids of the localities these roles are for, in order of their ids; none for those who work everywhere."""
    scope = scope_of(reader, roles)
    return () if scope.everywhere else tuple(sorted(scope.localities))


@kept_for_all
def localities_named(ids: tuple[UUID, ...]) -> QuerySet[Area]:
    """Those of today, by name. No query where there is none to name."""
    return Area.objects.localities().on(timezone.localdate()).filter(pk__in=ids).order_by("name")
