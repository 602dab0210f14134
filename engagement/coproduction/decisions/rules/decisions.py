"""What is missing before a decision can be recorded, corrected or withdrawn: the words both doors say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from crm.base.actors import FIELD_ROLES, holds
from crm.base.rules import Blocker
from crm.base.text import personal_details
from engagement.coproduction.decisions.details import DecisionDetails, OptionDetails
from engagement.coproduction.decisions.models import Answer, Decision, Evidence
from engagement.coproduction.decisions.reading import hard_to_read

ENOUGH_WORDS, ENOUGH_SIGNS = 6, 40
MOST_POINTS = 500

NO_QUESTION = Blocker("question_missing", "Write what was to be decided, as a question", "question")
NO_ANSWER = Blocker("answer_missing", "Choose the answer: yes, in part, no or not yet", "answer")
NO_DAY = Blocker("decided_on_missing", "Write on which day it was decided", "decided_on")
FUTURE = Blocker("decided_in_future", "The day must be today or in the past", "decided_on")
NO_WHO = Blocker("decided_by_missing", "Write who decided: a board, a panel or a role", "decided_by")
NO_AUTHORITY = Blocker("authority_missing", "Write with what authority they decided", "authority")
NO_REASON = Blocker("reason_missing", "Say why, so that whoever asked can read it", "reason")
TOO_SHORT = Blocker(
    "reason_too_short", "Say a little more: one or two whole sentences that whoever asked can read", "reason"
)
NO_WILL_DO = Blocker("will_do_missing", "Write what we will do", "will_do")
NO_LOOK_AGAIN = Blocker("look_again_missing", "Write when we look at it again", "look_again_on")
LOOK_AGAIN_PAST = Blocker("look_again_past", "That must be after the day of the decision", "look_again_on")
ANSWERS_NOTHING = Blocker(
    "answers_nothing", "Choose what it answers: a theme, a point somebody made, or a project", "themes"
)
NO_OPTION = Blocker("options_missing", "Write at least one thing that could have been decided", "options")
NO_WHY = Blocker("option_why_missing", "Say of each refused option why it was refused", "options")
NONE_CHOSEN = Blocker("option_not_chosen", "Tick the option that was chosen", "options")
NONE_REFUSED = Blocker("option_not_refused", "In part: write what was refused too, and why", "options")
NO_EVIDENCE = Blocker(
    "evidence_missing", "Write what was weighed, like what people told us or what it costs", "evidence"
)
EVIDENCE_KIND = Blocker("evidence_kind_unknown", "Choose what sort of evidence it is", "evidence")
NO_OWNER = Blocker("owner_away", "Choose somebody who works here today", "owner")
TOO_MANY = Blocker("too_many_points", f"Choose at most {MOST_POINTS} points", "points")
IS_WITHDRAWN = Blocker("decision_withdrawn", "This decision was withdrawn. It can be read, not changed")
WHY_CHANGED = Blocker("reason_missing", "Say why it is changed, in a few words", "correction_reason")
WHY_WITHDRAWN = Blocker("reason_missing", "Say why, in a few words", "reason")


def blockers_to_recording(details: DecisionDetails, today: date) -> Iterator[Blocker]:
    """Everything that keeps this from being a decision."""
    given = {NO_QUESTION: details.question, NO_WHO: details.decided_by, NO_AUTHORITY: details.authority}
    yield from (blocker for blocker, words in given.items() if not words.strip())
    if details.decided_on is None:
        yield NO_DAY
    elif details.decided_on > today:
        yield FUTURE
    yield from _about_answer(details)
    if not (details.themes or details.points or details.project):
        yield ANSWERS_NOTHING
    if len(details.points) > MOST_POINTS:
        yield TOO_MANY
    yield from _about_options(details.answer, [option for option in details.options if option.words.strip()])
    yield from _about_the_rest(details)


def _about_answer(details: DecisionDetails) -> Iterator[Blocker]:
    if details.answer not in Answer.values:
        yield NO_ANSWER
        return
    if details.answer != Answer.YES:
        yield from _about_reason(details.reason)
    if details.answer in (Answer.YES, Answer.IN_PART) and not details.will_do.strip():
        yield NO_WILL_DO
    if details.answer == Answer.NOT_YET:
        if details.look_again_on is None:
            yield NO_LOOK_AGAIN
        elif details.decided_on is not None and details.look_again_on <= details.decided_on:
            yield LOOK_AGAIN_PAST


def _about_reason(reason: str) -> Iterator[Blocker]:
    if not reason.strip():
        yield NO_REASON
    elif len(reason.split()) < ENOUGH_WORDS and len(reason.strip()) < ENOUGH_SIGNS:
        yield TOO_SHORT


def _about_options(answer: str, options: Sequence[OptionDetails]) -> Iterator[Blocker]:
    if not options:
        yield NO_OPTION
        return
    chosen = [option for option in options if option.chosen]
    refused = [option for option in options if not option.chosen]
    if answer in (Answer.YES, Answer.IN_PART) and not chosen:
        yield NONE_CHOSEN
    if answer == Answer.IN_PART and not refused:
        yield NONE_REFUSED
    if any(not option.why.strip() for option in refused):
        yield NO_WHY


def _about_the_rest(details: DecisionDetails) -> Iterator[Blocker]:
    weighed = [row for row in details.evidence if row.words.strip()]
    if not weighed:
        yield NO_EVIDENCE
    if any(row.kind not in Evidence.Kind.values for row in weighed):
        yield EVIDENCE_KIND
    if details.owner is not None and not holds(details.owner, FIELD_ROLES):
        yield NO_OWNER


def blockers_to_correcting(decision: Decision, details: DecisionDetails, why: str, today: date) -> Iterator[Blocker]:
    """Everything that keeps a decision from being corrected like this."""
    if decision.is_withdrawn:
        yield IS_WITHDRAWN
    # Whoever answers for it already may stay, gone or not: the words can then still be put right.
    stays = details.owner is not None and details.owner.pk == decision.owner_id
    yield from (b for b in blockers_to_recording(details, today) if not (stays and b is NO_OWNER))
    if not why.strip():
        yield WHY_CHANGED


def blockers_to_withdrawing(decision: Decision, reason: str) -> Iterator[Blocker]:
    """Why a decision cannot be withdrawn."""
    if decision.is_withdrawn:
        yield Blocker("decision_withdrawn", "This decision is already withdrawn")
    if not reason.strip():
        yield WHY_WITHDRAWN


def warnings_about(details: DecisionDetails) -> list[str]:
    """What to look at twice before it is saved: words most people cannot read, and what looks like a person."""
    found = [hard_to_read(details.reason)]
    words = " ".join([details.question, details.reason, details.will_do, details.decided_by])
    found += [f"There may be {what} in the words. Take it out: anyone may read a decision." for what in
              personal_details(words)]  # fmt: skip
    return list(filter(None, found))
