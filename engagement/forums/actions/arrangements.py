"""Access arrangements: asked for, booked, confirmed, told, fallen through, and how they went."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, record, write
from crm.audit.verbs import Verb
from crm.base.rules import Blocker, refuse_if, refuse_input_if
from crm.privacy.models import Purpose
from crm.sending.actions import draft_message, queue_messages
from crm.sending.details import About, Recipient
from engagement.forums import telling
from engagement.forums.actions import following
from engagement.forums.arranging import BookingDetails, GoneDetails
from engagement.forums.models import Arrangement, ArrangementStep, Forum, Invitation
from engagement.forums.permissions import arrangements as permissions
from engagement.forums.reports.arrangements import ArrangementsReport, arrangements_report
from engagement.forums.rules import arrangements as rules
from engagement.needs.details import OutcomeDetails
from engagement.needs.models import NeedOutcome

State, What = Arrangement.State, ArrangementStep.What


def _held(arrangement: Arrangement, expected_version: int | None) -> Arrangement:
    """The arrangement with its forum held first: whoever calls it ready at this moment must wait."""
    Forum.objects.select_for_update(of=("self",)).get(pk=arrangement.forum_id)
    return lock(arrangement, expected_version=expected_version)


def _step(row: Arrangement, what: str, *, by: User | None, words: str = "") -> None:
    attach([ArrangementStep(arrangement=row, what=what, on=timezone.localdate(), words=words.strip()[:300], by=by)])


@action(permissions.ask_for)
def ask_for(*, actor: User, invitation: Invitation, words: str) -> Arrangement:
    """Write down what somebody who comes asks for, for this one forum. Asking for the same twice makes it once. Raises
    `InputBlocked`."""
    fresh = lock(invitation)
    refuse_input_if(rules.blockers_to_asking(fresh, words))
    return following.add_asked_words(fresh, [words], by=actor)[0]


@action(permissions.book_arrangement)
def book_arrangement(
    *, actor: User, arrangement: Arrangement, details: BookingDetails, expected_version: int | None = None
) -> Arrangement:
    """Note with whom it is booked, or put that right; another supplier must confirm it anew. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = _held(arrangement, expected_version)
    refuse_if(rules.blockers_to_arranging(fresh))
    refuse_input_if(rules.blockers_to_booking(details))
    before = fresh.supplier
    fresh.supplier, fresh.registration_number = details.supplier.strip(), details.registration_number.strip()
    fresh.cost, fresh.who = details.cost, details.who
    if fresh.state == State.ASKED or fresh.supplier != before:
        fresh.state, fresh.fell_through, fresh.booked_on = State.BOOKED, False, timezone.localdate()
        fresh.confirmed_on = fresh.confirmed_for = fresh.told_on = None
        _step(fresh, What.BOOKED, by=actor, words=fresh.supplier)
    return write(fresh, verb=Verb.ARRANGEMENT_BOOKED)


@action(permissions.confirm_arrangement)
def confirm_arrangement(*, actor: User, arrangement: Arrangement, expected_version: int | None = None) -> Arrangement:
    """It is certain for the forum's day. Raises `Stale`, `Blocked`."""
    fresh = _held(arrangement, expected_version)
    refuse_if(rules.blockers_to_confirming(fresh))
    fresh.state, fresh.confirmed_on, fresh.confirmed_for = State.CONFIRMED, timezone.localdate(), fresh.forum.on
    fresh.told_on = None
    _step(fresh, What.CONFIRMED, by=actor)
    return write(fresh, verb=Verb.ARRANGEMENT_CONFIRMED)


@action(permissions.tell_arrangement)
def tell_arrangement(
    *, actor: User, arrangement: Arrangement, by_message: bool = False, expected_version: int | None = None
) -> Arrangement:
    """Note that somebody told the person; or, `by_message`, write to them in the way that is safe for them: they count
    as told when that went out. Raises `Stale`, `Blocked`, also when there is no safe way."""
    fresh = _held(arrangement, expected_version)
    refuse_if(rules.blockers_to_telling(fresh))
    if by_message:
        refuse_if(rules.blockers_to_writing(fresh))
        _write_to(fresh, actor)
        return fresh
    return following.mark_told(fresh, by=actor)


