"""Who may write, check and publish the notes of a forum, and thank those who came."""

from __future__ import annotations

from crm.base.actors import CONTENT_ROLES, FIELD_ROLES, OFFICE_ROLES, Actor, Role
from crm.base.permissions import permission
from engagement.forums.models import Forum, ForumNotes
from engagement.forums.permissions.forums import works_on

CHECKERS = FIELD_ROLES | {Role.CHECKER}
PUBLISHERS = OFFICE_ROLES | {Role.PUBLISHER}


def _sees(actor: Actor, notes: ForumNotes) -> bool:
    return ForumNotes.objects.visible_to(actor).filter(pk=notes.pk).exists()


@permission("Read the notes of a forum", roles=FIELD_ROLES | CONTENT_ROLES, scope="read")
def read_notes(*, actor: Actor) -> bool:
    """Of forums one may see, every version. What is published, anybody reads."""
    return True


@permission("Write the notes of a forum", roles=FIELD_ROLES)
def write_notes(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Note that the Easy Read of notes was checked", roles=CHECKERS)
def check_notes(*, actor: Actor, notes: ForumNotes) -> bool:
    """Whoever may read them, after a group of Easy Read readers looked at them."""
    return _sees(actor, notes)


@permission("Publish the notes of a forum", roles=PUBLISHERS)
def publish_notes(*, actor: Actor, notes: ForumNotes) -> bool:
    """Officers, leads, managers and publishers who may read them."""
    return _sees(actor, notes)


@permission("Say what happens next after a forum", roles=FIELD_ROLES)
def say_what_is_next(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Prepare letters of thanks", roles=FIELD_ROLES)
def prepare_thanks(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum, to those they may see."""
    return works_on(actor, forum)


@permission("Send letters of thanks", roles=FIELD_ROLES)
def send_thanks(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum, to those they may see."""
    return works_on(actor, forum)
