"""Signing a version off: a person says who checked its words, and how."""

from __future__ import annotations

from cms import permissions
from cms.details import CheckDetails
from cms.models import PublicPage
from cms.rules import blockers_to_signing_off
from cms.words import mark_of
from crm.accounts.models import User
from crm.audit.actions import action, record
from crm.audit.verbs import Verb
from crm.base.rules import refuse_input_if


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
