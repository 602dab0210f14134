"""What is missing before a declared community can be saved: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from crm.base.rules import Blocker
from crm.declared.details import DeclarationDetails
from crm.declared.models import DeclaredCommunity
from crm.people.models import Person

NO_COMMUNITY = Blocker("community_missing", "Choose the community they named themselves", "community")
NO_PURPOSE = Blocker("purpose_missing", "Choose what they told us for", "purpose")
PURPOSE_ENDED = Blocker("purpose_ended", "This purpose is not used any more. Choose another", "purpose")
NO_DAY = Blocker("day_missing", "Write the day, like 24 11 2026", "declared_on")
LATER = Blocker("day_in_future", "The day must be today or in the past", "declared_on")
STANDS = Blocker("declaration_standing", "They said so for this purpose already", "community")
TAKEN_BACK = Blocker("declaration_withdrawn", "They took this back already")


def blockers_to_declaring(person: Person, details: DeclarationDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being recorded."""
    if details.community is None:
        yield NO_COMMUNITY
    if details.purpose is None:
        yield NO_PURPOSE
    elif details.purpose.ended_on:
        yield PURPOSE_ENDED
    if details.declared_on is None:
        yield NO_DAY
    elif details.declared_on > timezone.localdate():
        yield LATER
    standing = DeclaredCommunity.objects.filter(
        person=person, community=details.community, purpose=details.purpose, withdrawn_on=None
    )
    if details.community and details.purpose and standing.exists():
        yield STANDS


def blockers_to_withdrawing(declaration: DeclaredCommunity) -> Iterator[Blocker]:
    """Why it cannot be taken back."""
    if declaration.withdrawn_on:
        yield TAKEN_BACK
