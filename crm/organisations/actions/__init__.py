"""Groups, what they offer people and what they were given: every change to them."""

from crm.organisations.actions.groups import add_organisation, change_organisation, confirm_organisation
from crm.organisations.actions.offers import (
    add_service,
    add_support_given,
    change_service,
    change_support_given,
    confirm_service,
    end_service,
)

__all__ = [
    "add_organisation",
    "add_service",
    "add_support_given",
    "change_organisation",
    "change_service",
    "change_support_given",
    "confirm_organisation",
    "confirm_service",
    "end_service",
]
