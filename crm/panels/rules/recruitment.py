"""What is missing in recruitment, in words that every door says. An applicant reads some of them: they are kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from crm.base.phones import kept_phone
from crm.base.rules import Blocker
from crm.base.words import named_day
from crm.panels.details.recruitment import Answers, CallDetails, Decision
from crm.panels.models import Application, Draw, RecruitmentCall
from crm.panels.vocabulary import KnowsAbout, PaidBy, ReachBy

State, CallState = Application.State, RecruitmentCall.State
NOT_ADDRESSES = ("my", "new")  # words that other pages begin with
LONGEST = {"topics": 5000, "when_and_how": 5000, "would_help": 5000}
MOST_QUESTIONS, MOST_ANSWERS = 6, 10

NO_PANEL = Blocker("panel_missing", "Choose the panel", "panel")
NO_TITLE = Blocker("title_missing", "Write what the call is called", "title")
NO_SLUG = Blocker("slug_missing", "Write a short address, like join-us", "slug")
SLUG_USED = Blocker("slug_used", "Another call has this short address. Choose another", "slug")
NO_PLACES = Blocker("places_missing", "Write how many places there are", "places")
NO_DAYS = Blocker("days_missing", "Enter a real date, like 24 11 2026", "closes_on")
DAYS_MIXED = Blocker("days_mixed", "A call opens, then closes, then everybody hears from us", "closes_on")
QUESTIONS_WRONG = Blocker(
    "questions_wrong", "Write each question with at least two answers, like: How old are you? | Under 40 | 40 or over",
    "pool_questions",
)  # fmt: skip
NOT_DRAFT = Blocker("not_a_draft", "This call was opened already")
NOT_OPEN = Blocker("not_open", "This call is not open")
ASKED_ALREADY = Blocker(
    "asked_already", "People have answered these questions. They stay as they are", "pool_questions"
)
CALL_OVER = Blocker("call_over", "We do not take answers any more. You can still phone us")
NOT_CHOOSING = Blocker("not_choosing", "Close the call first, then choose")
STILL_WAITING = Blocker("still_waiting", "Somebody who applied has no answer yet")
NO_NAME = Blocker("name_missing", "Tell us what name to use. A first name is fine", "name")
NO_REACH = Blocker("reach_missing", "Choose how we can reach you", "reach_by")
NO_PHONE = Blocker("phone_impossible", "Write a phone number, like 07700 900123", "reach_at")
NO_EMAIL = Blocker("email_impossible", "Write an e-mail address, like name@example.com", "reach_at")
NO_ADDRESS = Blocker("address_missing", "Write where our letter should go", "reach_at")
NO_GROUP = Blocker("group_missing", "Write the name of your group", "reach_at")
NOT_AN_ANSWER = "Choose one of the answers on the page"
POSTCODE = Blocker("postcode_long", "Write only the first half of your postcode, like B10", "postcode_start")
SENT_ALREADY = Blocker("sent_already", "You have sent this already")
NO_REASON = Blocker("reason_missing", "Write why, in words the applicant can read", "reason")
NO_OUTCOME = Blocker("outcome_missing", "Choose what was decided", "outcome")
NO_PLACE_LEFT = Blocker("no_place_left", "Every place has been offered. Put them on the reserve list", "outcome")
IS_OFFERED = Blocker(
    "is_offered", "A place is offered and the name is known now. Write down what they said to the offer instead"
)
DAYS_TO_ANSWER = 14  # our own figure: time for a letter, and for somebody to read it with them
POOL_WAITS = Blocker("pool_waits", "The pool is frozen. Draw first: until then nobody in it can be chosen or left out")
DRAWN_HERE = Blocker("by_the_draw", "In this call places are drawn, not given by hand. Freeze the pool and draw",
                     "outcome")  # fmt: skip
NOT_THEIR_TURN = Blocker("not_their_turn", "The reserve list is asked in the order it was drawn. Others come first",
                         "outcome")  # fmt: skip
NOT_OFFERED = Blocker("not_offered", "No place is offered at the moment")
NOT_ACCEPTED = Blocker("not_accepted", "They have not said yes yet")
SEATED = Blocker("seated", "They have their place already")
DECIDED_ALREADY = Blocker("answered", "They have answered already. It stays as they said")
NOT_WAITING = Blocker("not_waiting", "There is nothing to choose about this application any more")

Outcome = (State.OFFERED, State.RESERVE, State.NOT_CHOSEN)
WAITING = (State.SENT, State.SHORTLISTED)


def blockers_to_call(details: CallDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being a call."""
    if details.panel is None:
        yield NO_PANEL
    if not details.title.strip():
        yield NO_TITLE
    if not details.slug or details.slug in NOT_ADDRESSES:
        yield NO_SLUG
    if not details.places:
        yield NO_PLACES
    days = [details.opens_on, details.closes_on, details.answer_by]
    if None in days:
        yield NO_DAYS
    elif days != sorted(days, key=str):
        yield DAYS_MIXED
    if not _are_questions(details.pool_questions):
        yield QUESTIONS_WRONG


def _are_questions(found: object) -> bool:
    if not isinstance(found, list | tuple) or len(found) > MOST_QUESTIONS:
        return False
    return all(
        isinstance(one, dict)
        and str(one.get("words", "")).strip()
        and 2 <= len(set(one.get("answers", ()))) <= MOST_ANSWERS
        for one in found
    )


def blockers_to_address(details: CallDetails, besides: RecruitmentCall | None = None) -> Iterator[Blocker]:
    """Whether another call has the short address."""
    others = RecruitmentCall.objects.filter(slug=details.slug)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if details.slug and others.exists():
        yield SLUG_USED


