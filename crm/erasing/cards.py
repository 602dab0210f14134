"""What erasing shows on a person's page and on the home of whoever decides."""

from __future__ import annotations

from typing import Any

from crm.base.actors import Actor, holds
from crm.base.timeline import Card
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


def erasures_card(reader: Actor) -> Card | None:
    """On the home page of leads and managers: requests to decide, those due first. 1 query."""
    if not holds(reader, DECIDERS):
        return None
    rows = ErasureRequest.objects.visible_to(reader).filter(outcome=ErasureRequest.Outcome.OPEN).order_by("asked_on")
    found = list(rows[:SHOWN])
    return Card("workspace/erasing/card_home.html", {"requests": found}, order=16) if found else None
