"""Who may open the workspace, keep accounts, and make tokens."""

from __future__ import annotations

from crm.accounts.details import InvitationDetails
from crm.accounts.models import ApiToken, Invitation, User
from crm.base.actors import EVERYONE_ON_STAFF, SYSTEM, Actor, Role, holds, scope_of
from crm.base.permissions import permission, public

ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})
PUBLIC_PAGE = public("public_page", "Read the public site, the sign-in pages and what explains them")


@permission("Open the workspace", roles=EVERYONE_ON_STAFF, scope="read")
def open_workspace(*, actor: Actor) -> bool:
    """Everyone on the staff; what they find there depends on their roles."""
    return True


@permission("Read who has an account, and their roles", roles=ADMINISTRATORS, scope="admin")
def read_staff(*, actor: Actor) -> bool:
    """Administrators. Names alone are known to all colleagues."""
    return True


@permission("Read the names of colleagues", roles=EVERYONE_ON_STAFF, scope="read")
def read_colleagues(*, actor: Actor) -> bool:
    """Everyone on the staff."""
    return True


@permission("Invite somebody to open an account", roles=ADMINISTRATORS, scope="admin", system=True)
def invite_person(*, actor: Actor) -> bool:
    """Administrators; the first one is invited by a command."""
    return True


@permission("Invite somebody to be an EDI champion", roles={Role.ADMINISTRATOR, Role.LEAD, Role.MANAGER}, scope="admin")
def invite_champion(*, actor: Actor, details: InvitationDetails) -> bool:
    """As a champion of a locality and nothing else: administrators, and leads and managers who work there."""
    if details.role.role != Role.CHAMPION:
        return False
    if holds(actor, ADMINISTRATORS):
        return True
    reach = scope_of(actor, {Role.LEAD, Role.MANAGER})
    return reach.everywhere or getattr(details.role.locality, "pk", None) in reach.localities


@permission("Withdraw an invitation", roles=ADMINISTRATORS, scope="admin", system=True)
def withdraw_invitation(*, actor: Actor, invitation: Invitation | None = None) -> bool:
    """Administrators, whoever sent it; the command that invites the first administrator, those it sent itself."""
    return actor is not SYSTEM or (invitation is not None and invitation.invited_by_id is None)


@permission("Take up an invitation", public=True)
def accept_invitation(*, actor: Actor) -> bool:
    """Whoever has the link of an invitation and is not signed in as somebody else."""
    return not actor.is_authenticated


@permission("Give a role", roles=ADMINISTRATORS, scope="admin")
def give_role(*, actor: Actor) -> bool:
    """Administrators."""
    return True


@permission("End a role", roles=ADMINISTRATORS, scope="admin")
def end_role(*, actor: Actor) -> bool:
    """Administrators; somebody must stay administrator."""
    return True


@permission("Close an account", roles=ADMINISTRATORS, scope="admin")
def close_account(*, actor: Actor) -> bool:
    """Administrators; somebody must stay administrator."""
    return True


@permission("Open a closed account again", roles=ADMINISTRATORS, scope="admin")
def reopen_account(*, actor: Actor) -> bool:
    """Administrators."""
    return True


@permission("Read one's own account and keys for other systems", roles=EVERYONE_ON_STAFF, scope="admin")
def read_own_account(*, actor: Actor) -> bool:
    """Everyone on the staff, their own only."""
    return True


@permission("Report a phone lost", roles=EVERYONE_ON_STAFF, scope="admin")
def report_phone_lost(*, actor: Actor, user: User) -> bool:
    """Everyone on the staff for themselves; administrators for whoever rings them."""
    return user.pk == actor.pk or holds(actor, ADMINISTRATORS)


@permission("Take the second step of signing in off an account", roles=ADMINISTRATORS, scope="admin", system=True)
def take_second_step_away(*, actor: Actor, user: User) -> bool:
    """Administrators, from a colleague who cannot use it any more, also from another administrator. Not from
    themselves: they change it on their own page, where Heard asks for their password or code again."""
    return bool(user.pk != actor.pk)


@permission("Note in the audit how one's own sign-in changed", public=True)
def note_sign_in_change(*, actor: Actor) -> bool:
    """Whoever changed their own password or second step, also while they hold no role."""
    return bool(actor.is_authenticated)


@permission("Make a key for another system", roles=EVERYONE_ON_STAFF, scope="admin")
def make_token(*, actor: Actor) -> bool:
    """Everyone on the staff; a key never does more than its user."""
    return True


@permission("Revoke a key for another system", roles=EVERYONE_ON_STAFF, scope="admin")
def revoke_token(*, actor: Actor, token: ApiToken) -> bool:
    """One's own."""
    return bool(token.user_id == actor.pk)
