"""What stands in the way of an invitation, a role, or the closing of an account: in the words that page and API say."""

from __future__ import annotations

from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone

from crm.accounts.details import InvitationDetails, RoleDetails
from crm.accounts.models import Invitation, RoleGrant, TokenScope, User
from crm.base.actors import Role
from crm.base.rules import Blocker

# These roles are about the whole installation; a place would promise a limit that nothing keeps.
EVERYWHERE_ROLES = frozenset({Role.ADMINISTRATOR, Role.AUDITOR, Role.PUBLISHER, Role.TRANSLATOR, Role.CHECKER})
TOKEN_DAYS = 90
MOST_TOKEN_DAYS = 366
DEAD_LINK = Blocker(
    "invitation_over",
    "This link does not work any more. It may have been used or withdrawn, or it is older than 14 days. "
    "Ask whoever invited you for a new one.",
)


def blockers_to_role(details: RoleDetails) -> list[Blocker]:
    """What is wrong with a role as it was asked for."""
    if details.role not in Role.values:
        return [Blocker("role_missing", "Select a role", "role")]
    role, found = Role(details.role), []
    if role is Role.CHAMPION and details.locality is None:
        found.append(Blocker("locality_missing", "Select the locality where they are a champion", "locality"))
    if role in EVERYWHERE_ROLES and (details.team or details.locality):
        field = "team" if details.team else "locality"
        found.append(Blocker("no_place", "This role reaches everywhere. Leave team and locality empty", field))
    return found + _blockers_to_days(details)


def _blockers_to_days(details: RoleDetails) -> list[Blocker]:
    last, first = details.last_day, details.first_day or timezone.localdate()
    if last and last < first:
        return [Blocker("ends_before_start", "The last day must be the first day or later", "last_day")]
    if last and last < timezone.localdate():
        return [Blocker("ended_already", "The last day must be today or later", "last_day")]
    return []


def blockers_to_giving(user: User, details: RoleDetails) -> list[Blocker]:
    """Why this account cannot be given the role now."""
    if not user.is_active:
        return [Blocker("account_closed", "This account is closed. Open it again first")]
    first, last = details.first_day or timezone.localdate(), details.last_day
    same = user.grants.filter(role=details.role, team=details.team, locality=details.locality)
    overlapping = same.filter(Q(last_day__isnull=True) | Q(last_day__gte=first))
    if last:
        overlapping = overlapping.filter(first_day__lte=last)
    if overlapping.exists():
        return [Blocker("has_role", "They hold this role in this place already", "role")]
    return []


def blockers_to_inviting(details: InvitationDetails) -> list[Blocker]:
    """What is missing from an invitation."""
    found = [] if details.name.strip() else [Blocker("name_missing", "Write their name", "name")]
    try:
        validate_email(details.email.strip())
    except ValidationError:
        found.append(Blocker("email_wrong", "Enter an e-mail address, like name@example.org", "email"))
    return found + blockers_to_role(details.role)


def blockers_to_inviting_again(email: str) -> list[Blocker]:
    """Why this address cannot be invited: an account or an invitation is there."""
    if User.objects.filter(email__iexact=email).exists():
        return [Blocker("has_account", "Somebody with this e-mail address has an account already", "email")]
    if Invitation.objects.open().filter(email__iexact=email).exists():
        words = "This e-mail address has an open invitation. Withdraw it before you send another"
        return [Blocker("has_invitation", words, "email")]
    return []


def blockers_to_withdrawing(invitation: Invitation) -> list[Blocker]:
    """Why an invitation cannot be withdrawn."""
    if invitation.accepted_at:
        return [Blocker("accepted", "They have opened their account already. You can close the account instead")]
    if invitation.withdrawn_at:
        return [Blocker("withdrawn", "This invitation was withdrawn already")]
    return []


def blockers_to_accepting(invitation: Invitation) -> list[Blocker]:
    """Why a link does not open an account any more. Says the same whatever the reason: a guesser learns nothing."""
    over = invitation.accepted_at or invitation.withdrawn_at or invitation.expires_at <= timezone.now()
    role_over = invitation.last_day is not None and invitation.last_day < timezone.localdate()
    if over or role_over or User.objects.filter(email__iexact=invitation.email).exists():
        return [DEAD_LINK]
    return []


def blockers_to_password(password: str, *, user: User) -> list[Blocker]:
    """What makes a password too weak."""
    try:
        validate_password(password, user)
    except ValidationError as problem:
        return [Blocker("password_weak", words, "password") for words in problem.messages]
    return []


def blockers_to_ending(grant: RoleGrant, last_day: date) -> list[Blocker]:
    """Why a role cannot end on this day."""
    today = timezone.localdate()
    if grant.last_day and grant.last_day < today:
        return [Blocker("ended_already", "This role has ended already")]
    if last_day < today - timedelta(days=1):
        return [Blocker("in_the_past", "The last day must be today or later", "last_day")]
    if last_day >= today and last_day < grant.first_day:
        return [Blocker("ends_before_start", "The last day must be the first day or later", "last_day")]
    lasts = last_day == date.max  # no day comes after the calendar's last
    if grant.role == Role.ADMINISTRATOR and not (
        lasts or _administrators_on(last_day + timedelta(days=1), grant=grant)
    ):
        words = "Nobody would be administrator after that day. Give somebody else the role first"
        return [Blocker("last_administrator", words, "last_day")]
    return []


def blockers_to_closing(user: User) -> list[Blocker]:
    """Why an account cannot be closed."""
    if not user.is_active:
        return [Blocker("closed", "This account is closed already")]
    today = timezone.localdate()
    is_administrator = user.grants.on(today).filter(role=Role.ADMINISTRATOR).exists()
    if is_administrator and not _administrators_on(today, user=user):
        words = "This is the only administrator's account. Give somebody else the role first"
        return [Blocker("last_administrator", words)]
    return []


def blockers_to_reopening(user: User) -> list[Blocker]:
    """Why an account cannot be opened again."""
    return [Blocker("open", "This account is open already")] if user.is_active else []


def blockers_to_taking_second_step(user: User) -> list[Blocker]:
    """Why there is no second step to take off an account."""
    if Authenticator.objects.filter(user=user).exists():
        return []
    return [Blocker("no_second_step", "They have no second step. They can set one up when they sign in")]


def _administrators_on(day: date, *, grant: RoleGrant | None = None, user: User | None = None) -> bool:
    """Whether anybody is administrator on a day, leaving one grant or one account out."""
    found = RoleGrant.objects.on(max(day, timezone.localdate())).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    if grant is not None:
        found = found.exclude(pk=grant.pk)
    if user is not None:
        found = found.exclude(user=user)
    return found.exists()


def blockers_to_making_token(name: str, scope: str, days: int | None) -> list[Blocker]:
    """What is missing from a key for another system."""
    found = []
    if not name.strip():
        found.append(Blocker("name_missing", "Write what the key is for", "name"))
    if scope not in TokenScope.values:
        found.append(Blocker("scope_missing", "Select what the key may do", "scope"))
    if days is None or not 1 <= days <= MOST_TOKEN_DAYS:
        found.append(Blocker("days_wrong", f"Enter a number of days from 1 to {MOST_TOKEN_DAYS}", "days"))
    return found
