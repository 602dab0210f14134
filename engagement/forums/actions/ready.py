"""A forum is called ready when everything that whoever comes needs is there."""

from __future__ import annotations

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if
from engagement.forums.models import Forum
from engagement.forums.permissions import arrangements as permissions
from engagement.forums.rules import ready as rules
from engagement.forums.vocabulary import ForumState


@action(permissions.mark_ready)
def mark_ready(*, actor: User, forum: Forum, reason: str = "", expected_version: int | None = None) -> Forum:
    """Everything is arranged; or something is not, and the reason for holding it so stays in the record. Raises
    `Stale`, `Blocked` with what to do for each need that is not met."""
    fresh = lock(forum, expected_version=expected_version)
    refuse_if(rules.blockers_to_calling(fresh))
    missing = rules.missing_at(fresh)
    words = reason.strip()
    if not words:
        refuse_if(rules.blockers_to_being_ready(missing, actor))
    fresh.state, fresh.reopened_reason = ForumState.READY, ""
    fresh.ready_override_reason = words[:300] if missing else ""
    fresh.ready_as = {
        "on": fresh.on.isoformat(),
        "venue": str(fresh.venue_id or ""),
        "missing": [each.key for each in missing],
    }
    return write(fresh, verb=Verb.FORUM_READY)
