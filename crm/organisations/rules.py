"""What is missing before a group can be saved, and what to look at twice: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from crm.base.phones import kept_phone
from crm.base.rules import Blocker
from crm.base.text import search_words
from crm.organisations.details import CommunityLinkDetails, OrganisationDetails
from crm.organisations.models import Organisation

NO_NAME = Blocker("name_missing", "Write the name of the group", "name")
IN_ITSELF = Blocker("belonging_circle", "A group cannot belong to itself or to one that belongs to it", "parent")
BAD_PHONE = Blocker("phone_impossible", "Write a phone number, like 07700 900123", "phone")
LINK_TWICE = Blocker("community_twice", "Say once how the group stands to a community", "communities")
HIGHEST = 50  # belonging is a few steps deep; a longer chain is a circle


def blockers_to_adding(details: OrganisationDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being a group."""
    if not details.name.strip():
        yield NO_NAME
    if kept_phone(details.phone) is None:
        yield BAD_PHONE
    if _stands_twice(details.communities):
        yield LINK_TWICE


def blockers_to_changing(details: OrganisationDetails, organisation: Organisation) -> Iterator[Blocker]:
    """Everything that keeps a group from being changed like this."""
    yield from blockers_to_adding(details)
    if details.parent is not None and _belongs_to(details.parent, organisation):
        yield IN_ITSELF


def same_named(name: str, *, besides: Organisation | None = None) -> list[Organisation]:
    """Groups whose name is the same but for case, accents, script and punctuation: a warning, never a blocker.

    Reads every name: a council knows thousands of groups, not millions.
    """
    wanted = search_words(name)
    others = Organisation.objects.exclude(pk=besides.pk) if besides else Organisation.objects.all()
    found = [pk for pk, other in others.values_list("pk", "name") if search_words(other) == wanted] if wanted else []
    return list(Organisation.objects.filter(pk__in=found[:5]).select_related("area"))


def _stands_twice(links: Sequence[CommunityLinkDetails]) -> bool:
    """Led by is also speaking for: one relation to one community says enough, and the strongest is the true one."""
    communities = [link.community.pk for link in links]
    return len(communities) != len(set(communities))


def _belongs_to(group: Organisation, other: Organisation) -> bool:
    """Whether the group is the other, or belongs to it at any height."""
    step: Any = group.pk
    for _ in range(HIGHEST):
        if step is None or step == other.pk:
            break
        step = Organisation.objects.filter(pk=step).values_list("parent", flat=True).first()
    return step is not None
