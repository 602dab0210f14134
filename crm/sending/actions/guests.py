"""Answering somebody who gave an address for one thing, and whom the writer need not know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action
from crm.audit.verbs import Verb
from crm.languages.models import Language
from crm.privacy.models import Purpose
from crm.sending import permissions
from crm.sending.actions.drafting import draft_message
from crm.sending.actions.moving import send_or_hold
from crm.sending.details import About, Recipient
from crm.sending.models import Message


@action(permissions.answer_guest)
def answer_guest(
    *, actor: User, address: str, purpose: Purpose, template_key: str, values: Mapping[str, str | date], about: About,
    language: Language | None = None,
) -> Message:  # fmt: skip
    """Write to an address that somebody gave for this one thing, in their language where there are checked words in it,
    and send it at once. Whoever writes need not see the address: it may be hidden from them until later.
    Raises `InputBlocked`, `Blocked` as `draft_message` does."""
    message = draft_message(
        actor=actor,
        to=Recipient(guest=address),
        purpose=purpose,
        template_key=template_key,
        values=values,
        about=about,
        language=language,
    )
    return send_or_hold(message, actor=actor, verb=Verb.MESSAGE_QUEUED, when=timezone.now())
