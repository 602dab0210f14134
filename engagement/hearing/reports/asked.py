"""Over-asked: communities that are asked again and again while they wait for our answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.utils import timezone

from crm.base.actors import Actor
from crm.base.kept import kept, kept_for_all
from crm.communities.models import Community
from engagement.log.models import Promise, Reach

WINDOW = 90  # days
ASKS, OWED = "asks", "owed"


@dataclass(frozen=True)
class Asked:
    """How often a community was asked in 90 days, and how many answers it is owed.

    An *ask* is a contact of the last 90 days that stands, is not restricted, and reached the community or one in it,
    directly or through a group; a contact counts once however many of its communities it reached. An *owed answer* is
    an open promise: one made to the community or to one in it, however long ago, or one made to a group at one of those
    asks. Promises to a person are that person's and count for no community; those of restricted contacts count for
    nobody.
    """

    community: Community
    asks: int
    owed: int

    @property
    def too_often(self) -> bool:
        """More asks than the community's limit, while at least one answer is owed."""
        return self.asks > self.community.asks_in_90_days and self.owed > 0

    @property
    def words(self) -> str:
        """What to do before the next contact."""
        times = "once" if self.asks == 1 else f"{self.asks} times"
        answers = "1 answer is owed" if self.owed == 1 else f"{self.owed} answers are owed"
        return f"They were asked {times} in {WINDOW} days and {answers}. Tell them first."


def asked_of(communities: Collection[Community], *, today: date | None = None) -> list[Asked]:
    """How often each of these communities was asked, and what it is owed, in the order given: 1 query."""
    if not communities:
        return []
    since = window(today)
    asked: dict[UUID, int] = {}
    owed: dict[UUID, int] = {}
    for community, what, number in asks_and_answers(since, tuple(community.pk for community in communities)):
        into = asked if what == ASKS else owed
        into[community] = into.get(community, 0) + number
    return [Asked(one, asked.get(one.pk, 0), owed.get(one.pk, 0)) for one in communities]


@kept_for_all
def asks_and_answers(since: date, ids: tuple[UUID, ...]) -> Any:
    """How often each of these communities was asked since a day, and what it is owed."""
    return _asks(since, ids).union(*_owed(since, ids), all=True)


def window(today: date | None = None) -> date:
    """The day after which asks count."""
    return (today or timezone.localdate()) - timedelta(days=WINDOW)


def asked_too_often(communities: Collection[Community], *, today: date | None = None) -> list[Asked]:
    """Of these, those asked too often, the most asked first. 1 query."""
    found = [row for row in asked_of(communities, today=today) if row.too_often]
    return sorted(found, key=lambda row: (-row.asks, row.community.name))


@kept
def waiting_for(reader: Actor) -> QuerySet[Community]:
    """The communities that wait for an answer this colleague promised, to themselves or to a group at a contact that
    reached them: whom to ask about before asking again. 1 query."""
    mine = Promise.objects.open().filter(owner=reader.pk, event__restricted=False).order_by()
    to_them = mine.filter(to_community__isnull=False).values("to_community__enclosing__ancestor")
    to_groups = mine.filter(to_organisation__isnull=False).values("event__reach__community__enclosing__ancestor")
    return Community.objects.current().filter(Q(pk__in=to_them) | Q(pk__in=to_groups)).order_by("name")


def _asks(since: date, ids: Collection[UUID]) -> Any:
    rows = Reach.objects.filter(occurred_on__gt=since, event__withdrawn_at=None, event__restricted=False)
    return _counted(rows.filter(community__enclosing__ancestor__in=ids), "community", "event", ASKS)


def _owed(since: date, ids: Collection[UUID]) -> tuple[Any, Any]:
    """The open promises to the communities, and those to groups at the asks; no promise is in both."""
    waiting = Promise.objects.open().filter(event__restricted=False)
    to_them = waiting.filter(to_community__enclosing__ancestor__in=ids)
    at_asks = waiting.filter(
        to_community=None,
        to_organisation__isnull=False,
        event__occurred_on__gt=since,
        event__reach__community__enclosing__ancestor__in=ids,
    )
    return (_counted(to_them, "to_community", "pk", OWED), _counted(at_asks, "event__reach__community", "pk", OWED))


def _counted(rows: Any, path: str, what: str, name: str) -> Any:
    """Community, the name, and how many distinct ones."""
    told = rows.order_by().annotate(at=F(f"{path}__enclosing__ancestor"), said=Value(name, output_field=CharField()))
    return told.values_list("at", "said").annotate(number=Count(what, distinct=True))
