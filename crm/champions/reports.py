"""Whose term ends soon, and what champions who are gone left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from crm.base.actors import Actor, Scope, scope_of
from crm.champions.handover import left_open, who_goes
from crm.champions.models import Appointment
from crm.champions.permissions import KEEPERS


@dataclass(frozen=True)
class LeftBehind:
    """A champion whose term is over, and what nobody keeps now, in words."""

    appointment: Appointment
    words: str


def left_behind(reader: Actor) -> list[LeftBehind]:
    """Champions of the reader's localities whose term ended in the last year and who left something open."""
    today = timezone.localdate()
    ended = in_reach(Appointment.objects.filter(last_day__lt=today, last_day__gte=today - timedelta(days=366)), reader)
    rows = list(ended.exclude(user=None).for_list())
    words = left_open(reader, who_goes(rows, today))
    newest = {row.user_id: row for row in sorted(rows, key=lambda row: row.last_day or today)}
    return [LeftBehind(row, words[user]) for user, row in newest.items() if user in words]


def in_reach(rows: Any, reader: Actor) -> Any:
    """Those of localities in which this lead or manager works."""
    reach: Scope = scope_of(reader, KEEPERS)
    return rows if reach.everywhere else rows.filter(locality__in=reach.localities)


def ending_soon(reader: Actor) -> Sequence[Appointment]:
    """Terms that end within 90 days in the reader's localities, the next one first."""
    ending = in_reach(Appointment.objects.ending(timezone.localdate()), reader)
    return list(ending.for_list().order_by("last_day", "id"))
