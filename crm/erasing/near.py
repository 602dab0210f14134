"""Records whose words may speak of a person without a link to them: rooms above say which. There the name is taken out
without asking; elsewhere it may be somebody else's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from crm.base.registries import Registry
from crm.people.models import Person

near_people: Registry[Callable[[Person], Iterable[QuerySet[Any]]]] = Registry("records near a person")
