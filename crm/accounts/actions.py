"""Accounts: invitations, roles, closing, and keys for other systems."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from crm.accounts import permissions, rules
from crm.accounts.details import InvitationDetails, RoleDetails
from crm.accounts.groups import settle_groups
from crm.accounts.invitations import send_invitation, tell_second_step_taken
from crm.accounts.models import ApiToken, Invitation, RoleGrant, User
from crm.audit.actions import action, lock, record, write
from crm.audit.verbs import Verb
from crm.base.actors import Role, SystemActor
from crm.base.registries import Registry
from crm.base.rules import refuse_if, refuse_input_if

INVITATION_DAYS = 14
# Rooms above that wait for an invitation to be taken up (an appointment, say) put in what follows it; part of
# `accept_invitation`.
invitation_accepted: Registry[Callable[[Invitation, RoleGrant], None]] = Registry("invitation accepted")
KEY_BEGINS = "heard_"


@action(permissions.invite_person)
def invite_person(*, actor: User | SystemActor, details: InvitationDetails) -> Invitation:
    """Invite somebody by e-mail to open an account with one role. The link works once, for 14 days.

    Raises `InputBlocked` for what is missing, `Blocked` when the address has an account or an open invitation, and
    the mail server's own error after saving when the e-mail could not be handed over.
    """
    return _invite(actor, details)


@action(permissions.invite_champion)
def invite_champion(*, actor: User, details: InvitationDetails) -> Invitation:
    """Invite somebody to be EDI champion of one locality for a term, and to nothing else. Raises as `invite_person`."""
    return _invite(actor, details)


def _invite(actor: User | SystemActor, details: InvitationDetails) -> Invitation:
    refuse_input_if(rules.blockers_to_inviting(details))
    email = details.email.strip().lower()
    _hold_administrators()
    refuse_if(rules.blockers_to_inviting_again(email))
    secret = secrets.token_urlsafe(32)
    invitation = write(
        Invitation(
            email=email,
            name=details.name.strip(),
            role=details.role.role,
            team=details.role.team,
            locality=details.role.locality,
            first_day=details.role.first_day,
            last_day=details.role.last_day,
            invited_by=actor if isinstance(actor, User) else None,
            digest=Invitation.digest_of(secret),
            expires_at=timezone.now() + timedelta(days=INVITATION_DAYS),
        ),
        verb=Verb.PERSON_INVITED,
    )
    transaction.on_commit(lambda: send_invitation(invitation, secret))
    return invitation


@action(permissions.withdraw_invitation)
def withdraw_invitation(*, actor: User | SystemActor, invitation: Invitation) -> Invitation:
    """Make an invitation's link stop working. Raises `Blocked` when it was taken up or withdrawn."""
    fresh = lock(invitation)
    refuse_if(rules.blockers_to_withdrawing(fresh))
    fresh.withdrawn_at = timezone.now()
    return write(fresh, verb=Verb.INVITATION_WITHDRAWN)


@action(permissions.accept_invitation)
def accept_invitation(*, actor: User | AnonymousUser, invitation: Invitation, password: str) -> User:
    """Open the account an invitation is for, with the password its holder chose. The link is used up.

    Whoever calls has found the invitation by the link's secret. Raises `Blocked` when the link is over,
    `InputBlocked` when the password is too weak.
    """
    fresh = lock(invitation)
    refuse_if(rules.blockers_to_accepting(fresh))
    refuse_input_if(rules.blockers_to_password(password, user=User(email=fresh.email, name=fresh.name)))
    user = User.objects.create_user(fresh.email, password, name=fresh.name)
    record(Verb.ACCOUNT_OPENED, subject=user)
    begins = max(fresh.first_day, timezone.localdate()) if fresh.first_day else None
    grant = _give(user, RoleDetails(fresh.role, fresh.team, fresh.locality, begins, fresh.last_day))
    fresh.accepted_at = timezone.now()
    write(fresh, verb=Verb.ACCOUNT_OPENED)
    for follow in invitation_accepted:
        follow(fresh, grant)
    return user


@action(permissions.give_role)
def give_role(*, actor: User, user: User, details: RoleDetails) -> RoleGrant:
    """Give somebody a role, in a place, from a day on. Raises `InputBlocked`, or `Blocked` when they hold it or the
    account is closed."""
    refuse_input_if(rules.blockers_to_role(details))
    fresh = User.objects.select_for_update().get(pk=user.pk)
    refuse_if(rules.blockers_to_giving(fresh, details))
    return _give(fresh, details)


def _give(user: User, details: RoleDetails) -> RoleGrant:
    grant = RoleGrant(
        user=user,
        role=details.role,
        team=details.team,
        locality=details.locality,
        first_day=details.first_day or timezone.localdate(),
        last_day=details.last_day,
    )
    write(grant, verb=Verb.ROLE_GIVEN)
    settle_groups(user)
    return grant


@action(permissions.end_role)
def end_role(*, actor: User, grant: RoleGrant, last_day: date | None = None) -> RoleGrant:
    """End a role after a last day, or at once without one. A role that never held a whole day is taken away.

    Raises `Blocked` when it has ended, or when nobody would stay administrator.
    """
    _hold_administrators()
    fresh = lock(grant)
    last = last_day or timezone.localdate() - timedelta(days=1)
    refuse_if(rules.blockers_to_ending(fresh, last))
    if last < fresh.first_day:
        record(Verb.ROLE_ENDED, subject=fresh, fields=["last_day"])
        RoleGrant.objects.filter(pk=fresh.pk).delete()
    else:
        fresh.last_day = last
        write(fresh, verb=Verb.ROLE_ENDED)
    settle_groups(fresh.user)
    return fresh


