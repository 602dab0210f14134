"""When the demonstration may be loaded."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings

from crm.accounts.models import User
from crm.areas.models import Council
from crm.base.rules import Blocker
from crm.people.models import Person

NOT_A_DEMONSTRATION = Blocker(
    "not_a_demonstration", "The demonstration loads only where settings say that this is one. This is a council's own"
)
NOT_EMPTY = Blocker(
    "not_empty", "This database already holds accounts or people. The demonstration loads only into an empty one"
)


def is_loaded() -> bool:
    """Whether the demonstration, or a council, is set up to the end."""
    return Council.objects.filter(ready_at__isnull=False).exists()


def blockers_to_loading() -> Iterator[Blocker]:
    """Why the demonstration must not be loaded here."""
    if not settings.DEMONSTRATION:
        yield NOT_A_DEMONSTRATION
    if User.objects.exists() or Person.objects.exists():
        yield NOT_EMPTY
