"""How the actions are called that keep the council's lists and open its site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Site

from crm.base.actors import SYSTEM
from crm.base.tables import Line
from crm.base.writing import writing_allowed
from crm.communities.files import COLUMNS, SHIPPED
from engagement.log.files import read_lists
from engagement.log.models import AccessSupport, Barrier
from tests.world import World


def a_barrier(world: World) -> Barrier:
    """A barrier of the world's list."""
    with writing_allowed():
        return Barrier.objects.get_or_create(name="No step-free way in")[0]


def a_support(world: World) -> AccessSupport:
    """A kind of support of the world's list."""
    with writing_allowed():
        return AccessSupport.objects.get_or_create(name="Hearing loop")[0]


def _a_line(world: World) -> Line:
    words = ("Urdu poets", "community", world.community.name, "", world.urdu.code, "", "", "")
    return Line(SHIPPED.name, 2, dict(zip(COLUMNS, words, strict=True)))


def _moved(world: World) -> tuple[Any, dict[str, Any]]:
    """The site stands at another address than the settings say."""
    Site.objects.update(hostname="elsewhere.example")
    return SYSTEM, {}


CALLS_OF_LISTS: dict[str, Callable[[World], tuple[Any, dict[str, Any]]]] = {
    "add_topic": lambda w: (w.lead, {"name": "Parking"}),
    "change_topic": lambda w: (w.lead, {"topic": w.topic, "name": "Unpaid carers"}),
    "add_barrier": lambda w: (w.lead, {"name": "The tide"}),
    "change_barrier": lambda w: (w.lead, {"barrier": a_barrier(w), "retired": True}),
    "add_access_support": lambda w: (w.lead, {"name": "A boat"}),
    "change_access_support": lambda w: (w.lead, {"support": a_support(w), "name": "Loop"}),
    "open_site": _moved,
    "load_lists": lambda w: (SYSTEM, {"lists": read_lists()}),
    "load_communities": lambda w: (SYSTEM, {"lines": [_a_line(w)]}),
}
