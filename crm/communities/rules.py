"""What is missing before a community can be saved: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from crm.base.rules import Blocker
from crm.communities.details import CommunityDetails
from crm.communities.models import Community

NO_NAME = Blocker("name_missing", "Write the name people there use", "name")
NAME_TAKEN = Blocker("name_taken", "There is a community of this name already", "name")
IN_ITSELF = Blocker("nesting_circle", "A community cannot lie in itself or in one that lies in it", "parent")
NO_RHYTHM = Blocker("rhythm_missing", "Write a number of days, 1 or more", "rhythm_days")


def blockers_to_adding(details: CommunityDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being a community."""
    yield from _own(details, Community.objects.all())


def blockers_to_changing(details: CommunityDetails, community: Community) -> Iterator[Blocker]:
    """Everything that keeps a community from being changed like this."""
    yield from _own(details, Community.objects.exclude(pk=community.pk))
    if details.parent is not None and Community.objects.within(community).filter(pk=details.parent.pk).exists():
        yield IN_ITSELF


def _own(details: CommunityDetails, others: QuerySet[Community]) -> Iterator[Blocker]:
    name = details.name.strip()
    if not name:
        yield NO_NAME
    elif others.filter(name__iexact=name).exists():
        yield NAME_TAKEN
    if details.rhythm_days < 1:
        yield NO_RHYTHM
