"""What is missing before an outcome can be recorded, checked, called done or withdrawn: the words both doors say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from crm.base.actors import FIELD_ROLES, holds
from crm.base.rules import Blocker
from crm.base.text import personal_details
from crm.communities.rules import merged
from engagement.coproduction.decisions.details import CheckDetails, OutcomeDetails
from engagement.coproduction.decisions.following import how_many_untold
from engagement.coproduction.decisions.models import Decision, Outcome, OutcomeCheck
from engagement.coproduction.decisions.reading import hard_to_read

NO_EFFECT = Blocker("effect_missing", "Choose whether anything is different", "effect")
NO_WORDS = Blocker("words_missing", "Say what is different, or what is not", "words")
NO_WHOM = Blocker("for_whom_missing", "Write for whom", "for_whom")
NO_SINCE = Blocker("since_missing", "Write since when it is different", "since")
FUTURE = Blocker("since_in_future", "The day must be today or in the past", "since")
NOT_KNOWN = Blocker("not_known", "Say how we know: a measure before and after, or what people say about it", "measure")
HALF_MEASURED = Blocker("measure_incomplete", "Write what was measured, and the figure before and after", "measure")
NO_OWNER = Blocker("owner_away", "Choose somebody who works here today", "owner")
OF_WITHDRAWN = Blocker("decision_withdrawn", "The decision was withdrawn. Nothing can be added to it")
IS_WITHDRAWN = Blocker("outcome_withdrawn", "This outcome was withdrawn. It can be read, not changed")
IS_DONE = Blocker("outcome_done", "This outcome is done already")
WHY_CHANGED = Blocker("reason_missing", "Say why it is changed, in a few words", "correction_reason")
WHY_WITHDRAWN = Blocker("reason_missing", "Say why, in a few words", "reason")
NO_BY_WHOM = Blocker("by_whom_missing", "Write who looked at it, like: four carers of the Monday group", "by_whom")
NO_VERDICT = Blocker("verdict_missing", "Choose what they said", "verdict")
CHECK_FUTURE = Blocker("checked_in_future", "The day must be today or in the past", "checked_on")


def blockers_to_recording(decision: Decision, details: OutcomeDetails, today: date) -> Iterator[Blocker]:
    """Everything that keeps this from being an outcome."""
    if decision.is_withdrawn:
        yield OF_WITHDRAWN
    yield from _about(details, today)
    yield from merged(list(details.communities), "communities")


def _about(details: OutcomeDetails, today: date) -> Iterator[Blocker]:
    if details.effect not in Outcome.Effect.values:
        yield NO_EFFECT
    if not details.words.strip():
        yield NO_WORDS
    if not details.for_whom.strip():
        yield NO_WHOM
    if details.since is not None and details.since > today:
        yield FUTURE
    if details.since is None and details.effect in (Outcome.Effect.DIFFERENT, Outcome.Effect.PARTLY):
        yield NO_SINCE
    yield from _how_we_know(details)
    if details.owner is not None and not holds(details.owner, FIELD_ROLES):
        yield NO_OWNER


def _how_we_know(details: OutcomeDetails) -> Iterator[Blocker]:
    told = [words.strip() for words in (details.measure, details.measure_before, details.measure_after)]
    if any(told) and not all(told):
        yield HALF_MEASURED
    if not any(told) and not details.account.strip():
        yield NOT_KNOWN


def blockers_to_correcting(outcome: Outcome, details: OutcomeDetails, why: str, today: date) -> Iterator[Blocker]:
    """Everything that keeps an outcome from being corrected like this."""
    if outcome.is_withdrawn:
        yield IS_WITHDRAWN
    stays = details.owner is not None and details.owner.pk == outcome.owner_id
    yield from (b for b in _about(details, today) if not (stays and b is NO_OWNER))
    yield from merged(
        list(details.communities), "communities", known=set(outcome.communities.values_list("pk", flat=True))
    )
    if not why.strip():
        yield WHY_CHANGED


def blockers_to_checking(outcome: Outcome, details: CheckDetails, today: date) -> Iterator[Blocker]:
    """Why what they said cannot be noted."""
    if outcome.is_withdrawn:
        yield IS_WITHDRAWN
    if not details.by_whom.strip():
        yield NO_BY_WHOM
    if details.verdict not in OutcomeCheck.Verdict.values:
        yield NO_VERDICT
    if details.checked_on is not None and details.checked_on > today:
        yield CHECK_FUTURE


def blockers_to_finishing(outcome: Outcome, reason: str = "") -> Iterator[Blocker]:
    """Why an outcome cannot be called done: somebody who asked has not heard of it, and no reason stands."""
    if outcome.is_withdrawn:
        yield IS_WITHDRAWN
    elif outcome.done_on is not None:
        yield IS_DONE
    else:
        number = how_many_untold(outcome)
        if number and not reason.strip():
            who = "1 person or group is" if number == 1 else f"{number} people and groups are"
            yield Blocker("not_everybody_told", f"{who} still to be told. Tell them, or say why not", "reason")


def blockers_to_withdrawing(outcome: Outcome, reason: str) -> Iterator[Blocker]:
    """Why an outcome cannot be withdrawn."""
    if outcome.is_withdrawn:
        yield Blocker("outcome_withdrawn", "This outcome is already withdrawn")
    if not reason.strip():
        yield WHY_WITHDRAWN


def warnings_about(details: OutcomeDetails) -> list[str]:
    """What to look at twice before it is saved."""
    found = [hard_to_read(details.words).replace("the reason", "what you wrote")]
    words = " ".join([details.words, details.for_whom, details.account])
    found += [f"There may be {what} in the words. Take it out: anyone may read an outcome." for what in
              personal_details(words)]  # fmt: skip
    return list(filter(None, found))
