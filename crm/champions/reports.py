"""Whose term ends soon, and what champions who are gone left open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from crm.base.actors import Actor, Scope, scope_of
from crm.base.kept import kept
from crm.champions.handover import left_open, who_goes
from crm.champions.models import Appointment
from crm.champions.permissions import KEEPERS


@dataclass(frozen=True)
class LeftBehind:
    """A champion whose term is over, and what nobody keeps now, in words."""

    appointment: Appointment
    words: str


@kept
def terms_over(reader: Actor) -> Any:
    """The terms of champions with an account that ended in the last year, in the reader's localities."""
    today = timezone.localdate()
    ended = in_reach(Appointment.objects.filter(last_day__lt=today, last_day__gte=today - timedelta(days=366)), reader)
    return ended.exclude(user=None).select_related("user", "locality").order_by("locality__name", "first_day", "id")


def left_behind(reader: Actor) -> list[LeftBehind]:
    """Champions of the reader's localities whose term ended in the last year and who left something open."""
    today = timezone.localdate()
    rows = terms_over(reader)
    words = left_open(reader, who_goes(rows, today))
    newest = {row.user_id: row for row in sorted(rows, key=lambda row: row.last_day or today)}
    return [LeftBehind(row, words[user]) for user, row in newest.items() if user in words]


def in_reach(rows: Any, reader: Actor) -> Any:
    """Those of localities in which this lead or manager works."""
    reach: Scope = scope_of(reader, KEEPERS)
    return rows if reach.everywhere else rows.filter(locality__in=reach.localities)


@kept
def ending_soon(reader: Actor, most: int) -> Any:
    """Terms that end within 90 days in the reader's localities, the next one first."""
    ending = in_reach(Appointment.objects.ending(timezone.localdate()), reader)
    return ending.select_related("locality").order_by("last_day", "id")[:most]