def _hold_administrators() -> None:
    """What administrators do to accounts goes one after another: two who end each other's role at the same moment must
    not both succeed, nor two invitations to one address."""
    list(RoleGrant.objects.select_for_update(of=("self",)).filter(role=Role.ADMINISTRATOR).order_by("pk"))


@action(permissions.close_account)
def close_account(*, actor: User, user: User) -> User:
    """Close an account: signed out everywhere and every key revoked, at once. What they did stays.

    Raises `Blocked` when it is closed, or when it is the only administrator's.
    """
    _hold_administrators()
    fresh = User.objects.select_for_update().get(pk=user.pk)
    refuse_if(rules.blockers_to_closing(fresh))
    fresh.is_active = False
    fresh.save(update_fields=["is_active"])
    record(Verb.ACCOUNT_CLOSED, subject=fresh, fields=["is_active"])
    for token in ApiToken.objects.working().filter(user=fresh):
        _revoke(token)
    _sign_out_everywhere(fresh)
    settle_groups(fresh)
    return fresh


def _sign_out_everywhere(user: User) -> None:
    for session in UserSession.objects.filter(user=user):
        session.end()


@action(permissions.report_phone_lost)
def report_phone_lost(*, actor: User, user: User) -> User:
    """Somebody lost a phone on which they may have been signed in: they are signed out everywhere, and no phone gets
    the key again that locked the contacts waiting on it (decision 69). What waited there is lost for its officer too.
    Keys for other systems go on working: they are kept on no phone. Their second step is taken away too: whoever holds
    the phone holds the app or the passkey on it."""
    fresh = User.objects.select_for_update().get(pk=user.pk)
    fresh.phones_lost += 1
    fresh.save(update_fields=["phones_lost"])
    record(Verb.PHONE_LOST, subject=fresh, fields=["phones_lost"])
    if not rules.blockers_to_taking_second_step(fresh):
        _take_second_step(fresh)
    _sign_out_everywhere(fresh)
    return fresh


@action(permissions.take_second_step_away)
def take_second_step_away(*, actor: User | SystemActor, user: User) -> User:
    """Take app, passkeys and backup codes off the account of somebody who cannot use them any more. They are signed out
    everywhere, told by e-mail, and set up a new second step when they next sign in. Raises `Blocked` when there is
    none."""
    fresh = User.objects.select_for_update().get(pk=user.pk)
    refuse_if(rules.blockers_to_taking_second_step(fresh))
    _take_second_step(fresh)
    _sign_out_everywhere(fresh)
    return fresh


def _take_second_step(user: User) -> None:
    held = Authenticator.objects.filter(user=user)
    kinds = sorted(set(held.values_list("type", flat=True)))
    held.delete()
    record(Verb.SECOND_STEP_TAKEN_AWAY, subject=user, fields=kinds)
    transaction.on_commit(lambda: tell_second_step_taken(user), robust=True)


@action(permissions.note_sign_in_change)
def note_sign_in_change(*, actor: User, verb: Verb) -> None:
    """Write to the audit that somebody changed how they themselves sign in: what, never the secret. The pages that
    change it are allauth's; the views call this in the same transaction."""
    record(verb, subject=actor)


@action(permissions.reopen_account)
def reopen_account(*, actor: User, user: User) -> User:
    """Open a closed account again, with the roles that still hold. Raises `Blocked` when it is open."""
    fresh = User.objects.select_for_update().get(pk=user.pk)
    refuse_if(rules.blockers_to_reopening(fresh))
    fresh.is_active = True
    fresh.save(update_fields=["is_active"])
    record(Verb.ACCOUNT_REOPENED, subject=fresh, fields=["is_active"])
    settle_groups(fresh)
    return fresh


@action(permissions.make_token)
def make_token(*, actor: User, name: str, scope: str, days: int | None = rules.TOKEN_DAYS) -> tuple[ApiToken, str]:
    """Make a key for another system, and return it with the key itself, which is never to be had again.

    `days` is how long it works, at most 366. Raises `InputBlocked` for what is missing.
    """
    refuse_input_if(rules.blockers_to_making_token(name, scope, days))
    assert days is not None  # the rules refused it otherwise
    key = KEY_BEGINS + secrets.token_urlsafe(32)  # 256 random bits
    token = ApiToken(
        user=actor,
        name=name.strip(),
        scope=scope,
        start=key[:12],
        digest=ApiToken.digest_of(key),
        expires_at=timezone.now() + timedelta(days=days),
    )
    return write(token, verb=Verb.TOKEN_MADE), key


@action(permissions.revoke_token)
def revoke_token(*, actor: User, token: ApiToken) -> ApiToken:
    """Make a key stop working at once. Revoking it again changes nothing."""
    return _revoke(lock(token))


def _revoke(token: ApiToken) -> ApiToken:
    token.revoked_at = token.revoked_at or timezone.now()
    return write(token, verb=Verb.TOKEN_REVOKED)
