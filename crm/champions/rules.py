"""What is missing before somebody is appointed, changed, ended or handed over from: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import Q
from django.utils import timezone

from crm.accounts.models import User
from crm.areas.models import AreaKind
from crm.base.actors import Actor
from crm.base.rules import Blocker
from crm.champions.details import AppointmentDetails, GovernanceRoleDetails, LearningDetails
from crm.champions.handover import left_open, who_can_take_over, who_goes
from crm.champions.models import Appointment, GovernanceRole

NO_NAME = Blocker("name_missing", "Write the name they use", "name")
NO_PLACE = Blocker("locality_missing", "Choose the locality", "locality")
NO_START = Blocker("first_day_missing", "Enter the first day, like 24 11 2026", "first_day")
ENDS_FIRST = Blocker("ends_before_start", "The last day must be the first day or later", "last_day")
NO_END = Blocker("last_day_missing", "Enter a last day: an account works only as long as the term", "last_day")
ENDED = Blocker("ended_already", "The last day must be today or later", "last_day")
MERGED = Blocker("community_merged", "This community went into another one. Choose that one", "communities")
ONE_ACCOUNT = Blocker("two_accounts", "Choose an account or invite somebody, not both", "invite_email")
BAD_EMAIL = Blocker("email_wrong", "Enter an e-mail address, like name@example.org", "invite_email")
CLOSED = Blocker("account_closed", "This account is closed. Ask an administrator to open it again", "user")
TWICE = Blocker("appointed_already", "They are a champion there already in these days", "user")
HAS_ACCOUNT = Blocker("has_account", "They have an account already. It follows this term", "user")
BEGUN = Blocker("term_begun", "This term has begun. End it, and appoint them again from the later day", "first_day")
OVER = Blocker("term_over", "This term has ended. Appoint them again for a new one")
NO_REASON = Blocker("reason_missing", "Write the reason in a few words", "reason")
NO_DAY = Blocker("day_missing", "Enter a real date, like 24 11 2026", "last_day")
LATER = Blocker("day_in_future", "The last day must be today or in the past. To end it later, change the last day",
                "last_day")  # fmt: skip
NOT_THERE = Blocker("no_role_there", "Choose somebody who works in this locality", "hand_over_to")
NO_ONE = Blocker("no_account", "They have no account, so nothing is open in their name", "hand_over_to")
NO_PERSON = Blocker("person_missing", "Choose who takes over", "hand_over_to")
NO_KIND = Blocker("kind_missing", "Choose what it was", "kind")
NO_WORDS = Blocker("words_missing", "Write what it was about", "words")
FUTURE = Blocker("day_in_future", "The date must be today or in the past", "happened_on")
NO_ROLE = Blocker("kind_missing", "Choose what they are", "kind")
NO_BODY = Blocker("body_missing", "Write the board, group or piece of work", "body")
NO_INFLUENCE = Blocker("words_missing", "Write what came out differently", "words")
ROLE_OVER = Blocker("ended_already", "This role has ended already", "last_day")
MOST_HOURS = Blocker("too_many_hours", "A month has at most 744 hours", "hours_a_month")


def blockers_to_appointing(details: AppointmentDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being an appointment."""
    if details.locality is None or details.locality.kind != AreaKind.LOCALITY:
        yield NO_PLACE
    yield from blockers_to_terms(details)
    if details.user and details.first_day and details.locality and _overlapping(details, details.user).exists():
        yield TWICE


def blockers_to_terms(details: AppointmentDetails, *, has_account: bool = False) -> Iterator[Blocker]:
    """What is wrong with what stands in an appointment; `has_account`: it has one, or an invitation is open."""
    if not details.name.strip():
        yield NO_NAME
    if details.first_day is None:
        yield NO_START
    elif details.last_day and details.last_day < details.first_day:
        yield ENDS_FIRST
    if any(community.merged_into_id for community in details.communities):
        yield MERGED
    if details.hours_a_month is not None and details.hours_a_month > 744:  # 31 days
        yield MOST_HOURS
    if has_account or details.user or details.invite_email:
        yield from _blockers_to_account(details)


