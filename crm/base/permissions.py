"""Who may do what: one named function per action, and the table that the documents and the URLs are checked against."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

from crm.base.actors import SYSTEM, Actor, Role, holds


class Refused(Exception):
    """This user may not do this. Says who may, never what exists."""


@dataclass(frozen=True)
class Row:
    """One row of the permissions table: what, who, on what condition, and the token scope that reaches it."""

    name: str
    words: str
    roles: frozenset[Role]
    scope: str
    condition: str
    public: bool = False
    system: bool = False

    def open_to(self, user: Actor) -> bool:
        """Whether this user may ever do this; a record's own condition is asked separately."""
        return self.public or (self.system and user is SYSTEM) or holds(user, self.roles)


class Permission(Protocol):
    """A permission function: call it with the actor and what is acted on. `subjects`: what it must be given, by
    name, and of which kind."""

    row: Row
    subjects: dict[str, str]
    __name__: str

    def __call__(self, *, actor: Actor, **subjects: Any) -> bool:
        """Whether the actor may."""


PERMISSIONS: dict[str, Row] = {}


def permission(
    words: str, *, roles: Collection[Role] = (), scope: str = "log", system: bool = False, public: bool = False
) -> Callable[[Callable[..., bool]], Permission]:
    """Put a permission function into the table. The function adds the condition on the record; roles come first.

    `scope` is what an API token needs: "read", "log" (write what its user may) or "admin". `system` opens the row to
    commands too, which act as nobody who signed in. `public` opens it to people who have not signed in: the function's
    own condition, and the action's rules, are then all that guards it.
    """

    def enter(function: Callable[..., bool]) -> Permission:
        row = Row(
            name=function.__name__,
            words=words,
            roles=frozenset(roles),
            scope=scope,
            condition=inspect.getdoc(function) or "",
            system=system,
            public=public,
        )
        if row.name in PERMISSIONS:
            raise ValueError(f"Two permissions are called {row.name}.")
        PERMISSIONS[row.name] = row
        parameters = inspect.signature(function).parameters
        wanted = set(parameters)

        def asks(*, actor: Actor, **subjects: Any) -> bool:
            if not row.open_to(actor):
                return False
            return function(actor=actor, **{name: value for name, value in subjects.items() if name in wanted})

        asks.__name__ = function.__name__
        asks.__doc__ = function.__doc__
        asks.row = row  # type: ignore[attr-defined]
        asks.subjects = {  # type: ignore[attr-defined]
            name: str(one.annotation)
            for name, one in parameters.items()
            if name != "actor" and one.default is inspect.Parameter.empty
        }
        return asks  # type: ignore[return-value]

    return enter


def public(name: str, words: str) -> Row:
    """Enter a row for a page that anyone may open."""
    row = Row(name=name, words=words, roles=frozenset(), scope="", condition="Anyone, signed in or not.", public=True)
    PERMISSIONS[name] = row
    return row


def about(permission: Permission, record: Any) -> dict[str, Any]:
    """What a row asks about, where that is this record and nothing else. Raises TypeError where it asks for more."""
    kinds = {kind.__name__ for kind in type(record).__mro__}
    if len(permission.subjects) > 1 or not kinds.issuperset(permission.subjects.values()):
        raise TypeError(f"{permission.__name__} asks about {permission.subjects}: the page says so in `asks_about`.")
    return dict.fromkeys(permission.subjects, record)


def insist(permission: Permission, *, actor: Actor, **subjects: Any) -> None:
    """Raise `Refused` unless the actor may."""
    if not permission(actor=actor, **subjects):
        condition = " ".join(permission.row.condition.split())
        raise Refused(f"{permission.row.words}: {condition}" if condition else permission.row.words)
