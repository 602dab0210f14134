"""What rooms above know of a person who is erased: records whose words may speak of them without a link to them (there
the name is taken out without asking; elsewhere it may be somebody else's), and what ends with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from crm.base.registries import Registry
from crm.people.models import Person

near_people: Registry[Callable[[Person], Iterable[QuerySet[Any]]]] = Registry("records near a person")
# Called before the links go, inside the action that erases.
when_erased: Registry[Callable[[Person], None]] = Registry("what ends with a person")