def takes_answers(call: RecruitmentCall) -> bool:
    """Whether an applicant may still send, change or take back today."""
    return call.state == CallState.OPEN and call.opens_on <= timezone.localdate() <= call.closes_on


def blockers_to_answering(application: Application, answers: Answers) -> Iterator[Blocker]:
    """What keeps these answers from being kept. Nothing has to be there yet: only what is there must make sense."""
    if not takes_answers(application.call):
        yield CALL_OVER
    if application.state not in (State.DRAFT, State.SENT):
        yield CALL_OVER
    yield from blockers_to_words(answers)


def blockers_to_words(answers: Answers) -> Iterator[Blocker]:
    """What does not make sense in the answers themselves."""
    for name, among, given in (
        ("reach_by", ReachBy, [answers.reach_by]),
        ("knows_about", KnowsAbout, answers.knows_about),
        ("paid_by", PaidBy, [answers.paid_by]),
    ):
        if any(one and one not in among.values for one in given):
            yield Blocker("not_an_answer", NOT_AN_ANSWER, name)
    for name, most in LONGEST.items():
        if len(getattr(answers, name)) > most:
            yield Blocker("too_long", f"Use {most} letters or fewer. You can also phone us", name)
    if len(answers.postcode_start.replace(" ", "")) > 4:
        yield POSTCODE
    yield from _blockers_to_reaching(answers)


def _blockers_to_reaching(answers: Answers) -> Iterator[Blocker]:
    where = answers.reach_at.strip()
    if answers.reach_by in (ReachBy.PHONE, ReachBy.TEXT) and not kept_phone(where):
        yield NO_PHONE
    elif answers.reach_by == ReachBy.EMAIL and not is_email(where):
        yield NO_EMAIL
    elif answers.reach_by == ReachBy.LETTER and not where:
        yield NO_ADDRESS
    elif answers.reach_by == ReachBy.GROUP and not where:
        yield NO_GROUP


def is_email(words: str) -> bool:
    """Whether a mail server could take it."""
    try:
        validate_email(words)
    except ValidationError:
        return False
    return True


def blockers_to_sending(answers: Answers) -> Iterator[Blocker]:
    """What we cannot act without: what to call the applicant, and how to give them an answer."""
    if not answers.name.strip():
        yield NO_NAME
    if not answers.reach_by:
        yield NO_REACH
    yield from blockers_to_words(answers)


def blockers_to_pool(application: Application, features: dict[str, str]) -> Iterator[Blocker]:
    """Whether these are answers to the questions of the call."""
    if not takes_answers(application.call) or application.state not in (State.DRAFT, State.SENT):
        yield CALL_OVER
    offered = {one["key"]: one["answers"] for one in application.call.pool_questions}
    for key, value in features.items():
        if value not in offered.get(key, ()):
            yield Blocker("not_an_answer", NOT_AN_ANSWER, key)


def blockers_to_deciding_at_all(application: Application) -> Iterator[Blocker]:
    """Why nothing can be decided about it now, whatever is decided."""
    if application.call.state != CallState.CHOOSING:
        yield NOT_CHOOSING
    if application.state in (State.DRAFT, State.WITHDRAWN, State.ACCEPTED, State.DECLINED, State.NO_ANSWER):
        yield DECIDED_ALREADY
    if application.state == State.OFFERED:
        yield IS_OFFERED


def blockers_to_seating(application: Application) -> Iterator[Blocker]:
    """Why they cannot be given their place."""
    if application.state != State.ACCEPTED:
        yield NOT_ACCEPTED
    if application.membership_id:
        yield SEATED


def blockers_to_deciding(application: Application, decision: Decision, offered: int) -> Iterator[Blocker]:
    """Whether this may be decided. `offered`: how many places are offered or taken, this application's own left out."""
    yield from blockers_to_deciding_at_all(application)
    if application.call.method == RecruitmentCall.Method.RANDOM:
        yield from _blockers_by_the_draw(application, decision)
    if decision.outcome not in Outcome:
        yield NO_OUTCOME
    if not decision.reason.strip():
        yield NO_REASON
    if decision.outcome == State.OFFERED and offered >= application.call.places:
        yield NO_PLACE_LEFT


def blockers_to_closing(application: Application, today: date) -> Iterator[Blocker]:
    """An offer stands until the day it says, whoever it is: only then may it be closed, and only for that reason."""
    if application.state != State.OFFERED:
        yield NOT_OFFERED
    elif today <= answer_day(application):
        words = f"The offer stands until {named_day(answer_day(application))}. Until then only they can answer it"
        yield Blocker("offer_stands", words)


def answer_day(application: Application) -> date:
    """The day an offer stands until; that of the call where it was made before offers had one."""
    return application.offer_until or application.call.answer_by


def _blockers_by_the_draw(application: Application, decision: Decision) -> Iterator[Blocker]:
    """What a hand may not do where places are drawn: nothing to a frozen pool, no offer before the draw, and after it
    only to the next of the reserve list."""
    draw = Draw.objects.filter(call=application.call).first()
    offers = decision.outcome == State.OFFERED
    if draw is not None and draw.drawn_at is None and application.number in draw.pool:
        yield POOL_WAITS
    elif offers and (draw is None or draw.drawn_at is None):
        yield DRAWN_HERE
    elif offers and draw is not None and _others_come_first(application):
        yield NOT_THEIR_TURN


def _others_come_first(application: Application) -> bool:
    before = Application.objects.filter(call=application.call, state=State.RESERVE).exclude(pk=application.pk)
    if application.reserve_rank is not None:
        before = before.filter(reserve_rank__lt=application.reserve_rank)
    return before.exists()
