"""Who may write, send, decide on and read messages, and keep the letters they are made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from crm.base.actors import EVERYONE_ON_STAFF, FIELD_ROLES, Actor, Role
from crm.base.permissions import permission
from crm.people.models import Person
from crm.sending.details import About, Recipient
from crm.sending.models import LetterTemplate, LetterVersion, Message
from crm.sending.registry import about_kinds

LETTER_KEEPERS = frozenset({Role.LEAD, Role.MANAGER})
CHECKERS = LETTER_KEEPERS | {Role.TRANSLATOR, Role.CHECKER}


def _sees(actor: Actor, messages: Iterable[Message]) -> bool:
    wanted = {message.pk: message for message in messages}
    return Message.objects.these_seen_by(actor, wanted.values()).count() == len(wanted)


@permission("Read messages", roles=FIELD_ROLES, scope="read")
def read_messages(*, actor: Actor) -> bool:
    """Officers, leads and managers: those to people they may see and to groups. Champions: those about what is theirs,
    and what they wrote themselves."""
    return True


@permission("Write a message", roles=FIELD_ROLES)
def draft_message(*, actor: Actor, to: Recipient, about: About | None = None) -> bool:
    """To people one may see, and to whoever is asked to something that is one's own (a forum)."""
    if about is not None and about.kind in about_kinds and about_kinds[about.kind].may_write(actor, about.id):
        return to.person is None or not to.person.restricted or _sees_person(actor, to.person)
    return to.person is None or _sees_person(actor, to.person)


def _sees_person(actor: Actor, person: Person) -> bool:
    return Person.objects.visible_to(actor).filter(pk=person.pk).exists()


@permission("Answer somebody who gave an address for one thing", roles=FIELD_ROLES)
def answer_guest(*, actor: Actor, about: About) -> bool:
    """Whoever may write about that thing: who decides on an application, say."""
    return about.kind in about_kinds and about_kinds[about.kind].may_write(actor, about.id)


@permission("Send messages", roles=FIELD_ROLES)
def queue_messages(*, actor: Actor, messages: Sequence[Message]) -> bool:
    """Whoever may read them."""
    return _sees(actor, messages)


@permission("Take a message back", roles=FIELD_ROLES)
def withdraw_message(*, actor: Actor, message: Message) -> bool:
    """Whoever may read it."""
    return _sees(actor, [message])


@permission("Decide whether a message went out", roles=FIELD_ROLES)
def decide_message(*, actor: Actor, message: Message) -> bool:
    """Whoever may read it."""
    return _sees(actor, [message])


@permission("Note that a letter was posted", roles=FIELD_ROLES)
def note_posted(*, actor: Actor, message: Message) -> bool:
    """Whoever may read it."""
    return _sees(actor, [message])


@permission("Note how a phone call ended", roles=FIELD_ROLES)
def note_told(*, actor: Actor, message: Message) -> bool:
    """Whoever may read it."""
    return _sees(actor, [message])


@permission("Take messages from the outbox", roles=(), scope="admin", system=True)
def claim_messages(*, actor: Actor) -> bool:
    """Only the sender that runs beside the server."""
    return True


@permission("Begin to hand a message over", roles=(), scope="admin", system=True)
def begin_handing_over(*, actor: Actor) -> bool:
    """Only the sender that runs beside the server."""
    return True


@permission("Note what the mail server said", roles=(), scope="admin", system=True)
def note_handed_over(*, actor: Actor) -> bool:
    """Only the sender that runs beside the server."""
    return True


@permission("Put messages back into the outbox", roles=(), scope="admin", system=True)
def give_back(*, actor: Actor) -> bool:
    """Only the sender that runs beside the server."""
    return True


@permission("Look after messages whose sender died", roles=(), scope="admin", system=True)
def settle_lost(*, actor: Actor) -> bool:
    """Only the sender that runs beside the server."""
    return True


@permission("Delete the words of old messages", roles=(), scope="admin", system=True)
def forget_messages(*, actor: Actor) -> bool:
    """Only the system, every night."""
    return True


@permission("Read letters", roles=EVERYONE_ON_STAFF, scope="read")
def read_letters(*, actor: Actor) -> bool:
    """Everyone on the staff: they are the council's own words."""
    return True


@permission("Load letters from a file", roles=(), scope="admin", system=True)
def load_letter_templates(*, actor: Actor) -> bool:
    """Only the system, by a command or with the demonstration."""
    return True


@permission("Write a new version of a letter", roles=LETTER_KEEPERS)
def add_letter_version(*, actor: Actor, letter: LetterTemplate) -> bool:
    """Leads and managers keep the council's letters."""
    return True


@permission("Note that a version of a letter was checked", roles=CHECKERS)
def check_letter_version(*, actor: Actor, version: LetterVersion) -> bool:
    """Leads, managers, translators and checkers; never whoever wrote the version."""
    written_by: Any = version.written_by_id
    return written_by is None or written_by != actor.pk
