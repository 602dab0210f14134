"""What closing a forum would write by itself: from its plan, its arrangements and its list of who came."""

from __future__ import annotations

from collections.abc import Sequence

from crm.languages.models import Language
from crm.organisations.models import Organisation
from engagement.forums.held import ClosingDetails
from engagement.forums.models import Arrangement, Attendance, Forum, Headcount
from engagement.forums.there import standing
from engagement.log.actions.events import reach_of
from engagement.log.details import BarrierDetails, ReachDetails
from engagement.log.models import AccessSupport, Barrier, Reach

# What was offered or arranged → words that stand in the council's name for that support. The page shows what was found
# ticked, and whoever closes the forum decides.
WORDS_OF_SUPPORT = {
    "bsl": ("bsl interpreter",), "spoken": ("spoken",), "caption": ("caption",), "easy-read": ("easy read",),
    "large-print": ("large print",), "talking-mats": ("talking mats",), "picture": ("talking mats",),
    "loop": ("hearing loop",), "step-free": ("step-free",), "quiet": ("quiet",), "transport": ("taxi",),
    "childcare": ("childcare",), "carer-cover": ("relief",), "online": ("online",), "phone-or-video": ("online",),
    "deafblind": ("deafblind",), "braille": ("braille",),
}  # fmt: skip


def proposed(forum: Forum) -> ClosingDetails:
    """What nobody has to type: whom it was for, its topics, the support that was there, and what kept people away. 9
    queries, however many came."""
    kept_away = Attendance.objects.filter(forum=forum).exclude(barrier=None).order_by().values("barrier")
    barriers = Barrier.objects.filter(pk__in=kept_away).for_list()
    there = _there(forum)
    offers = list(forum.offers.select_related("kind", "language"))
    keys = {offer.kind.key for offer in offers} | {row.type.key for row in there if row.type is not None}
    return ClosingDetails(
        communities=list(forum.communities.all()),
        topics=list(forum.topics.all()),  # type: ignore[arg-type]  # one queryset for three lists
        support_used=_support(keys),
        languages_used=_languages({row.language_id for row in there}),
        barriers=[BarrierDetails(row) for row in barriers],  # type: ignore[arg-type]
    )


def _there(forum: Forum) -> list[Arrangement]:
    """What was needed, and was there."""
    rows = Arrangement.objects.filter(forum=forum).standing().for_list()
    return [one.row for one in standing(rows) if one.is_met]


def _support(keys: set[str]) -> list[AccessSupport]:
    wanted = {words for mark, many in WORDS_OF_SUPPORT.items() for words in many if any(mark in key for key in keys)}
    known: Sequence[AccessSupport] = list(AccessSupport.objects.in_use().for_list())  # type: ignore[arg-type]
    return [row for row in known if any(words in row.name.casefold() for words in wanted)]


def _languages(keys: set[object]) -> list[Language]:
    return list(Language.objects.filter(pk__in=[key for key in keys if key]))


def reached_at(forum: Forum, details: ClosingDetails, groups: Sequence[Organisation], heads: int) -> list[ReachDetails]:
    """Who was reached: the communities that were counted, those the meeting was for, those the groups that came stand
    for, and everybody together without a community. Rows of communities may overlap and are never added up. 2
    queries."""
    if not heads:
        return []
    counts = list(Headcount.objects.filter(forum=forum).select_related("community"))
    estimated = any(row.basis != Reach.Basis.COUNTED for row in counts)
    rows = {
        row.community_id: ReachDetails(row.community, row.people, row.basis)
        for row in counts
        if row.community_id and row.people
    }
    for community in details.communities or ():
        rows.setdefault(community.pk, ReachDetails(community))
    for told in reach_of(groups):
        assert told.community is not None  # a group stands for communities
        rows.setdefault(told.community.pk, told)
    basis = Reach.Basis.ESTIMATED if estimated else Reach.Basis.COUNTED
    everybody = ReachDetails(None, heads, basis)
    return [*rows.values(), everybody]
