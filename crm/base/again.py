"""Background work that goes on by itself when its worker was killed or failed.

The library leaves a task of a killed worker "running" for ever. Those that may be begun again safely are put in here by
their rooms; whoever looks puts what ran out of time, or failed, back into the queue. A task is begun five times at
most.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from crm.base.registries import Registry

MOST_TRIES = 5
LONGEST = timedelta(minutes=5)  # a task that is done in short steps, each of them a task, takes seconds
PAUSE = timedelta(minutes=1)  # after a failure: a database that is away is perhaps back
Status = TaskResultStatus
logger = logging.getLogger("heard.again")

repeatable: Registry[Any] = Registry("background work that may be begun again")


def begin_again() -> int:
    """Put back whatever was left lying. Says how many. 1 query when there is nothing."""
    now = timezone.now()
    lost = Q(status=Status.RUNNING, started_at__lt=now - LONGEST) | Q(status=Status.FAILED, finished_at__lt=now - PAUSE)
    done = 0
    for left in DBTaskResult.objects.filter(lost, task_path__in=_paths()):
        if len(left.worker_ids) >= MOST_TRIES:
            continue
        same = DBTaskResult.objects.filter(pk=left.pk, status=left.status, started_at=left.started_at)
        done += same.update(status=Status.READY, started_at=None, finished_at=None)
    if done:
        logger.warning("tasks.begun_again", extra={"facts": {"number": done}})
    return done


def under_way(task: Any, **known: str) -> bool:
    """Whether such a task waits or runs, with these of its arguments. 1 query."""
    rows = DBTaskResult.objects.filter(task_path=task.module_path, status__in=(Status.READY, Status.RUNNING))
    return rows.filter(**{f"args_kwargs__kwargs__{name}": value for name, value in known.items()}).exists()


def _paths() -> Iterable[str]:
    return [task.module_path for task in repeatable]
