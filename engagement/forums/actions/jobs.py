"""Jobs for forums: done, and given to somebody else."""

from __future__ import annotations

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from engagement.forums.models import Job
from engagement.forums.permissions import forums as permissions
from engagement.forums.rules import forums as rules


@action(permissions.finish_job)
def finish_job(*, actor: User, job: Job, expected_version: int | None = None) -> Job:
    """It is done. Raises `Stale`, `Blocked`."""
    fresh = lock(job, expected_version=expected_version)
    refuse_if(rules.blockers_to_doing(fresh))
    fresh.done_on = timezone.localdate()
    return write(fresh, verb=Verb.JOB_DONE)


@action(permissions.give_job)
def give_job(*, actor: User, job: Job, owner: User, expected_version: int | None = None) -> Job:
    """Somebody else does it from now on. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(job, expected_version=expected_version)
    refuse_if(rules.blockers_to_doing(fresh))
    refuse_input_if(rules.blockers_to_owning(owner))
    fresh.owner = owner
    return write(fresh, verb=Verb.JOB_GIVEN)
