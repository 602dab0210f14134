"""Who may see and make access arrangements, and call a forum ready."""

from __future__ import annotations

from crm.base.actors import FIELD_ROLES, Actor, Role
from crm.base.permissions import permission
from engagement.forums.models import Arrangement, Forum, Invitation
from engagement.forums.permissions.forums import works_on

REPORT_READERS = frozenset({Role.LEAD, Role.MANAGER, Role.ANALYST})


def _sees(actor: Actor, arrangement: Arrangement) -> bool:
    return Arrangement.objects.visible_to(actor).filter(pk=arrangement.pk).exists()


@permission("Read access arrangements", roles=FIELD_ROLES, scope="read")
def read_arrangements(*, actor: Actor) -> bool:
    """Of forums one may see, for needs one may see; champions: for those who come to their forums, until it is over."""
    return True


@permission("Write down what somebody asks for at a forum", roles=FIELD_ROLES)
def ask_for(*, actor: Actor, invitation: Invitation) -> bool:
    """Whoever may see the forum, and the person or guest."""
    return Invitation.objects.visible_to(actor).filter(pk=invitation.pk).exists()


@permission("Book an access arrangement", roles=FIELD_ROLES)
def book_arrangement(*, actor: Actor, arrangement: Arrangement) -> bool:
    """Whoever may read it."""
    return _sees(actor, arrangement)


@permission("Confirm an access arrangement", roles=FIELD_ROLES)
def confirm_arrangement(*, actor: Actor, arrangement: Arrangement) -> bool:
    """Whoever may read it."""
    return _sees(actor, arrangement)


@permission("Tell somebody what is arranged for them", roles=FIELD_ROLES)
def tell_arrangement(*, actor: Actor, arrangement: Arrangement) -> bool:
    """Whoever may read it."""
    return _sees(actor, arrangement)


@permission("Note that an arrangement fell through", roles=FIELD_ROLES)
def let_fall_through(*, actor: Actor, arrangement: Arrangement) -> bool:
    """Whoever may read it."""
    return _sees(actor, arrangement)


@permission("Note that an arrangement is not needed", roles=FIELD_ROLES)
def drop_arrangement(*, actor: Actor, arrangement: Arrangement) -> bool:
    """Whoever may read it."""
    return _sees(actor, arrangement)


@permission("Note how an arrangement went", roles=FIELD_ROLES)
def note_arrangement(*, actor: Actor, arrangement: Arrangement) -> bool:
    """Whoever may read it."""
    return _sees(actor, arrangement)


@permission("Call a forum ready", roles=FIELD_ROLES)
def mark_ready(*, actor: Actor, forum: Forum) -> bool:
    """Whoever may change the forum. Something missing needs a reason, which stays."""
    return works_on(actor, forum)


@permission("Read the report on arrangements", roles=REPORT_READERS, scope="read")
def read_arrangements_report(*, actor: Actor) -> bool:
    """Leads, managers and analysts: numbers only, small ones hidden."""
    return True


@permission("Export the report on arrangements", roles=REPORT_READERS, scope="read")
def export_arrangements_report(*, actor: Actor) -> bool:
    """Leads, managers and analysts: numbers only, small ones hidden; every export is audited."""
    return True
