"""Of which kinds of record that are gone it is told, and to whom: never to more than could read them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.base.registries import Registry
from crm.people.readers import readers

# Whoever sees a person sees these; these only with an office role.
WITH_THE_PERSON = {
    "person", "supporter", "intermediary", "contactpermission", "objection", "restriction", "privacynotice",
    "governancerole",
}  # fmt: skip
IN_AN_OFFICE = {"accessneed", "noneed", "declaredcommunity", "needoutcome"}
AT_ONCE = 50  # colleagues asked about in one query; SQLite puts 500 together at most


@dataclass(frozen=True)
class Audience:
    """Who could read a record: these colleagues; those in an office `near` it (of its team or locality) or all of them;
    champions of its locality."""

    told: Collection[UUID] = ()
    near: bool = False
    team: UUID | None = None
    locality: UUID | None = None
    office: bool = False
    champions: bool = False


# Kinds that others see too, like those who organise a forum, each with how its rows lead to the person they are about.
# Each colleague is asked for whether they see a row.
seen_otherwise: Registry[tuple[type[models.Model], str]] = Registry("what of a person others see too")
# Kinds that other actions take away than erasing: for each row who could read it, without asking every colleague. A row
# that is left out is asked for.
taken_away: Registry[Callable[[Sequence[Any]], Mapping[UUID, Audience]]] = Registry("who could read what is taken away")


def may_be_gone(model: type[models.Model]) -> bool:
    """Whether it is told that records of a kind are gone."""
    name = model._meta.model_name or ""
    return name in WITH_THE_PERSON | IN_AN_OFFICE or name in seen_otherwise or name in taken_away


def alone_known_to(row: Any) -> UUID | None:
    """Who wrote down a need that may not be shared, to which this row belongs; None for any other record."""
    need = getattr(row, "need", row)
    return need.recorded_by_id if getattr(need, "may_share", "") == "no" else None


def who_sees(model: type[models.Model], ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Record → colleagues who see it today, asked as their lists ask. 2 queries, and one for every 50 colleagues."""
    seen: dict[UUID, set[UUID]] = {pk: set() for pk in ids}
    colleagues = _colleagues() if ids else []
    for begin in range(0, len(colleagues), AT_ONCE):
        first, *others = (_seen_by(one, model, ids) for one in colleagues[begin : begin + AT_ONCE])
        for pk, reader in first.union(*others, all=True):
            seen[pk].add(reader)
    return seen


def _colleagues() -> list[User]:
    """Whoever meets people, with the roles of today: each is asked about without a query of their own."""
    colleagues = {one.pk: one for one in readers()}
    for one in colleagues.values():
        one.grants_today = []
    for grant in RoleGrant.objects.on(timezone.localdate()).filter(user__in=colleagues):
        colleagues[grant.user_id].grants_today.append(grant)
    return list(colleagues.values())


def _seen_by(reader: User, model: type[models.Model], ids: Collection[UUID]) -> models.QuerySet[Any, Any]:
    """Which of these records a colleague sees, each with the colleague."""
    rows = model._default_manager.all().visible_to(reader)  # type: ignore[attr-defined]
    who = models.Value(reader.pk, models.UUIDField())
    found: models.QuerySet[Any, Any] = rows.order_by().filter(pk__in=ids).values_list("pk", who)
    return found
