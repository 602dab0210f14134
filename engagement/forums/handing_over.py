"""Forums, series and jobs pass to a colleague when whoever looks after them goes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Count

from crm.accounts.models import User
from crm.base.actors import Actor
from crm.champions.handover import LeftOpen, handovers
from engagement.forums.actions.giving import give_forum, give_series
from engagement.forums.actions.jobs import give_job
from engagement.forums.models import Forum, Job, Series


def _forums(reader: Actor) -> Any:
    return Forum.objects.visible_to(reader).to_look_after().order_by("on", "id")


def _series(reader: Actor) -> Any:
    return Series.objects.visible_to(reader).running().order_by("name", "id")


def _jobs(reader: Actor) -> Any:
    return Job.objects.visible_to(reader).open().order_by("due_on", "id")


def _counted(rows: Any, users: Collection[UUID]) -> Mapping[UUID, int]:
    owned = rows.filter(owner__in=users).order_by()
    return dict(owned.values_list("owner").annotate(number=Count("pk")))


def open_forums_of(*, reader: Actor, users: Collection[UUID]) -> Mapping[UUID, int]:
    """How many forums each of these colleagues looks after that are not closed or cancelled."""
    return _counted(_forums(reader), users)


def pass_forums_on(*, actor: User, owner: User, to: User, reason: str) -> int:
    """Let somebody else look after each of them, audited one by one."""
    forums = list(_forums(actor).filter(owner=owner))
    for forum in forums:
        give_forum(actor=actor, forum=forum, owner=to)
    return len(forums)


def running_series_of(*, reader: Actor, users: Collection[UUID]) -> Mapping[UUID, int]:
    """How many series that go on each of these colleagues looks after."""
    return _counted(_series(reader), users)


def pass_series_on(*, actor: User, owner: User, to: User, reason: str) -> int:
    """Let somebody else look after each of them, so that the dates to come are theirs."""
    many = list(_series(actor).filter(owner=owner))
    for series in many:
        give_series(actor=actor, series=series, owner=to)
    return len(many)


def open_jobs_of(*, reader: Actor, users: Collection[UUID]) -> Mapping[UUID, int]:
    """How many jobs for forums each of these colleagues has still to do."""
    return _counted(_jobs(reader), users)


def pass_jobs_on(*, actor: User, owner: User, to: User, reason: str) -> int:
    """Give each of them to somebody else."""
    jobs = list(_jobs(actor).filter(owner=owner).select_related("forum"))
    for job in jobs:
        give_job(actor=actor, job=job, owner=to)
    return len(jobs)


def pass_on_what_forums_leave() -> None:
    """Forums do not lie when a champion goes."""
    handovers.add("forums", LeftOpen("forum to look after", "forums to look after", open_forums_of, pass_forums_on))
    handovers.add("series", LeftOpen("series of forums", "series of forums", running_series_of, pass_series_on))
    handovers.add("jobs", LeftOpen("job for a forum", "jobs for forums", open_jobs_of, pass_jobs_on))
