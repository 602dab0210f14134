"""Choosing among applications, blind to name: shortlisting, deciding with a reason, reserve list, giving a place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, record, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_if, refuse_input_if
from crm.base.words import named_day
from crm.panels.actions.applying import blank
from crm.panels.actions.members import add_membership
from crm.panels.actions.telling import tell
from crm.panels.details.panels import MembershipDetails
from crm.panels.details.recruitment import Decision
from crm.panels.models import Application, RecruitmentCall, Seat
from crm.panels.permissions import recruitment as permissions
from crm.panels.rules import recruitment as rules
from crm.people.actions import add_person
from crm.people.details import LanguageUseDetails, PersonDetails, WayDetails
from crm.people.models import Person, PersonLanguage

State = Application.State
FORGOTTEN = frozenset(State) - {State.ACCEPTED, State.WITHDRAWN}
NO_ANSWER_CAME = "No answer came by {day}."


@action(permissions.read_applications)
def read_applications(*, actor: User, applications: Sequence[Application] = ()) -> None:
    """Record that somebody read applications: one audit event for each."""
    for application in applications:
        record(Verb.APPLICATION_READ, subject=application)


@action(permissions.shortlist_application)
def shortlist_application(
    *, actor: User, application: Application, wanted: bool = True, expected_version: int | None = None
) -> Application:
    """Put an application on the shortlist, or take it off. Raises `Stale`, `Blocked`."""
    fresh = lock(application, expected_version=expected_version)
    refuse_if([] if fresh.call.state == RecruitmentCall.State.CHOOSING else [rules.NOT_CHOOSING])
    refuse_if([] if fresh.state in rules.WAITING else [rules.NOT_WAITING])
    fresh.state = State.SHORTLISTED if wanted else State.SENT
    return write(fresh, verb=Verb.APPLICATION_SHORTLISTED)


@action(permissions.decide_application)
def decide_application(
    *, actor: User, application: Application, decision: Decision, expected_version: int | None = None
) -> Application:
    """Offer a place, put on the reserve list, or say no; always with a reason the applicant can read. An offer stands
    until the applicant answers: it shows the name, so taking it back would let somebody choose by name. The call is
    held meanwhile, so that two colleagues cannot offer the last place twice. Raises `Stale`, `InputBlocked`."""
    lock(application.call)
    fresh = lock(application, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_deciding(fresh, decision, places_gone(fresh.call, besides=fresh)))
    return tell(actor, write(decided(fresh, decision), verb=Verb.APPLICATION_DECIDED))


def decided(application: Application, decision: Decision, rank: int | None = None) -> Application:
    """The application with the decision on it; on the reserve list the last place, unless told which."""
    application.state, application.reason = decision.outcome, decision.reason.strip()
    application.decided_on = timezone.localdate()
    offers = decision.outcome == State.OFFERED
    application.offer_until = timezone.localdate() + timedelta(days=rules.DAYS_TO_ANSWER) if offers else None
    if decision.outcome == State.RESERVE:
        application.reserve_rank = rank or application.reserve_rank or _last_rank(application.call) + 1
    else:
        application.reserve_rank = None
    return application


def places_gone(call: RecruitmentCall, besides: Application | None = None) -> int:
    """How many places are offered or taken."""
    rows = Application.objects.filter(call=call, state__in=[State.OFFERED, State.ACCEPTED])
    return rows.exclude(pk=besides.pk).count() if besides is not None else rows.count()


def _last_rank(call: RecruitmentCall) -> int:
    found: int | None = Application.objects.filter(call=call).aggregate(last=Max("reserve_rank"))["last"]
    return found or 0


@action(permissions.close_offer)
def close_offer(*, actor: User, application: Application, expected_version: int | None = None) -> Application:
    """Close an offer that nobody answered by the day it stands until: the place is free again. Raises `Stale`,
    `Blocked` before that day, or when no place is offered."""
    lock(application.call)
    fresh = lock(application, expected_version=expected_version)
    refuse_if(rules.blockers_to_closing(fresh, timezone.localdate()))
    fresh.reason = NO_ANSWER_CAME.format(day=named_day(rules.answer_day(fresh)))
    fresh.state = State.NO_ANSWER
    return write(fresh, verb=Verb.OFFER_CLOSED)


@action(permissions.seat_applicant)
def seat_applicant(
    *,
    actor: User,
    application: Application,
    person: Person | None = None,
    seat: Seat | None = None,
    expected_version: int | None = None,
) -> Application:
    """Give somebody who said yes their place: a member of the panel, as a person we know or as a new one. A reserved
    seat asks for their own declaration first. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(application, expected_version=expected_version)
    refuse_if(rules.blockers_to_seating(fresh))
    member = person or add_person(actor=actor, details=_as_person(fresh))
    details = MembershipDetails(seat=seat)
    fresh.membership = add_membership(actor=actor, panel=fresh.call.panel, person=member, details=details)
    fresh.person = member
    return write(fresh, verb=Verb.APPLICANT_SEATED)


def _as_person(application: Application) -> PersonDetails:
    by = application.reach_by
    ways = [] if by in ("", "link") else [WayDetails(kind=by, value=application.reach_at, is_preferred=True)]
    tongue = application.language
    reads = [LanguageUseDetails(tongue, PersonLanguage.Use.READS, is_preferred=True)] if tongue else []
    return PersonDetails(name=application.name, ways=ways, languages=reads)


@action(permissions.forget_applications)
def forget_applications(*, actor: Actor) -> int:
    """Delete the words of applications of people who got no place, once they were kept for APPLICATIONS_KEPT_DAYS after
    their call's day for answers (UK GDPR article 5(1)(e)), and those never sent. Number, state and reason stay, so that
    the applicant's link still says what was decided. Gives how many."""
    before = timezone.localdate() - timedelta(days=settings.APPLICATIONS_KEPT_DAYS)
    rows = Application.objects.filter(blanked_on=None, state__in=FORGOTTEN, call__answer_by__lt=before)
    found = list(rows.select_for_update(of=("self",)))
    for application in found:
        write(blank(application), verb=Verb.APPLICATION_FORGOTTEN, forgets=True)
    return len(found)
