"""What is missing before an answer is worded, drafted, approved or put into public: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from crm.base.rules import Blocker
from crm.base.text import personal_details
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.telling.details import WordsDetails
from engagement.coproduction.telling.models import AnswerWords, HelpTally, PublicLine, PublicPromise, Telling
from engagement.log.models import Promise

MOST_AT_ONCE = 50  # each is asked about afresh, in one transaction that others wait for
State = Telling.State

TO_ONE = Blocker("about_one", "Say which decision or which outcome it is about")
TOO_MANY = Blocker("too_many", f"Choose at most {MOST_AT_ONCE} answers at a time", "tellings")
NONE = Blocker("none_chosen", "Choose at least one answer", "tellings")
TOLD = Blocker("told_already", "They were told already")
EXCUSED = Blocker("telling_excused", "A reason stands why they are not told")
ON_ITS_WAY = Blocker("telling_on_its_way", "The answer is on its way already")
NOT_DRAFTED = Blocker("telling_not_drafted", "Draft the answer first, and read it")
OF_WITHDRAWN = Blocker("subject_withdrawn", "What they would be told was withdrawn")
ERASED = Blocker("person_erased", "They are not kept any more")
NO_REASON = Blocker("reason_missing", "Say why, in a few words", "reason")
NO_HOW = Blocker("how_missing", "Say how they were told, like: at the Monday group", "how")
FUTURE = Blocker("told_in_future", "The day must be today or in the past", "told_on")
BEFORE = Blocker("told_before_said", "That is before they said it", "told_on")

NO_SAID = Blocker("said_missing", "Write what people said, in a sentence", "said")
NO_ANSWER = Blocker("answer_missing", "Write the answer", "answer")
NOT_WRITTEN = Blocker("format_wrong", "Words are written as standard or Easy Read", "format")
ENGLISH_MACHINE = Blocker(
    "machine_english", "Words in plain English are the council’s own: no machine draft", "language"
)
CHECKED = Blocker("words_checked", "These words were checked already")
NOT_SAID_WHO = Blocker(
    "checked_by_missing", "Write who checked it, like: an Urdu speaker of the women’s group", "checked_by"
)
LINE_THERE = Blocker("line_there", "This decision stands in You said, we did already")
LINE_OFF = Blocker("line_off", "This line is not in public")
NO_LINE = Blocker("decision_withdrawn", "This decision was withdrawn")
NUMBERS = Blocker(
    "numbers_in_words", "Leave numbers of people out of the words: they are worked out, so that they are right", "said"
)
PROMISE_WORDS = Blocker("words_missing", "Write what you promised, for anyone to read", "words")
PROMISE_RESTRICTED = Blocker("promise_restricted", "This promise was made at a restricted contact. It stays there")
PROMISE_TO_PERSON = Blocker("promise_to_person", "A promise to one person is theirs. It does not stand in public")
PROMISE_THERE = Blocker("promise_in_public", "This promise stands in the public list already")
PROMISE_OFF = Blocker("promise_not_public", "This promise is not in the public list")
PROMISE_GONE = Blocker("promise_withdrawn", "This promise was withdrawn")


def blockers_to_batch(tellings: Sequence[Telling]) -> Iterator[Blocker]:
    """Why these cannot be done together."""
    if not tellings:
        yield NONE
    if len(tellings) > MOST_AT_ONCE:
        yield TOO_MANY


def _gone(telling: Telling) -> bool:
    about = telling.about
    return about.is_withdrawn or (isinstance(about, Outcome) and about.decision.is_withdrawn)


def blockers_to_drafting(telling: Telling) -> Iterator[Blocker]:
    """Why no answer can be drafted."""
    ended = {State.TOLD: TOLD, State.EXCUSED: EXCUSED, State.ON_ITS_WAY: ON_ITS_WAY}
    if telling.state in ended:
        yield ended[State(telling.state)]
    if _gone(telling):
        yield OF_WITHDRAWN
    if telling.person_id is None and telling.organisation_id is None:
        yield ERASED


def blockers_to_approving(telling: Telling, because: str = "") -> Iterator[Blocker]:
    """Why an answer cannot be sent: words that nobody checked go to nobody, unless a reason says why they must."""
    if telling.state != State.DRAFTED:
        yield from blockers_to_drafting(telling)
        if telling.state in (State.DUE, State.HELD, State.NOT_DELIVERED):
            yield NOT_DRAFTED
        return
    if _gone(telling):
        yield OF_WITHDRAWN
    used = telling.words_used
    if used is not None and not used.may_be_used:
        yield Blocker("words_not_checked", f"{telling.lacks}. Somebody must check them first")
    elif telling.lacks and not because.strip():
        yield Blocker("not_as_needed", f"{telling.lacks}. Add them, or say why it must go as it is", "because")


def blockers_to_excusing(telling: Telling, reason: str) -> Iterator[Blocker]:
    """Why no reason can stand."""
    if telling.state == State.TOLD:
        yield TOLD
    elif telling.state == State.EXCUSED:
        yield EXCUSED
    if not reason.strip():
        yield NO_REASON


def blockers_to_telling_in_person(telling: Telling, how: str, told_on: date, today: date) -> Iterator[Blocker]:
    """Why it cannot be noted that they were told."""
    if telling.state == State.TOLD:
        yield TOLD
    if not how.strip():
        yield NO_HOW
    if told_on > today:
        yield FUTURE
    if told_on < telling.said_on:
        yield BEFORE


def blockers_to_wording(record: Decision | Outcome, details: WordsDetails) -> Iterator[Blocker]:
    """What is wrong with an answer in words."""
    if record.is_withdrawn:
        yield OF_WITHDRAWN
    if not details.said.strip():
        yield NO_SAID
    elif any(sign.isdigit() for sign in details.said):
        yield NUMBERS
    if not details.answer.strip():
        yield NO_ANSWER
    if details.format not in AnswerWords.WRITTEN:
        yield NOT_WRITTEN
    if details.machine_draft and details.language is None and details.format == AnswerWords.WRITTEN[0]:
        yield ENGLISH_MACHINE
    for found in personal_details(f"{details.said} {details.answer}"):
        yield Blocker("words_personal", f"Anyone may read this. Take {found} out", "answer")


def blockers_to_checking(words: AnswerWords, checked_by: str) -> Iterator[Blocker]:
    """What is missing before words count as checked."""
    if words.checked_on:
        yield CHECKED
    if not checked_by.strip():
        yield NOT_SAID_WHO


def blockers_to_publishing(decision: Decision, line: PublicLine | None) -> Iterator[Blocker]:
    """Why a decision cannot stand in public."""
    if decision.is_withdrawn:
        yield NO_LINE
    if line is not None and line.taken_off_on is None:
        yield LINE_THERE


def blockers_to_taking_line_off(line: PublicLine, reason: str) -> Iterator[Blocker]:
    """Why a line cannot be taken off."""
    if line.taken_off_on is not None:
        yield LINE_OFF
    if not reason.strip():
        yield NO_REASON


def blockers_to_publishing_promise(promise: Promise, words: str, public: PublicPromise | None) -> Iterator[Blocker]:
    """Why a promise cannot stand in public."""
    if promise.event.restricted:
        yield PROMISE_RESTRICTED
    if promise.to_person_id is not None:
        yield PROMISE_TO_PERSON
    if promise.state == Promise.State.WITHDRAWN or promise.event.is_withdrawn:
        yield PROMISE_GONE
    if public is not None and public.taken_off_on is None:
        yield PROMISE_THERE
    if not words.strip():
        yield PROMISE_WORDS
    for found in personal_details(words):
        yield Blocker("words_personal", f"Anyone may read this. Take {found} out", "words")


def blockers_to_taking_promise_off(public: PublicPromise) -> Iterator[Blocker]:
    """Why it cannot be taken off."""
    if public.taken_off_on is not None:
        yield PROMISE_OFF


ALREADY_SAID = Blocker("helped_already", "You told us already. Thank you")
NO_SUCH_HELP = Blocker("helped_missing", "Choose one of the answers", "helped")


def blockers_to_saying_whether_it_helped(helped: str, *, used: bool) -> Iterator[Blocker]:
    """Why it cannot be counted."""
    if helped not in HelpTally.Helped.values:
        yield NO_SUCH_HELP
    if used:
        yield ALREADY_SAID
