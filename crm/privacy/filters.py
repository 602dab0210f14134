"""How permissions and objections are narrowed down: ids and choices only."""

from __future__ import annotations

import django_filters as filters

from crm.base.filters import seen
from crm.people.filters import AboutPersonFilter
from crm.privacy.models import ContactPermission, Objection, Purpose


class PermissionFilter(AboutPersonFilter):
    """Permissions by person, purpose and whether they stand."""

    purpose = filters.ModelChoiceFilter(queryset=seen(Purpose), label="Purpose")
    standing = filters.BooleanFilter(field_name="withdrawn_on", lookup_expr="isnull", label="Only those that stand")

    class Meta:
        model = ContactPermission
        fields: list[str] = []


class ObjectionFilter(AboutPersonFilter):
    """Objections by person, purpose and outcome."""

    purpose = filters.ModelChoiceFilter(queryset=seen(Purpose), label="Purpose")
    outcome = filters.ChoiceFilter(choices=Objection.Outcome.choices, label="Outcome")

    class Meta:
        model = Objection
        fields: list[str] = []
