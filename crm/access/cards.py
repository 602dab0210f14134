"""What access needs show elsewhere: on a person's page, and on the home of whoever must ask again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from crm.access.flags import standing_needs
from crm.access.models import AccessNeed, NoNeed
from crm.base.actors import OFFICE_ROLES, Actor, holds
from crm.base.kept import kept
from crm.base.timeline import Card, asks
from crm.people.marks import mark_restricted_people
from crm.people.models import Person

SHOWN = 4  # home is for what comes first; the list has them all
SOON = 14  # days before its day on which a review comes to the home page


def needs_of(reader: Actor, subject: Any) -> Card | None:
    """On a person's page: the needs the reader may read, and how many more they see as instructions only.
    Where there are none: that they need nothing, if they were asked, who asked and when; or that their needs ended, and
    when. 3 queries; 1 fewer where the page's flags asked already, and 2 where it loaded the answers with the person."""
    if not isinstance(subject, Person) or not holds(reader, OFFICE_ROLES):
        return None
    standing = standing_needs(reader, [subject]).get(subject.pk, [])
    readable = sorted((need for need in standing if need.readable), key=lambda need: (need.review_on, need.pk))
    own = [need for need in standing if need.supporter is None]
    nothing = None if own else next((row for row in subject.no_needs.all() if row.ended_on is None), None)
    shows = {
        "person": subject, "needs": readable, "hidden": len(standing) - len(readable), "own": own, "nothing": nothing,
        "ended_on": None if own or nothing else _last_ended(subject),
    }  # fmt: skip
    return Card("workspace/access/card_of_person.html", shows, order=6)


def _last_ended(person: Person) -> date | None:
    """The day the last need of their own ended; None for whom none was ever written down."""
    own = [need.ended_on for need in person.access_needs.all() if need.supporter_id is None and need.ended_on]
    return max(own, default=None)


@kept
def _to_ask_again(reader: Actor) -> QuerySet[Any]:
    soon = timezone.localdate() + timedelta(days=SOON)
    return AccessNeed.objects.visible_to(reader).due(soon).for_list()[: SHOWN + 1]


@kept
def _without_needs_to_ask_again(reader: Actor) -> QuerySet[Any]:
    soon = timezone.localdate() + timedelta(days=SOON)
    return NoNeed.objects.visible_to(reader).due(soon).for_list()[: SHOWN + 1]


@asks(
    lambda reader: (
        [(_to_ask_again, reader), (_without_needs_to_ask_again, reader)] if holds(reader, OFFICE_ROLES) else []
    )
)
def reviews_card(reader: Actor) -> Card | None:
    """On the home page: needs of one's own people and places that must be asked about again, late ones first."""
    if not holds(reader, OFFICE_ROLES):
        return None
    found, asked = _to_ask_again(reader), _without_needs_to_ask_again(reader)
    people = [need.person for need in found[:SHOWN]] + [row.person for row in asked[:SHOWN]]
    mark_restricted_people(reader, people)
    shows = {
        "needs": found[:SHOWN], "more": len(found) > SHOWN, "today": timezone.localdate(),
        "nothing": asked[:SHOWN], "more_nothing": len(asked) > SHOWN,
    }  # fmt: skip
    return Card("workspace/access/card_reviews.html", shows, order=25)