def _write_to(row: Arrangement, actor: User) -> None:
    message = draft_message(
        actor=actor,
        to=Recipient(person=row.invitation.person),
        purpose=Purpose.objects.current().filter(key=telling.PURPOSE).first(),
        template_key=telling.LETTER,
        values=telling.values_of(row),
        about=About(telling.ABOUT, row.pk),
    )
    held = queue_messages(actor=actor, messages=[message]).held
    refuse_if([Blocker("no_safe_way", one.why) for one in held])
    _step(row, What.MESSAGE, by=actor)


@action(permissions.let_fall_through)
def let_fall_through(
    *, actor: User, arrangement: Arrangement, reason: str, expected_version: int | None = None
) -> Arrangement:
    """Whoever was booked cannot come: it is to be booked again, and the forum is no longer ready. Raises `Stale`,
    `Blocked`."""
    fresh = _held(arrangement, expected_version)
    refuse_if(rules.blockers_to_falling_through(fresh, reason))
    fresh.state, fresh.fell_through, fresh.times_fallen = State.ASKED, True, fresh.times_fallen + 1
    fresh.booked_on = fresh.confirmed_on = fresh.confirmed_for = fresh.told_on = None
    _step(fresh, What.FELL_THROUGH, by=actor, words=reason)
    saved = write(fresh, verb=Verb.ARRANGEMENT_FELL_THROUGH)
    following.ask_anew(saved)
    return saved


@action(permissions.drop_arrangement)
def drop_arrangement(
    *, actor: User, arrangement: Arrangement, reason: str, expected_version: int | None = None
) -> Arrangement:
    """It is not needed at this forum, though the need stands: the person said so. Raises `Stale`, `Blocked`."""
    fresh = _held(arrangement, expected_version)
    refuse_if(rules.blockers_to_dropping(fresh, reason))
    fresh.not_needed_on, fresh.not_needed_reason = timezone.localdate(), reason.strip()
    _step(fresh, What.NOT_NEEDED, by=actor, words=reason)
    return write(fresh, verb=Verb.ARRANGEMENT_NOT_NEEDED)


@action(permissions.note_arrangement)
def note_arrangement(
    *, actor: User, arrangement: Arrangement, details: GoneDetails, expected_version: int | None = None
) -> Arrangement:
    """Note whether it was there on the day and, when the person was asked, whether it met their need: that is kept with
    the need, as for any contact. Raises `Stale`, `InputBlocked`."""
    fresh = _held(arrangement, expected_version)
    refuse_input_if(rules.blockers_to_noting(fresh, details, timezone.localdate()))
    if details.there is not None:
        fresh.state = State.DONE if details.there else fresh.state
        _step(
            fresh, What.DONE if details.there else What.NOT_DONE, by=actor, words="" if details.met else details.words
        )
    if details.met:
        _rate(fresh, actor, details)
    return write(fresh, verb=Verb.ARRANGEMENT_NOTED, linked={"how it went": (None, details.met or details.there)})


def _rate(row: Arrangement, actor: User, details: GoneDetails) -> None:
    told = OutcomeDetails(met=details.met, why=details.why, words=details.words)
    row.state = State.RATED
    words = "" if row.need else f"{NeedOutcome.Met(details.met).label}. {details.words}"
    _step(row, What.RATED, by=actor, words=words)
    if row.need is not None:
        row.outcome = _outcome(row, actor, told)


def _outcome(row: Arrangement, actor: User, told: OutcomeDetails) -> NeedOutcome:
    """How the need was met, at the contact that closing the forum wrote or, before that, at the forum in words."""
    known = row.outcome or _at_contact(row)
    outcome = known or NeedOutcome(need=row.need, event=row.forum.event, recorded_by=actor, happened_on=row.forum.on)
    if outcome.event is None:
        outcome.message = f"Forum: {row.forum.title}"[:150]
    outcome.met, outcome.words = told.met, told.words.strip()
    outcome.why = "" if told.met == NeedOutcome.Met.MET else told.why
    return write(outcome, verb=Verb.NEED_OUTCOME_CHANGED if known else Verb.NEED_OUTCOME_NOTED)


def _at_contact(row: Arrangement) -> NeedOutcome | None:
    if row.forum.event_id is None:
        return None
    return NeedOutcome.objects.filter(need=row.need, event=row.forum.event).first()


@action(permissions.export_arrangements_report)
def export_arrangements_report(*, actor: User, until: date | None = None) -> ArrangementsReport:
    """The report, to be taken away as a file: that it was, and by whom, is written to the trail."""
    report = arrangements_report(until)
    record(Verb.ARRANGEMENT_REPORT_EXPORTED, kind="arrangement", fields=["until"])
    return report
