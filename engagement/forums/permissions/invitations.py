"""Who may invite people to forums, read and write down answers, and what somebody may do with the secret of a link."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from crm.base.actors import FIELD_ROLES, Actor
from crm.base.permissions import permission
from crm.organisations.models import Organisation
from crm.panels.models import Panel
from crm.people.models import Person
from engagement.forums.models import Forum, HeldPlaces, Invitation
from engagement.forums.permissions.forums import works_on


def _sees(actor: Actor, invitation: Invitation) -> bool:
    return Invitation.objects.visible_to(actor).filter(pk=invitation.pk).exists()


def has_link(invitation: Invitation, secret: str) -> bool:
    """Whether this is the secret of the invitation's own link."""
    return bool(invitation.digest) and secrets.compare_digest(invitation.digest, Invitation.digest_of(secret))


@permission("Read invitations to forums", roles=FIELD_ROLES, scope="read")
def read_invitations(*, actor: Actor) -> bool:
    """Of forums one may see: to people one may see, to groups and guests; champions, and whoever
    looks after a forum or organises it, also those of people who come, until it is closed."""
    return True


@permission("Invite to a forum", roles=FIELD_ROLES)
def invite(
    *, actor: Actor, forum: Forum, people: Sequence[Person] = (), organisations: Sequence[Organisation] = (),
    panels: Sequence[Panel] = (),
) -> bool:  # fmt: skip
    """Whoever may change the forum: people and panels they may see, and groups."""
    wanted = {person.pk for person in people}
    seen = Person.objects.visible_to(actor).filter(pk__in=wanted).count() == len(wanted)
    return works_on(actor, forum) and seen


@permission("Write down an answer to an invitation", roles=FIELD_ROLES)
def record_answer(*, actor: Actor, invitation: Invitation) -> bool:
    """Whoever may see the invitation: somebody told them by phone, by letter or in person."""
    return _sees(actor, invitation)


@permission("Give an invitation a new link", roles=FIELD_ROLES)
def renew_link(*, actor: Actor, invitation: Invitation) -> bool:
    """Whoever may see the invitation."""
    return _sees(actor, invitation)


@permission("Choose the language and form of letters to somebody", roles=FIELD_ROLES)
def set_letter_form(*, actor: Actor, invitation: Invitation) -> bool:
    """Whoever may see the invitation."""
    return _sees(actor, invitation)


@permission("Log what somebody said who cannot come", roles=FIELD_ROLES)
def log_what_was_said(*, actor: Actor, invitation: Invitation) -> bool:
    """Whoever may see the invitation."""
    return _sees(actor, invitation)


@permission("Hold places of a forum", roles=FIELD_ROLES)
def hold_places(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, forum)


@permission("Give held places free", roles=FIELD_ROLES)
def release_places(*, actor: Actor, held: HeldPlaces) -> bool:
    """Whoever may change the forum."""
    return works_on(actor, held.forum)


@permission("Prepare letters about a forum", roles=FIELD_ROLES)
def prepare_letters(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum, to those they may see."""
    return works_on(actor, forum)


@permission("Send letters about a forum", roles=FIELD_ROLES)
def send_letters(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum, to those they may see."""
    return works_on(actor, forum)


@permission("Remind those who come to a forum", roles=(), scope="admin", system=True)
def remind_invited(*, actor: Actor) -> bool:
    """Only the system, every day."""
    return True


@permission("Open the public page of a forum to answer", public=True)
def start_answer(*, actor: Actor, forum: Forum) -> bool:
    """Anyone, without an account, where the forum is open to anybody."""
    return forum.is_public and forum.was_published


@permission("Answer an invitation to a forum", public=True)
def answer_invitation(*, actor: Actor, invitation: Invitation, secret: str) -> bool:
    """Whoever has the link of the invitation."""
    return has_link(invitation, secret)


@permission("Take an answer from a calendar", roles=(), scope="admin", system=True)
def take_calendar_reply(*, actor: Actor) -> bool:
    """Only the command that reads the mailbox of replies."""
    return True


@permission("Offer places that came free", roles=(), scope="admin", system=True)
def offer_free_places(*, actor: Actor) -> bool:
    """Only the system, every night; a place that is given back is offered at once."""
    return True


@permission("Delete what people told us for one forum", roles=(), scope="admin", system=True)
def forget_answers(*, actor: Actor) -> bool:
    """Only the system, every night: four weeks after the forum."""
    return True