def _blockers_to_account(details: AppointmentDetails) -> Iterator[Blocker]:
    if details.last_day is None:
        yield NO_END
    elif details.last_day < timezone.localdate():
        yield ENDED
    if details.user and details.invite_email:
        yield ONE_ACCOUNT
    if details.user and not details.user.is_active:
        yield CLOSED
    if details.invite_email:
        try:
            validate_email(details.invite_email.strip())
        except ValidationError:
            yield BAD_EMAIL


def _overlapping(details: AppointmentDetails, user: User) -> Any:
    there = Appointment.objects.filter(user=user, locality=details.locality)
    there = there.filter(Q(last_day__isnull=True) | Q(last_day__gte=details.first_day))
    return there.filter(first_day__lte=details.last_day) if details.last_day else there


def blockers_to_changing(appointment: Appointment, details: AppointmentDetails) -> Iterator[Blocker]:
    """Why an appointment cannot be changed like this."""
    if appointment.is_over:
        yield OVER
    today = timezone.localdate()
    if details.first_day and appointment.first_day <= today < details.first_day:
        yield BEGUN
    offered = has_open_invitation(appointment)
    yield from blockers_to_terms(details, has_account=offered or appointment.user_id is not None)
    chosen = details.user is not None and details.user.pk != appointment.user_id
    if (chosen or details.invite_email) and (appointment.user_id or offered):
        yield HAS_ACCOUNT
    user = details.user or appointment.user
    if user and details.first_day and _overlapping(details, user).exclude(pk=appointment.pk).exists():
        yield TWICE


def has_open_invitation(appointment: Appointment) -> bool:
    """Whether an invitation to it can still be taken up."""
    return appointment.invitation is not None and appointment.invitation.state == "waiting"


def blockers_to_ending(
    appointment: Appointment, last_day: date | None, reason: str, to: User | None, *, actor: Actor
) -> Iterator[Blocker]:
    """Why an appointment cannot end like this."""
    today = timezone.localdate()
    if appointment.is_over:
        yield OVER
    if not reason.strip():
        yield NO_REASON
    if last_day is None:
        yield NO_DAY
    elif last_day > today:
        yield LATER
    elif last_day < appointment.first_day <= today:
        yield ENDS_FIRST
    if to is None:
        yield from _blockers_to_leaving(appointment, today, actor)
    else:
        yield from blockers_to_taking_over(appointment, to)


def _blockers_to_leaving(appointment: Appointment, last_day: date, actor: Actor) -> Iterator[Blocker]:
    goes = who_goes([appointment], last_day + timedelta(days=1))
    for words in left_open(actor, goes).values():
        told = f"{appointment.name} has {words}. Choose who takes over"
        yield Blocker("handover_missing", told, "hand_over_to")


def blockers_to_taking_over(appointment: Appointment, to: User | None) -> Iterator[Blocker]:
    """Why this colleague cannot take over."""
    if appointment.user_id is None:
        yield NO_ONE
    elif to is None:
        yield NO_PERSON
    elif not who_can_take_over(appointment.locality, besides=appointment.user_id).filter(pk=to.pk).exists():
        yield NOT_THERE


def blockers_to_learning(details: LearningDetails) -> Iterator[Blocker]:
    """What is missing from a line of learning."""
    if not details.kind:
        yield NO_KIND
    if not details.words.strip():
        yield NO_WORDS
    if details.happened_on and details.happened_on > timezone.localdate():
        yield FUTURE


def blockers_to_governing(details: GovernanceRoleDetails) -> Iterator[Blocker]:
    """What is missing from a role in governance."""
    if not details.kind:
        yield NO_ROLE
    if not details.body.strip():
        yield NO_BODY
    if details.first_day is None:
        yield NO_START
    elif details.last_day and details.last_day < details.first_day:
        yield ENDS_FIRST


def blockers_to_ending_role(role: GovernanceRole, last_day: date | None) -> Iterator[Blocker]:
    """Why a role in governance cannot end on this day."""
    if role.last_day and role.last_day < timezone.localdate():
        yield ROLE_OVER
    elif last_day is None:
        yield NO_DAY
    elif last_day < role.first_day:
        yield ENDS_FIRST


def blockers_to_influence(words: str, happened_on: date | None) -> Iterator[Blocker]:
    """What is missing from a line of influence."""
    if not words.strip():
        yield NO_INFLUENCE
    if happened_on and happened_on > timezone.localdate():
        yield FUTURE
