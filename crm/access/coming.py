"""Whose needs somebody may read because those people are coming to what they organise. Rooms above say who comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q

from crm.base.actors import Actor
from crm.base.kept import inside
from crm.base.registries import Registry

# Each is a kept question for the ids of people who said they come to something this reader organises.
people_coming: Registry[Callable[[Actor], Iterable[Any]]] = Registry("people who come, by who organises")


def comes_to(reader: Actor, person: str) -> Q:
    """That the person a row names in this field comes to something the reader organises. Never somebody restricted,
    and never somebody who asked us to stop."""
    comes = Q()
    for ids_for in people_coming:
        comes |= Q(**{f"{person}__in": inside(ids_for, reader)})
    usable = Q(**{f"{person}__restricted": False, f"{person}__stopped_on": None})
    return comes & usable if comes else Q(pk__in=[])
