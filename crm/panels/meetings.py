"""What rooms above know of the meetings of panels: who came, and who spoke as well as who came."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import add, or_
from typing import Any

from django.db.models import BooleanField, IntegerField, Q, Value

from crm.base.actors import Actor
from crm.base.registries import Registry
from crm.panels.models import Membership


@dataclass(frozen=True)
class PanelMeetings:
    """What is asked of each membership in the one query that reads them: how many meetings its panel had, whether the
    member came to one of them, and whether they spoke there. Expressions that name the row with `OuterRef`."""

    number: Any
    came: Any
    spoke: Any


@dataclass(frozen=True)
class MemberMeetings:
    """To how many meetings one member was invited, to how many they came, and at how many they spoke."""

    invited: int = 0
    came: int = 0
    spoke: int = 0


# Gives the meetings of the 12 months until a day: to which people were invited as members of a panel.
panel_meetings: Registry[Callable[[date], PanelMeetings]] = Registry("meetings of panels")
# The same of one member, as this reader may know it.
member_meetings: Registry[Callable[[Membership, Actor], MemberMeetings]] = Registry("meetings of members")


def with_meetings(rows: Any, today: date) -> Any:
    """Memberships, each with `met` (how many meetings), `came` and `spoke`. No query of its own."""
    told = [source(today) for source in panel_meetings]
    met = reduce(add, (one.number for one in told), Value(0, IntegerField()))
    no = Q(Value(False, BooleanField()))
    came, spoke = reduce(or_, (Q(one.came) for one in told), no), reduce(or_, (Q(one.spoke) for one in told), no)
    return rows.annotate(met=met, came=came, spoke=spoke)


def meetings_of(membership: Membership, reader: Actor) -> MemberMeetings:
    """Of every room together."""
    told = [source(membership, reader) for source in member_meetings]
    return MemberMeetings(
        sum(one.invited for one in told), sum(one.came for one in told), sum(one.spoke for one in told)
    )
