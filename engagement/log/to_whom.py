"""To whom a promise was made, where nobody says it: whoever was met."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from crm.base.actors import Actor
from crm.communities.models import Community
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.log.details import PromiseDetails
from engagement.log.models import EngagementEvent

Met = Organisation | Person | Community


def addressed(promise: PromiseDetails, met: Sequence[Met]) -> PromiseDetails:
    """The promise, made to the first of those who were met unless it names somebody."""
    if promise.to_person or promise.to_organisation or promise.to_community or not met:
        return promise
    return made_to(promise, met[0])


def made_to(promise: PromiseDetails, subject: Met) -> PromiseDetails:
    """The promise, made to this group, person or community."""
    if isinstance(subject, Organisation):
        return replace(promise, to_organisation=subject)
    if isinstance(subject, Person):
        return replace(promise, to_person=subject)
    return replace(promise, to_community=subject)


def met_at(event: EngagementEvent, *, reader: Actor) -> list[Met]:
    """Whom a contact was with, of those this reader may see: groups, then people, then communities that still go by
    their own name. 3 queries."""
    groups = Organisation.objects.visible_to(reader).filter(events=event)
    people = Person.objects.visible_to(reader).filter(contributions__event=event).order_by("contributions__id")
    communities = Community.objects.visible_to(reader).current().filter(reach__event=event).order_by("reach__id")
    return [*groups, *people, *communities]
