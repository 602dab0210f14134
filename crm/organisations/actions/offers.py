"""What groups offer people, and the support, mentoring and training we gave them."""

from __future__ import annotations

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.links import set_links
from crm.base.rules import refuse_if, refuse_input_if
from crm.organisations import permissions, rules
from crm.organisations.details import ServiceDetails, SupportGivenDetails
from crm.organisations.models import Organisation, Service, SupportGiven

SERVICE_WORDS = ("name", "description", "who_for", "when", "cost", "how_to_join")


@action(permissions.add_service)
def add_service(*, actor: User, organisation: Organisation, details: ServiceDetails) -> Service:
    """Add something a group offers people. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_keeping_service(details))
    service = write(_filled(Service(organisation=organisation), details), verb=Verb.SERVICE_ADDED)
    if details.languages:
        service.languages.set(details.languages)
    return service


@action(permissions.change_service)
def change_service(
    *, actor: User, service: Service, details: ServiceDetails, expected_version: int | None = None
) -> Service:
    """Change a service. Raises `Stale`, `InputBlocked`."""
    fresh = lock(service, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_keeping_service(details))
    linked = set_links(fresh, "languages", details.languages)
    return write(_filled(fresh, details), verb=Verb.SERVICE_CHANGED, linked=linked)


@action(permissions.confirm_service)
def confirm_service(*, actor: User, service: Service, expected_version: int | None = None) -> Service:
    """Record that the group said today that this service is as it stands here. Raises `Stale`, `Blocked`."""
    fresh = lock(service, expected_version=expected_version)
    refuse_if(rules.blockers_to_using_service(fresh))
    fresh.confirmed_on, fresh.confirmed_by = timezone.localdate(), actor
    return write(fresh, verb=Verb.SERVICE_CONFIRMED)


@action(permissions.end_service)
def end_service(*, actor: User, service: Service, expected_version: int | None = None) -> Service:
    """End a service: it leaves the directory and stays known as ended. Raises `Stale`, `Blocked`."""
    fresh = lock(service, expected_version=expected_version)
    refuse_if(rules.blockers_to_using_service(fresh))
    fresh.status, fresh.in_directory = Service.Status.DEFUNCT, False
    return write(fresh, verb=Verb.SERVICE_ENDED)


@action(permissions.add_support_given)
def add_support_given(*, actor: User, organisation: Organisation, details: SupportGivenDetails) -> SupportGiven:
    """Write down support that a group was given. Whoever writes gave it, unless told. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_keeping_support(details))
    support = SupportGiven(organisation=organisation, given_by=actor)
    return write(_told(support, details), verb=Verb.SUPPORT_GIVEN_ADDED)


@action(permissions.change_support_given)
def change_support_given(
    *, actor: User, support: SupportGiven, details: SupportGivenDetails, expected_version: int | None = None
) -> SupportGiven:
    """Correct what was written down. Raises `Stale`, `InputBlocked`."""
    fresh = lock(support, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_keeping_support(details))
    return write(_told(fresh, details), verb=Verb.SUPPORT_GIVEN_CHANGED)


def _filled(service: Service, details: ServiceDetails) -> Service:
    for name in SERVICE_WORDS:
        setattr(service, name, getattr(details, name).strip())
    service.status, service.in_directory = details.status, details.in_directory
    return service


def _told(support: SupportGiven, details: SupportGivenDetails) -> SupportGiven:
    assert details.given_on is not None  # the rules refuse it before
    support.kind, support.given_on, support.words = details.kind, details.given_on, details.words.strip()
    support.hours, support.people = details.hours, details.people
    if details.given_by is not None:
        support.given_by = details.given_by
    return support
