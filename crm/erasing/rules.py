"""What is missing before a request to be erased is saved, decided or carried out: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone

from crm.base.rules import Blocker
from crm.erasing import ledger
from crm.erasing.details import ErasureDetails, Looked
from crm.erasing.models import ErasureRequest
from crm.erasing.outside import FoundFile
from crm.erasing.parts import may_go
from crm.erasing.spelling import is_lone_word, stands_in
from crm.erasing.traces import traces_of
from crm.people.models import Person

Outcome = ErasureRequest.Outcome
NO_DAY = Blocker("day_missing", "Write the day, like 24 11 2026", "asked_on")
FUTURE = Blocker("day_in_future", "The day must be today or in the past", "asked_on")
NO_HOW = Blocker("how_missing", "Write how they asked, like: by letter", "how")
ASKED = Blocker("asked_already", "They asked already. Decide on that request")
NO_OUTCOME = Blocker("outcome_missing", "Choose what was decided", "outcome")
NO_REASON = Blocker("reason_missing", "Write why, in words the person can read", "reason")
DECIDED = Blocker("erasure_decided", "This request is decided already")
NO_PARTS = Blocker("parts_missing", "Choose what is erased", "parts")
PARTS_UNUSED = Blocker("parts_unused", "Choose “Granted in part”, or leave everything unticked", "parts")
NO_SUCH_PART = Blocker("part_unknown", "Choose from what is kept about them", "parts")
NAMED = Blocker(
    "name_in_reason", "Take their name, number or address out of the reason: it stays when they are erased", "reason"
)
NOT_GRANTED = Blocker("erasure_not_granted", "Only a request that was granted is carried out")
NO_LIST = Blocker(
    "list_not_writable",
    "The list of erasures cannot be written, so a backup could bring them back. Tell whoever runs Heard",
)
LOOK = "Look at the files first: %s. Then say that you looked"
NO_SUCH_FILE = Blocker("file_unknown", "Choose from the files that name them", "unwanted")
LONE_WORD = Blocker(
    "spelling_too_common",
    "In words that nothing links to them, one word alone would take out what is not about them. Write first name and "
    "surname, or leave those words as they are",
    "spellings",
)
ERASED = Blocker("person_erased", "This person is erased already")


def blockers_to_asking_again(person: Person) -> Iterator[Blocker]:
    """Why no request is taken, whatever it says: one waits. 1 query."""
    if ErasureRequest.objects.filter(person=person, outcome=Outcome.OPEN).exists():
        yield ASKED


def blockers_to_asking(person: Person, details: ErasureDetails) -> Iterator[Blocker]:
    """What is missing in a request."""
    if details.asked_on is None:
        yield NO_DAY
    elif details.asked_on > timezone.localdate():
        yield FUTURE
    if not details.how.strip():
        yield NO_HOW
    yield from blockers_to_asking_again(person)


def blockers_to_decided(request: ErasureRequest) -> Iterator[Blocker]:
    """Why nothing can be decided any more."""
    if request.outcome != Outcome.OPEN:
        yield DECIDED


def blockers_to_deciding(
    request: ErasureRequest, outcome: str, reason: str, parts: Sequence[str] = ()
) -> Iterator[Blocker]:
    """What is missing in a decision. "In part" says which part; it is not a word for later."""
    if outcome not in set(Outcome.values) - {Outcome.OPEN}:
        yield NO_OUTCOME
    if outcome == Outcome.PART and not parts:
        yield NO_PARTS
    if parts and outcome != Outcome.PART:
        yield PARTS_UNUSED
    if not {relation.name for relation in may_go()} >= set(parts):
        yield NO_SUCH_PART
    if outcome == Outcome.PART and request.person is None:
        yield ERASED
    if not reason.strip():
        yield NO_REASON
    elif request.person is not None and stands_in(reason, traces_of(request.person).everything):
        yield NAMED


def blockers_to_erasing(request: ErasureRequest) -> Iterator[Blocker]:
    """Why it cannot be carried out."""
    if request.outcome != Outcome.GRANTED:
        yield NOT_GRANTED
    if request.person is None:
        yield ERASED
    if not ledger.can_note():
        yield NO_LIST


def blockers_to_looking(files: Sequence[FoundFile], looked: Looked) -> Iterator[Blocker]:
    """What somebody must look at before it is whole: files that name the person, and what no machine can read. Named
    by keys: a file's own name may hold theirs. What is taken out cannot come back, so a spelling that is nobody's alone
    stays within what is linked to them."""
    if looked.elsewhere and any(is_lone_word(words) for words in looked.spellings):
        yield LONE_WORD
    named = {file.key for file in files if file.named}
    if not named >= set(looked.unwanted):
        yield NO_SUCH_FILE
    waits = sorted(named - set(looked.unwanted))
    unread = sum(not file.named for file in files)
    if unread:
        waits.append(f"{unread} that no machine can read")
    if waits and not looked.looked:
        yield Blocker("not_looked", LOOK % ", ".join(waits), "looked")
