"""Only actions write. This module holds the lock that every model and queryset of ours asks before it saves."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_allowed: ContextVar[bool] = ContextVar("writing_allowed", default=False)


class WroteOutsideAction(RuntimeError):
    """Code tried to save without going through an action, so nothing checked it and nothing recorded it."""


@contextmanager
def writing_allowed() -> Iterator[None]:
    """Open the lock: for actions, migrations and the making of test data; for nothing else."""
    token = _allowed.set(True)
    try:
        yield
    finally:
        _allowed.reset(token)


def insist_on_action(what: str) -> None:
    """Raise `WroteOutsideAction` unless an action is under way."""
    if not _allowed.get():
        raise WroteOutsideAction(f"{what} was written outside an action. Write a function in actions.py and call it.")
