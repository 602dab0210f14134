"""What pages about accounts show."""

from __future__ import annotations

from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from crm.accounts.models import ApiToken, RoleGrant, User


@dataclass(frozen=True)
class AccountState:
    """A user's own account: which second factors stand, how many places are signed in, how many keys work."""

    app: bool
    passkeys: int
    backup_codes: bool
    sessions: int
    keys: int

    @property
    def has_factor(self) -> bool:
        """Whether signing in asks for a second step."""
        return self.app or self.passkeys > 0

    @property
    def has_any_step(self) -> bool:
        """Whether there is anything to take away: backup codes too."""
        return self.has_factor or self.backup_codes


def account_state(user: User) -> AccountState:
    """The state of an account, in three queries."""
    kinds = list(Authenticator.objects.filter(user=user).values_list("type", flat=True))
    return AccountState(
        app=Authenticator.Type.TOTP in kinds,
        passkeys=kinds.count(Authenticator.Type.WEBAUTHN),
        backup_codes=Authenticator.Type.RECOVERY_CODES in kinds,
        sessions=UserSession.objects.filter(user=user).count(),
        keys=ApiToken.objects.visible_to(user).working().count(),
    )


def staff_list(actor: User) -> QuerySet[User]:
    """Everybody with an account, with today's roles and whether they set up a second factor: two queries a page."""
    today = RoleGrant.objects.visible_to(actor).on(timezone.localdate()).select_related("team", "locality")
    factors = Authenticator.objects.filter(
        user=OuterRef("pk"), type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    )
    return (
        User.objects.visible_to(actor)
        .annotate(has_factor=Exists(factors))
        .order_by("-is_active", "name", "id")
        .prefetch_related(Prefetch("grants", queryset=today, to_attr="todays"))
    )


def grants_of(actor: User, user: User) -> QuerySet[RoleGrant]:
    """All roles of one account, newest first, those that ended too."""
    return (
        RoleGrant.objects.visible_to(actor)
        .filter(user=user)
        .select_related("team", "locality")
        .order_by("-first_day", "-id")
    )
