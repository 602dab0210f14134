"""How messages are narrowed down: one definition for the pages and the API."""

from __future__ import annotations

import django_filters as filters

from crm.base.filters import seen
from crm.organisations.models import Organisation
from crm.people.models import ContactWay, Person
from crm.privacy.models import Purpose
from crm.sending.models import Message
from crm.sending.registry import about_kinds


def _kinds() -> list[tuple[str, str]]:
    """What messages can be about: the rooms above say so when Heard starts."""
    return [(name, name) for name in about_kinds.names()]


class MessageFilter(filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Messages by state, way, purpose, whom they go to and what they are about."""

    state = filters.ChoiceFilter(choices=Message.State.choices, label="State", empty_label="Those to look at")
    way = filters.ChoiceFilter(choices=ContactWay.Kind.choices, label="By what", empty_label="All")
    purpose = filters.ModelChoiceFilter(queryset=seen(Purpose), label="What for", empty_label="All")
    person = filters.ModelChoiceFilter(queryset=seen(Person), label="Person", empty_label="All")
    organisation = filters.ModelChoiceFilter(queryset=seen(Organisation), label="Group", empty_label="All")
    about_kind = filters.ChoiceFilter(choices=_kinds, label="About what kind of record", empty_label="All")
    about = filters.UUIDFilter(field_name="about_id", label="About which record")

    class Meta:
        model = Message
        fields: list[str] = []
