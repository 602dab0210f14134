"""What access needs show elsewhere: on a person's page, and on the home of whoever must ask again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from crm.access.flags import standing_needs
from crm.access.models import AccessNeed
from crm.base.actors import OFFICE_ROLES, Actor, holds
from crm.base.timeline import Card
from crm.people.models import Person

SHOWN = 10
SOON = 14  # days before its day on which a review comes to the home page


def needs_of(reader: Actor, subject: Any) -> Card | None:
    """On a person's page: the needs the reader may read, and how many more they see as instructions only.
    1 query, none where the page's flags asked already."""
    if not isinstance(subject, Person) or not holds(reader, OFFICE_ROLES):
        return None
    standing = standing_needs(reader, [subject]).get(subject.pk, [])
    readable = sorted((need for need in standing if need.readable), key=lambda need: (need.review_on, need.pk))
    shows = {"person": subject, "needs": readable, "hidden": len(standing) - len(readable)}
    return Card("workspace/access/card_of_person.html", shows, order=6)


def reviews_card(reader: Actor) -> Card | None:
    """On the home page: needs of one's own people and places that must be asked about again, late ones first."""
    if not holds(reader, OFFICE_ROLES):
        return None
    soon = timezone.localdate() + timedelta(days=SOON)
    found = list(AccessNeed.objects.visible_to(reader).due(soon).for_list()[: SHOWN + 1])
    shows = {"needs": found[:SHOWN], "more": len(found) > SHOWN, "today": timezone.localdate()}
    return Card("workspace/access/card_reviews.html", shows, order=25)
