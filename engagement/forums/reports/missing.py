"""Who is missing: the communities by when they were last heard where a forum is held, and whether they are invited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from crm.communities.models import Community
from crm.organisations.models import OrganisationCommunity
from engagement.forums.models import Forum
from engagement.forums.vocabulary import ForumState
from engagement.hearing.reports.quiet import Hearing, hearings
from engagement.log.models import Reach

YEAR = timedelta(days=365)
STANDS_FOR = ("led_by", "speaks_for")


@dataclass(frozen=True)
class Missing:
    """One community: when it was heard here, at how many contacts of the last year, and who of it is invited."""

    community: Community
    heard: Hearing
    contacts: int
    forums: int
    invited: int
    meant: bool

    @property
    def stands_out(self) -> bool:
        """Whether it is quiet and nobody has thought of it for this forum."""
        return self.heard.is_quiet and not self.invited and not self.meant


@dataclass(frozen=True)
class WhoIsMissing:
    """All communities, those never heard first; `most` is the longest bar."""

    rows: list[Missing]
    most: int

    @property
    def never(self) -> list[Missing]:
        """Those that stand out."""
        return [row for row in self.rows if row.stands_out]


def who_is_missing(forum: Forum) -> WhoIsMissing:
    """Every community with when it was last heard in the forum's locality, zeros shown: contacts are counted, not
    people; so are forums that took place and are not
    closed yet. 6 queries. Withdrawn and restricted contacts do not count."""
    here = [forum.locality] if forum.locality is not None else []
    heard = [row for row in hearings(localities=here) if row.locality == forum.locality]
    since = timezone.localdate() - YEAR
    reach = Reach.objects.filter(occurred_on__gte=since, event__withdrawn_at=None, event__restricted=False)
    if forum.locality is not None:
        reach = reach.filter(locality=forum.locality)
    contacts = _counted(reach, "community__enclosing__ancestor", "event")
    held = Forum.objects.filter(state=ForumState.HELD, on__gte=since)
    if forum.locality is not None:
        held = held.filter(locality=forum.locality)
    forums = _counted(held, "communities__enclosing__ancestor", "pk")
    links = OrganisationCommunity.objects.filter(organisation__invitations__forum=forum, relation__in=STANDS_FOR)
    invited = _counted(links, "community__enclosing__ancestor", "organisation")
    meant = {community.pk for community in forum.communities.all()}
    rows = [
        Missing(row.community, row, contacts.get(row.community.pk, 0),
                forums.get(row.community.pk, 0), invited.get(row.community.pk, 0),
                row.community.pk in meant)
        for row in heard
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.contacts > 0, -(row.heard.days or 10_000), row.community.name))
    return WhoIsMissing(rows, max((row.contacts for row in rows), default=0))


def _counted(rows: Any, by: str, what: str) -> dict[Any, int]:
    return dict(rows.order_by().values_list(by).annotate(Count(what, distinct=True)))
