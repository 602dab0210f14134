"""Letting the site begin; and signing a version off: a person says who checked its words, and how."""

from __future__ import annotations

from dataclasses import dataclass

from cms import permissions
from cms.details import CheckDetails
from cms.models import PublicPage
from cms.opening import begin_at, make_first_pages, other_at_the_address, public_address
from cms.rules import blockers_to_opening, blockers_to_signing_off
from cms.words import mark_of
from crm.accounts.models import User
from crm.areas.models import Council
from crm.audit.actions import action, record
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_if, refuse_input_if


@dataclass(frozen=True)
class Opened:
    """What opening the site did: the languages it made drafts in, and whether anything was otherwise before."""

    drafts: list[str]
    changed: bool


@action(permissions.open_site)
def open_site(*, actor: Actor) -> Opened:
    """Make a draft of the first page in each language that is switched on and has none, and let the site begin there,
    at the address of the settings. Pages that are there stay as they are; a second time it changes nothing. Raises
    `Blocked` without a council or an address, and where another site has that address."""
    council = Council.objects.first()
    refuse_if(blockers_to_opening(council, public_address()[0], other_at_the_address()))
    name = council.name if council else ""
    home, drafts = make_first_pages(name)
    moved = begin_at(home, name)
    if drafts or moved:
        record(Verb.SITE_OPENED, subject=home, kind="site", count=len(drafts))
    return Opened(drafts, bool(drafts) or moved)


@action(permissions.sign_off)
def sign_off(*, actor: User, page: PublicPage, details: CheckDetails) -> PublicPage:
    """Write down who checked the newest words of a page, its draft included. What was live and had no other change
    waiting is live with it at once; a draft waits for a publisher. Raises `InputBlocked`."""
    draft: PublicPage = page.get_latest_revision_as_object()
    refuse_input_if(blockers_to_signing_off(draft, details, actor))
    as_it_was_live = draft.live and not draft.has_unpublished_changes
    for name, value in details.__dict__.items():
        setattr(draft, name, value)
    draft.signed_off_by = actor
    draft.checked_mark = mark_of(draft.words())
    revision = draft.save_revision(user=actor)
    if as_it_was_live:
        # The words were live already: what becomes public is only who checked them.
        revision.publish(user=actor, skip_permission_checks=True)
    record(Verb.VERSION_SIGNED_OFF, subject=page, kind="version")
    return draft
