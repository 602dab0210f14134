"""Forums and series that a colleague looks after from now on, because whoever did so goes."""

from __future__ import annotations

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from engagement.forums.models import Forum, Series
from engagement.forums.permissions import forums as permissions
from engagement.forums.rules import forums as rules


@action(permissions.give_forum)
def give_forum(*, actor: User, forum: Forum, owner: User, expected_version: int | None = None) -> Forum:
    """Somebody else looks after a forum, also one that is held and not closed yet. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_giving(fresh))
    refuse_input_if(rules.blockers_to_owning(owner))
    fresh.owner = owner
    return write(fresh, verb=Verb.FORUM_GIVEN)


@action(permissions.give_series)
def give_series(*, actor: User, series: Series, owner: User, expected_version: int | None = None) -> Series:
    """Somebody else looks after a series that goes on; its dates pass one by one. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(series, expected_version=expected_version)
    refuse_if(rules.blockers_to_ending(fresh))
    refuse_input_if(rules.blockers_to_owning(owner))
    fresh.owner = owner
    return write(fresh, verb=Verb.SERIES_GIVEN)
