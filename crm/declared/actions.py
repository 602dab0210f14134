"""Declared communities: recorded when a person says so, withdrawn when they take it back, and every reading noted."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, record, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from crm.communities.models import Community
from crm.declared import permissions, rules
from crm.declared.details import DeclarationDetails
from crm.declared.models import DeclaredCommunity
from crm.people.models import Person
from crm.privacy.models import Purpose


@action(permissions.declare_community)
def declare_community(*, actor: User, person: Person, details: DeclarationDetails) -> DeclaredCommunity:
    """Record that a person said they belong to a community, for one purpose. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_declaring(person, details))
    assert details.declared_on is not None  # the rules refused it otherwise
    said = DeclaredCommunity(
        person=person,
        recorded_by=actor,
        community=details.community,
        purpose=details.purpose,
        declared_on=details.declared_on,
        how=details.how,
    )
    return write(said, verb=Verb.DECLARATION_MADE)


def said_on_own_page(*, person: Person, community: Community, purpose: Purpose, stands_for_it: User) -> None:
    """A person said so themselves on a page of their own, inside the action of that page. What stands already stays.
    `stands_for_it`: the colleague through whom they came to the page."""
    standing = DeclaredCommunity.objects.standing().filter(person=person, community=community, purpose=purpose)
    if not standing.exists():
        said = DeclaredCommunity(
            person=person, community=community, purpose=purpose, declared_on=timezone.localdate(),
            how=DeclaredCommunity.How.FORM, recorded_by=stands_for_it,
        )  # fmt: skip
        write(said, verb=Verb.DECLARATION_MADE)


@action(permissions.withdraw_declaration)
def withdraw_declaration(
    *, actor: User, declaration: DeclaredCommunity, expected_version: int | None = None
) -> DeclaredCommunity:
    """They took it back: nothing may use it from now on. Raises `Stale`, `Blocked`."""
    fresh = lock(declaration, expected_version=expected_version)
    refuse_if(rules.blockers_to_withdrawing(fresh))
    fresh.withdrawn_on = timezone.localdate()
    return write(fresh, verb=Verb.DECLARATION_WITHDRAWN)


@action(permissions.read_declared_communities)
def read_declared_communities(*, actor: User, people: Sequence[Person]) -> None:
    """Record that somebody was shown what these people declared, or that they declared nothing: one event for each."""
    for person in people:
        record(Verb.DECLARATION_READ, subject=person)
