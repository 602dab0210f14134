"""The council's lists: topics, barriers, and kinds of access and language support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from crm.accounts.models import User
from crm.audit.actions import action, lock, write, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_input_if
from crm.base.tables import Line
from engagement.log import permissions, rules
from engagement.log.models import AccessSupport, Barrier, KeptList, Topic

T = TypeVar("T", bound=KeptList)
LISTS: dict[str, tuple[type[KeptList], Verb]] = {
    "topics": (Topic, Verb.TOPIC_ADDED),
    "barriers": (Barrier, Verb.BARRIER_ADDED),
    "support": (AccessSupport, Verb.ACCESS_SUPPORT_ADDED),
}


@action(permissions.add_topic)
def add_topic(*, actor: User, name: str, order: int = rules.USUAL_ORDER) -> Topic:
    """Put a topic into the council's list. Raises `InputBlocked` when the name is taken or empty."""
    return _added(Topic(name=name.strip(), order=order), Verb.TOPIC_ADDED)


@action(permissions.change_topic)
def change_topic(
    *,
    actor: User,
    topic: Topic,
    name: str | None = None,
    order: int | None = None,
    retired: bool | None = None,
    expected_version: int | None = None,
) -> Topic:
    """Rename, reorder or retire a topic; contacts that bear it keep it. Raises `Stale`, `InputBlocked`."""
    return _changed(lock(topic, expected_version=expected_version), Verb.TOPIC_CHANGED, name, order, retired)


@action(permissions.add_barrier)
def add_barrier(*, actor: User, name: str, order: int = rules.USUAL_ORDER) -> Barrier:
    """Put a barrier into the council's list. Raises `InputBlocked` when the name is taken or empty."""
    return _added(Barrier(name=name.strip(), order=order), Verb.BARRIER_ADDED)


@action(permissions.change_barrier)
def change_barrier(
    *,
    actor: User,
    barrier: Barrier,
    name: str | None = None,
    order: int | None = None,
    retired: bool | None = None,
    expected_version: int | None = None,
) -> Barrier:
    """Rename, reorder or retire a barrier; contacts that name it keep it. Raises `Stale`, `InputBlocked`."""
    return _changed(lock(barrier, expected_version=expected_version), Verb.BARRIER_CHANGED, name, order, retired)


@action(permissions.add_access_support)
def add_access_support(*, actor: User, name: str, order: int = rules.USUAL_ORDER) -> AccessSupport:
    """Put a kind of support into the council's list. Raises `InputBlocked` when the name is taken or empty."""
    return _added(AccessSupport(name=name.strip(), order=order), Verb.ACCESS_SUPPORT_ADDED)


@action(permissions.change_access_support)
def change_access_support(
    *,
    actor: User,
    support: AccessSupport,
    name: str | None = None,
    order: int | None = None,
    retired: bool | None = None,
    expected_version: int | None = None,
) -> AccessSupport:
    """Rename, reorder or retire a kind of support; contacts where it was used keep it. Raises `Stale`,
    `InputBlocked`."""
    return _changed(lock(support, expected_version=expected_version), Verb.ACCESS_SUPPORT_CHANGED, name, order, retired)


@action(permissions.load_lists)
def load_lists(*, actor: Actor, lists: Mapping[str, Sequence[Line]]) -> dict[str, int]:
    """Add the topics, barriers and kinds of support of files that are not there yet; what the council keeps already
    stays as it is, and one that it renamed is not added again. Returns how many were added to each list: none the
    second time. Raises `InputBlocked` with every mistake and its line."""
    refuse_input_if(rules.blockers_to_lists(lists))
    return {name: _loaded(*LISTS[name], lines) for name, lines in lists.items()}


def _loaded(model: type[KeptList], verb: Verb, lines: Sequence[Line]) -> int:
    names: Any = model._default_manager.values_list("name", "first_name")
    known = {name.casefold() for pair in names for name in pair}
    new = [
        model(name=line["name"], order=int(line["order"] or rules.USUAL_ORDER), retired=line["retired"] == "yes")
        for line in lines
        if line["name"].casefold() not in known
    ]
    return len(write_new(new, verb=verb))


def _added(entry: T, verb: Verb) -> T:
    refuse_input_if(rules.blockers_to_keeping(entry.name, type(entry)._default_manager.all()))
    return write(entry, verb=verb)


def _changed(fresh: T, verb: Verb, name: str | None, order: int | None, retired: bool | None) -> T:
    if name is not None and name.strip() != fresh.name:
        refuse_input_if(rules.blockers_to_keeping(name.strip(), type(fresh)._default_manager.exclude(pk=fresh.pk)))
        fresh.first_name = fresh.first_name or fresh.name
        fresh.name = name.strip()
    fresh.order = fresh.order if order is None else order
    fresh.retired = fresh.retired if retired is None else retired
    return write(fresh, verb=verb)
