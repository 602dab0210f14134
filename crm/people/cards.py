"""What people show on the pages of groups."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from crm.base.actors import Actor
from crm.base.timeline import Card, Glance
from crm.organisations.models import Organisation
from crm.people.flags import show_flags
from crm.people.models import Intermediary, Person, PersonRole, Supporter

SHOWN = 10


def people_in(reader: Actor, subject: Any) -> Card | None:
    """On a group's page: those of its people whom the reader may see, with what they are there today."""
    if not isinstance(subject, Organisation):
        return None
    today = timezone.localdate()
    roles = (
        PersonRole.objects.filter(organisation=subject, person__in=Person.objects.visible_to(reader).order_by())
        .filter(Q(last_day=None) | Q(last_day__gte=today))
        .select_related("person")
        .order_by("person__name", "id")
    )
    shown = list(roles[:SHOWN])
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
    named. 4 queries."""
    if not isinstance(subject, Person):
        return None
    seen = Person.objects.visible_to(reader).order_by()
    supporters = Supporter.objects.filter(person=subject, ended_on=None).prefetch_related(Prefetch("supporter", seen))
    between = Intermediary.objects.filter(person=subject, ended_on=None).select_related("through_organisation")
    shows = {
        "person": subject,
        "supporters": list(supporters),
        "intermediaries": list(between.prefetch_related(Prefetch("through_person", seen))),
    }
    return Card("workspace/people/card_around.html", shows, order=8)
