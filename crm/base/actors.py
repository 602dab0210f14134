"""Who acts. Rooms below accounts know a user only by these few answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol
from uuid import UUID

from django.db import models


class Role(models.TextChoices):
    """What a person may be in the council's engagement work. One person may hold several, each with its own scope."""

    OFFICER = "officer", "Engagement officer"
    CHAMPION = "champion", "EDI champion"
    LEAD = "lead", "EDI lead"
    MANAGER = "manager", "Manager"
    ANALYST = "analyst", "Analyst"
    PUBLISHER = "publisher", "Publisher"
    TRANSLATOR = "translator", "Translator"
    CHECKER = "checker", "Accessibility checker"
    ADMINISTRATOR = "administrator", "Administrator"
    AUDITOR = "auditor", "Auditor"


EVERYONE_ON_STAFF = frozenset(Role)
FIELD_ROLES = frozenset({Role.OFFICER, Role.CHAMPION, Role.LEAD, Role.MANAGER})
OFFICE_ROLES = frozenset({Role.OFFICER, Role.LEAD, Role.MANAGER})
CONTENT_ROLES = frozenset({Role.PUBLISHER, Role.TRANSLATOR, Role.CHECKER})


@dataclass(frozen=True)
class Scope:
    """Where some roles reach: everywhere, or these teams and localities."""

    everywhere: bool = False
    teams: frozenset[UUID] = frozenset()
    localities: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Standing:
    """What somebody may see by: that they signed in, the roles they hold today, and where these reach. Two colleagues
    with the same roles are the same but for `pk`."""

    grants: frozenset[tuple[Role, UUID | None, UUID | None]]  # role, team, locality
    pk: UUID | None = None
    is_active: bool = True
    is_authenticated: bool = True

    @cached_property
    def roles_today(self) -> frozenset[Role]:
        """Which roles these are."""
        return frozenset(role for role, _, _ in self.grants)

    def scope_of(self, roles: Collection[Role]) -> Scope:
        """Where these roles reach; a role given without team or locality reaches everywhere."""
        found = [(team, locality) for role, team, locality in self.grants if role in roles]
        return Scope(
            everywhere=any(team is None and locality is None for team, locality in found),
            teams=frozenset(team for team, _ in found if team),
            localities=frozenset(locality for _, locality in found if locality),
        )

    def known_as(self, pk: UUID) -> Standing:
        """Somebody with these roles."""
        return replace(self, pk=pk)


class Actor(Protocol):
    """Someone who looks or acts: a signed-in user, or nobody (who may nothing)."""

    @property
    def pk(self) -> Any:
        """The user's id; None for nobody."""

    @property
    def is_active(self) -> bool:
        """Whether the account is open."""

    @property
    def is_authenticated(self) -> bool:
        """Whether someone has signed in."""


def holds(user: Actor, roles: Collection[Role]) -> bool:
    """Whether this user holds one of the roles today. Nobody, and a closed account, hold none."""
    return not roles_of(user).isdisjoint(roles)


def roles_of(user: Actor) -> frozenset[Role]:
    """The roles this user holds today."""
    if not (user.is_authenticated and user.is_active):
        return frozenset()
    found: frozenset[Role] = user.roles_today  # type: ignore[attr-defined]  # crm.accounts.models.User
    return found


def scope_of(user: Actor, roles: Collection[Role]) -> Scope:
    """Where this user's roles, of those named, reach today. Nobody reaches nothing."""
    if not (user.is_authenticated and user.is_active):
        return Scope()
    found: Scope = user.scope_of(roles)  # type: ignore[attr-defined]  # crm.accounts.models.User
    return found


@dataclass(frozen=True)
class SystemActor:
    """Heard itself, at the command line. Nobody has signed in, so it holds no role, sees nothing through
    `visible_to`, and may do only what a permission row opens to the system by name."""

    pk: None = None
    is_active: bool = True
    is_authenticated: bool = False


SYSTEM = SystemActor()
