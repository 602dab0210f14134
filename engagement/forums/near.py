"""Where words may speak of a person without a link to them: forums they were invited to or came to, and what was
written down there. When they are erased, their name is taken out there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from crm.people.models import Person
from engagement.forums.models import Arrangement, ArrangementStep, Captured, Forum, Job, NotesRow


def forums_near(person: Person) -> Iterable[QuerySet[Any]]:
    """The forums; what was captured and noted there, and what was arranged and given to do."""
    there = Q(attendances__person=person) | Q(invitations__person=person)
    forums = Forum.objects.filter(there).order_by().values("pk")
    yield Forum.objects.filter(pk__in=forums)
    for model in (Captured, Arrangement, Job):
        yield model._default_manager.filter(forum__in=forums)
    yield ArrangementStep.objects.filter(arrangement__forum__in=forums)
    yield NotesRow.objects.filter(notes__forum__in=forums)
