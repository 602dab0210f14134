"""Which forums a public calendar holds: all, or those of a place, community or language, or with one thing offered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from crm.areas.models import Area, AreaKind
from crm.communities.models import Community, CommunityLink
from crm.languages.models import Language
from engagement.forums.models import Forum, ForumOffer, OfferKind


@dataclass(frozen=True)
class Chosen:
    """Which forums a calendar holds, and what people call it: how they are chosen, and by which record."""

    name: str
    way: str
    pk: UUID | None = None


def everything(key: str) -> Chosen | None:
    """All public forums."""
    return Chosen("All forums", "all") if key == "forums" else None


def of_locality(key: str) -> Chosen | None:
    """Those of a locality, and those for the whole council."""
    area = Area.objects.filter(pk=_id(key), kind=AreaKind.LOCALITY).first()
    return Chosen(f"Forums in {area.name}", "locality", area.pk) if area else None


def of_community(key: str) -> Chosen | None:
    """Those for a community and the communities inside it."""
    found = Community.objects.filter(pk=_id(key)).first()
    return Chosen(f"Forums for {found.name}", "community", found.pk) if found else None


def in_language(key: str) -> Chosen | None:
    """Those with an interpreter or anything else in a language."""
    found = Language.objects.filter(code=key).first()
    return Chosen(f"Forums in {found.name}", "language", found.pk) if found else None


def with_offer(key: str) -> Chosen | None:
    """Those that offer one thing: BSL interpreters, childcare."""
    found = OfferKind.objects.offered().filter(key=key).first()
    return Chosen(f"Forums with {found.name}", "offer", found.pk) if found else None


# First part of the address → what finds the record that forums are chosen by, from the second.
WAYS_TO_CHOOSE: dict[str, Callable[[str], Chosen | None]] = {
    "all": everything,
    "locality": of_locality,
    "community": of_community,
    "language": in_language,
    "offer": with_offer,
}


def _for_community(pk: Any) -> Q:
    inside = CommunityLink.objects.filter(ancestor=pk).values("descendant")
    return Q(Exists(Forum.communities.through.objects.filter(forum_id=OuterRef("pk"), community_id__in=inside)))


# The same first part → which forums.
FORUMS_OF: dict[str, Callable[[Any], Q]] = {
    "all": lambda pk: Q(),
    "locality": lambda pk: Q(locality=pk) | Q(locality=None),
    "community": _for_community,
    "language": lambda pk: Q(Exists(ForumOffer.objects.filter(forum_id=OuterRef("pk"), language=pk))),
    "offer": lambda pk: Q(Exists(ForumOffer.objects.filter(forum_id=OuterRef("pk"), kind=pk))),
}


def _id(key: str) -> UUID:
    """The id in an address; one that nothing has where it is none, or is written otherwise than we write it: each
    address is kept as a text of its own, and an id can be written in endless ways."""
    nothing = UUID(int=0)
    try:
        return UUID(key) if str(UUID(key)) == key else nothing
    except ValueError:
        return nothing
