"""What people show on the pages of groups."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone

from crm.base.actors import Actor
from crm.base.timeline import Card
from crm.organisations.models import Organisation
from crm.people.flags import show_flags
from crm.people.models import Person, PersonRole

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
