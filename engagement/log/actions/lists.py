"""The council's list of topics."""

from __future__ import annotations

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from engagement.log import permissions
from engagement.log.models import Topic


@action(permissions.add_topic)
def add_topic(*, actor: User, name: str, order: int = 100) -> Topic:
    """Put a topic into the council's list. Raises `InputBlocked` when the name is taken or empty."""
    return write(Topic(name=name.strip(), order=order), verb=Verb.TOPIC_ADDED)


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
    fresh = lock(topic, expected_version=expected_version)
    fresh.name = fresh.name if name is None else name.strip()
    fresh.order = fresh.order if order is None else order
    fresh.retired = fresh.retired if retired is None else retired
    return write(fresh, verb=Verb.TOPIC_CHANGED)
