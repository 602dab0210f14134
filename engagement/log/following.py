"""What other rooms hang on a promise: the public list, say. They put in what follows when it is opened again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from crm.accounts.models import User
from crm.base.registries import Registry
from engagement.log.models import Promise


@dataclass(frozen=True)
class OpenedAgain:
    """`says`: what to know first, empty for nothing. `follow`: called with who opened it, the promise as it is now and
    the state it was in."""

    says: Callable[[Promise], str]
    follow: Callable[[User, Promise, str], None]


opened_again: Registry[OpenedAgain] = Registry("what follows when a promise is opened again")


def to_know_before_opening(promise: Promise) -> str:
    """Everything to know first, in one paragraph."""
    return " ".join(words for one in opened_again if (words := one.says(promise)))


def follow_opening(actor: User, promise: Promise, was: str) -> None:
    """Let every room follow."""
    for one in opened_again:
        one.follow(actor, promise, was)
