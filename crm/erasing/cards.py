"""What erasing shows on a person's page and on the home of whoever decides."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from crm.base.actors import Actor, holds
from crm.base.kept import kept
from crm.base.timeline import Card, asks
from crm.erasing.models import DECIDERS, ErasureRequest
from crm.erasing.permissions import record_erasure
from crm.people.models import Person

SHOWN = 10


def erasure_of(reader: Actor, subject: Any) -> Card | None:
    """On a person's page: a request that waits, or a way to write one down. No query where the
    page loaded the requests with the person."""
    if not isinstance(subject, Person) or not record_erasure.row.open_to(reader):
        return None
    asked = subject.erasure_requests.all()
    waiting = next((request for request in asked if request.outcome == ErasureRequest.Outcome.OPEN), None)
    shows = {"person": subject, "waiting": waiting, "may_decide": holds(reader, DECIDERS)}
    return Card("workspace/erasing/card_of_person.html", shows, order=90)


@kept
def _to_decide(reader: Actor) -> QuerySet[Any]:
    rows = ErasureRequest.objects.visible_to(reader).filter(outcome=ErasureRequest.Outcome.OPEN)
    return rows.order_by("asked_on")[:SHOWN]


@asks(lambda reader: [(_to_decide, reader)] if holds(reader, DECIDERS) else [])
def erasures_card(reader: Actor) -> Card | None:
    """On the home page of leads and managers: requests to decide, those due first."""
    if not holds(reader, DECIDERS):
        return None
    found = _to_decide(reader)
    return Card("workspace/erasing/card_home.html", {"requests": found}, order=16) if found else None
