"""What people show on the pages of groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.base.timeline import Card, Glance, asks
from crm.base.together import load_together
from crm.organisations.models import Organisation
from crm.people.flags import show_flags
from crm.people.marks import mark_restricted_people
from crm.people.models import Person, PersonRole

SHOWN = 10


@kept
def _people_in(reader: Actor, group: UUID) -> Any:
    rows = PersonRole.objects.filter(organisation=group, person__in=Person.objects.visible_to(reader).order_by())
    today = Q(last_day=None) | Q(last_day__gte=timezone.localdate())
    return rows.filter(today).select_related("person").order_by("person__name", "id")[:SHOWN]


@asks(lambda reader, subject: [(_people_in, reader, subject.pk)] if isinstance(subject, Organisation) else [])
def people_in(reader: Actor, subject: Any) -> Card | None:
    """On a group's page: those of its people whom the reader may see, with what they are there today."""
    if not isinstance(subject, Organisation):
        return None
    shown = _people_in(reader, subject.pk)
    mark_restricted_people(reader, [role.person for role in shown])
    show_flags([role.person for role in shown], reader=reader)
    return Card("workspace/people/card_of_group.html", {"roles": shown, "group": subject}, order=40)


def who_a_person_is(reader: Actor, subject: Any) -> Sequence[Glance]:
    """At the top of a person's page: who they are to us today, and what they are in which group."""
    if not isinstance(subject, Person):
        return []
    today = timezone.localdate()
    found = [hat.get_hat_display() for hat in subject.hats.all() if hat.last_day is None or hat.last_day >= today]
    found += [
        f"{role.role}, {role.organisation.name}"
        for role in subject.roles.all()
        if role.last_day is None or role.last_day >= today
    ]
    return [Glance("Who they are", "; ".join(found), order=10)] if found else []


def around(reader: Actor, subject: Any) -> Card | None:
    """On a person's page: who supports them and through whom they are reached. Whom the reader may not see is not
    named. 1 query, and 1 more when records of theirs are linked."""
    if not isinstance(subject, Person):
        return None
    load_together([subject], "supporters", "intermediaries__through_organisation")
    supporters = [row for row in subject.supporters.all() if row.ended_on is None]
    between = [row for row in subject.intermediaries.all() if row.ended_on is None]
    linked = {*(row.supporter_id for row in supporters), *(row.through_person_id for row in between)} - {None}
    seen = Person.objects.visible_to(reader).order_by().in_bulk(linked) if linked else {}
    for row in supporters:
        row.supporter = seen.get(row.supporter_id)
    for row in between:
        row.through_person = seen.get(row.through_person_id)
    through = {row.through_organisation_id for row in between} - {None}
    groups = Organisation.objects.seen_among(reader, through)
    shows = {"person": subject, "supporters": supporters, "intermediaries": between, "groups_seen": groups}
    return Card("workspace/people/card_around.html", shows, order=8)
