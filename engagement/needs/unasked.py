"""Whom nobody asked what they need (DAPB1605, identify): a list to work through, not only a number."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from crm.access.models import AccessNeed, NoNeed
from crm.base.actors import OFFICE_ROLES, Actor, holds
from engagement.log.models import Contribution
from engagement.needs.reports import whole_year

WORDS = "Only those we met and never asked what they need"


def nobody_asked(reader: Actor, people: QuerySet[Any]) -> QuerySet[Any]:
    """Of these people, those met by name since the first day of the report's year, also in the running month, of whom
    no need was ever written down, and not that they need nothing.

    For the office alone: others must not learn who needs nothing. Restricted contacts do not count, because only their
    named readers may know that they were. No query of its own.
    """
    if not holds(reader, OFFICE_ROLES):
        return people.none()
    since, _ = whole_year()
    me = OuterRef("pk")
    met = Contribution.objects.filter(
        person=me, event__occurred_on__gte=since, event__withdrawn_at=None, event__restricted=False
    )
    own, as_supporter = (
        AccessNeed.objects.filter(person=me, supporter=None),
        AccessNeed.objects.filter(supporter__supporter=me),
    )
    nothing = NoNeed.objects.current().filter(person=me)
    return people.filter(Exists(met), ~Exists(own), ~Exists(as_supporter), ~Exists(nothing))
