"""A child's words are never quoted: also those said before we knew that it was a child."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models

from crm.audit.actions import write
from crm.audit.verbs import Verb
from crm.people.models import Person
from crm.people.rules import is_child
from engagement.log.models import Point


def take_back_quotes_of_children(written: Sequence[models.Model]) -> None:
    """Called at the end of every action: somebody saved as under 18 is quoted no more, from this moment on."""
    children = [row.pk for row in written if isinstance(row, Person) and is_child(row.age_band)]
    if children:
        take_back(Point.objects.filter(raised_by__person__in=children))


def take_back(points: Any) -> None:
    """These points may not be quoted."""
    for point in points.filter(quoting=Point.Quoting.YES):
        point.quoting = Point.Quoting.ASKED_NO
        write(point, verb=Verb.POINT_CORRECTED)
