"""What must not be left lying when a champion goes: rooms above say what that is and how it passes to somebody else."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from crm.accounts.models import RoleGrant, User
from crm.areas.models import Area
from crm.base.actors import FIELD_ROLES, Actor
from crm.base.registries import Registry
from crm.champions.models import Appointment


class Count(Protocol):
    """How many of a kind each of some users has open, of those the reader may see. One query."""

    def __call__(self, *, reader: Actor, users: Collection[UUID]) -> Mapping[UUID, int]:
        """User → number; users without any may be missing."""


class Pass(Protocol):
    """Passes everything of a kind to somebody else; part of an action of this room."""

    def __call__(self, *, actor: User, owner: User, to: User, reason: str) -> int:
        """How many there were."""


@dataclass(frozen=True)
class LeftOpen:
    """A kind of thing that somebody keeps: in the singular, in the plural, and how to count and pass it. `stays`: what
    never passes on, in words that are always told and so never tell whether there is any."""

    one: str
    many: str
    count: Count
    pass_on: Pass
    stays: str = ""


handovers: Registry[LeftOpen] = Registry("what passes on when a champion goes")


def left_open(reader: Actor, users: Collection[UUID]) -> dict[UUID, str]:
    """User → what they have open, in words ("3 open promises"); users without anything are missing. One query for
    each kind."""
    found: dict[UUID, list[str]] = {}
    for kind in handovers if users else ():
        for user, number in kind.count(reader=reader, users=users).items():
            if number:
                found.setdefault(user, []).append(f"{number} {kind.one if number == 1 else kind.many}")
    return {user: _in_a_row(words) for user, words in found.items()}


def _in_a_row(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))


def what_stays() -> str:
    """What does not pass on, of every kind, in words."""
    return " ".join(kind.stays for kind in handovers if kind.stays)


def who_can_take_over(locality: Area | None, *, besides: Any = None) -> QuerySet[User]:
    """Colleagues who meet people in this locality today, or everywhere; never the one who goes."""
    here = Q(locality=locality) | Q(locality=None, team=None) if locality else Q(locality=None, team=None)
    grants = RoleGrant.objects.on(timezone.localdate()).filter(here, role__in=FIELD_ROLES)
    users = User.objects.filter(is_active=True, pk__in=grants.values("user"))
    return users.exclude(pk=besides).order_by("name", "id")


def who_goes(appointments: Collection[Appointment], day: date) -> set[Any]:
    """The accounts of these champions that hold no other role in the field on a day, so that nobody would keep what
    they have open. 1 query."""
    users = {one.user_id for one in appointments if one.user_id}
    own = [one.grant_id for one in appointments if one.grant_id]
    if not users:
        return set()
    others = RoleGrant.objects.on(day).filter(user__in=users, role__in=FIELD_ROLES, user__is_active=True)
    return users - set(others.exclude(pk__in=own).values_list("user_id", flat=True))
