"""Champions: appointed, changed, ended, handed over from, and what they learnt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from crm.accounts import terms
from crm.accounts.actions import invite_champion
from crm.accounts.details import InvitationDetails, RoleDetails
from crm.accounts.models import Invitation, RoleGrant, User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.actors import Role
from crm.base.rules import Blocked, Blocker, InputBlocked, refuse_input_if
from crm.champions import permissions, rules
from crm.champions.details import AppointmentDetails, LearningDetails
from crm.champions.handover import handovers
from crm.champions.models import Appointment, Learning
from crm.communities.models import Community

OWN = ("kind", "locality", "first_day", "last_day", "hours_a_month", "person")
HANDED_OVER = "Handed over when a champion's term ended"


@action(permissions.appoint_champion)
def appoint_champion(*, actor: User, details: AppointmentDetails) -> Appointment:
    """Appoint an EDI champion for a term, with an account that lasts as long, if one is chosen or invited.

    Raises `InputBlocked` for what is missing, and the mail server's own error after saving when the invitation could
    not be handed over.
    """
    refuse_input_if(rules.blockers_to_appointing(details))
    appointment = _filled(Appointment(), details)
    _give_account(actor, appointment, details)
    write(appointment, verb=Verb.APPOINTMENT_MADE)
    appointment.communities.set(details.communities)
    return appointment


@action(permissions.change_appointment)
def change_appointment(
    *, actor: User, appointment: Appointment, details: AppointmentDetails, expected_version: int | None = None
) -> Appointment:
    """Change a term that has not ended; the role in Heard moves with it. The locality stays: a champion somewhere else
    is another appointment. Raises `InputBlocked`, `Stale`, and as `appoint_champion` when somebody is invited."""
    fresh = lock(appointment, expected_version=expected_version)
    details = replace(details, locality=fresh.locality)
    refuse_input_if(rules.blockers_to_changing(fresh, details))
    _filled(fresh, details)
    if fresh.first_day and fresh.last_day:
        _move_account(fresh)
    _give_account(actor, fresh, details)
    linked = _communities_changed(fresh, details.communities)
    fresh = write(fresh, verb=Verb.APPOINTMENT_CHANGED, linked=linked)
    fresh.communities.set(details.communities)
    return fresh


def _filled(appointment: Appointment, details: AppointmentDetails) -> Appointment:
    for name in OWN:
        setattr(appointment, name, getattr(details, name))
    appointment.name, appointment.may_decide = details.name.strip(), details.may_decide.strip()
    return appointment


def _give_account(actor: User, appointment: Appointment, details: AppointmentDetails) -> None:
    last_day = appointment.last_day
    if last_day is None:  # the rules refused an account otherwise
        return
    if details.user is not None and appointment.user_id is None:
        days = {"first_day": appointment.first_day, "last_day": last_day}
        appointment.user = details.user
        appointment.grant = terms.give_term(details.user, appointment.locality, **days)
    elif details.invite_email:
        appointment.invitation = _invited(actor, appointment, details.invite_email)


def _invited(actor: User, appointment: Appointment, email: str) -> Invitation:
    role = RoleDetails(Role.CHAMPION, None, appointment.locality, appointment.first_day, appointment.last_day)
    try:
        return invite_champion(actor=actor, details=InvitationDetails(appointment.name, email, role))
    except Blocked as refusal:  # whatever is wrong with the invitation stands beside the address
        kind = InputBlocked if isinstance(refusal, InputBlocked) else Blocked
        raise kind([Blocker(one.code, one.words, "invite_email") for one in refusal.blockers]) from refusal


def _move_account(appointment: Appointment) -> None:
    assert appointment.last_day is not None
    days = {"first_day": appointment.first_day, "last_day": appointment.last_day}
    if appointment.grant is not None:
        terms.change_term(appointment.grant, **days)
    if appointment.invitation is not None:
        terms.change_invitation(appointment.invitation, **days)


def _communities_changed(appointment: Appointment, wanted: Iterable[Community]) -> dict[str, tuple[Any, Any]]:
    before = sorted(str(pk) for pk in appointment.communities.values_list("pk", flat=True))
    after = sorted(str(community.pk) for community in wanted)
    return {"communities": (before, after)} if before != after else {}


@action(permissions.end_appointment)
def end_appointment(
    *,
    actor: User,
    appointment: Appointment,
    reason: str,
    last_day: date | None,
    hand_over_to: User | None = None,
    expected_version: int | None = None,
) -> Appointment:
    """End a term, and the role in Heard with it: after today, or at once when the last day has passed.

    What the champion has open passes to `hand_over_to`. Raises `InputBlocked` without a reason or a day, or when
    nobody is named while something is open; `Stale`.
    """
    fresh = lock(appointment, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_ending(fresh, last_day, reason, hand_over_to, actor=actor))
    assert last_day is not None
    if hand_over_to is not None:
        _pass_on(actor, fresh, hand_over_to)
    fresh.first_day = min(fresh.first_day, last_day)  # one that had not begun
    fresh.last_day, fresh.ended_reason = last_day, reason.strip()
    if fresh.grant is not None:
        terms.end_term(fresh.grant, last_day)
        fresh.grant = RoleGrant.objects.filter(pk=fresh.grant.pk).first()
    if fresh.invitation is not None:
        terms.take_back(fresh.invitation)
    return write(fresh, verb=Verb.APPOINTMENT_ENDED)


@action(permissions.hand_over)
def hand_over(
    *, actor: User, appointment: Appointment, hand_over_to: User | None, expected_version: int | None = None
) -> Appointment:
    """Pass what a champion has open to a colleague, whether or not the term has ended. Raises `InputBlocked`,
    `Stale`."""
    fresh = lock(appointment, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_taking_over(fresh, hand_over_to))
    assert hand_over_to is not None
    _pass_on(actor, fresh, hand_over_to)
    return write(fresh, verb=Verb.APPOINTMENT_HANDED_OVER)


def _pass_on(actor: User, appointment: Appointment, to: User) -> None:
    """Every kind of thing, each audited by its own action."""
    assert appointment.user is not None  # the rules refused it otherwise
    for kind in handovers:
        kind.pass_on(actor=actor, owner=appointment.user, to=to, reason=HANDED_OVER)
    appointment.handed_over_to, appointment.handed_over_on = to, timezone.localdate()


@action(permissions.add_learning)
def add_learning(*, actor: User, appointment: Appointment, details: LearningDetails) -> Learning:
    """Write down induction, training or mentoring. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_learning(details))
    learning = Learning(
        appointment=lock(appointment),
        kind=details.kind,
        happened_on=details.happened_on or timezone.localdate(),
        words=details.words.strip(),
        hours=details.hours,
        other=details.other.strip(),
    )
    return write(learning, verb=Verb.LEARNING_ADDED)
