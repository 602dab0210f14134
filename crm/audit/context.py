"""Which request is under way: its correlation id and its way in."""

from __future__ import annotations

from contextvars import ContextVar
from uuid import UUID

from crm.audit.models import AuditEvent
from crm.base.ids import new_id

_request: ContextVar[tuple[UUID, str] | None] = ContextVar("request", default=None)


def enter_request(door: str) -> UUID:
    """A request begins: everything it does carries one correlation id. Returns the id."""
    correlation = new_id()
    _request.set((correlation, door))
    return correlation


def leave_request() -> None:
    """The request is over."""
    _request.set(None)


def correlation_id() -> UUID:
    """The id of the request under way, or a new one for a command."""
    found = _request.get()
    return found[0] if found else new_id()


def current_door() -> str:
    """Page, API or command."""
    found = _request.get()
    return found[1] if found else AuditEvent.Door.COMMAND
