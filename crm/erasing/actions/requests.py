"""A request to be erased is written down, decided, and carried out everywhere at once.

Carrying out walks the relations to a person that every room declared: rows are deleted, or lose the link and their
words, and the thread stands without the person. What remains of their name, numbers and addresses in words somebody
wrote is taken out; earlier values in the audit's revisions are blanked; answers kept for repeated requests, arguments
of tasks and what waits in sessions go; the search index forgets. On SQLite the write-ahead log is emptied when it is
done.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from crm.erasing import ledger, permissions, rules
from crm.erasing.actions.carrying_out import erase_everywhere, erase_parts
from crm.erasing.details import ErasureDetails, Looked
from crm.erasing.models import ErasureRequest
from crm.erasing.outside import FoundFile, files_found
from crm.erasing.traces import traces_of
from crm.people.models import Person

Outcome = ErasureRequest.Outcome
NOTHING_LOOKED_AT = Looked()


@action(permissions.record_erasure)
def record_erasure(*, actor: User, person: Person, details: ErasureDetails) -> ErasureRequest:
    """Write down that somebody asked (UK GDPR article 17). It must be decided within a month. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_asking(person, details))
    assert details.asked_on is not None  # the rules refused it otherwise
    asked = ErasureRequest(
        person=person,
        recorded_by=actor,
        asked_on=details.asked_on,
        how=details.how.strip(),
        words=details.words.strip(),
    )
    return write(asked, verb=Verb.ERASURE_ASKED)


@action(permissions.decide_erasure)
def decide_erasure(
    *, actor: User, request: ErasureRequest, outcome: str, reason: str, looked: Looked = NOTHING_LOOKED_AT,
    parts: Sequence[str] = (), expected_version: int | None = None,
) -> ErasureRequest:  # fmt: skip
    """Decide, with a reason the person can read. Granted, it is carried out at once: see `erase_person`. Granted in
    part, the `parts` (names of relations to a person) go at once, and the rest stays. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(request, expected_version=expected_version)
    refuse_if(rules.blockers_to_decided(fresh))
    refuse_input_if(rules.blockers_to_deciding(fresh, outcome, reason, parts))
    fresh.outcome, fresh.reason = outcome, reason.strip()
    fresh.decided_on, fresh.decided_by = timezone.localdate(), actor
    if outcome == Outcome.PART:
        assert fresh.person is not None  # the rules refused it otherwise
        fresh.erased_on, counted = timezone.localdate(), erase_parts(fresh.person, parts)
        fresh.what_happened = dict(counted)
        _note(fresh, Looked(), parts)
    write(fresh, verb=Verb.ERASURE_DECIDED)
    if outcome == Outcome.GRANTED:
        return erase_person(actor=actor, request=fresh, looked=looked)
    return fresh


@action(permissions.erase_person)
def erase_person(*, actor: User, request: ErasureRequest, looked: Looked = NOTHING_LOOKED_AT) -> ErasureRequest:
    """Erase the person of a granted request from every table, index and file. What whoever decides looked at says
    whether their name goes out of words that nothing links to them (it may be a namesake's), which other spellings
    are theirs, and which files are deleted. Raises `Blocked`, `InputBlocked`."""
    fresh = lock(request)
    refuse_if(rules.blockers_to_erasing(fresh))
    assert fresh.person is not None
    person = Person.objects.select_for_update(of=("self",)).get(pk=fresh.person.pk)
    files = files_found(traces_of(person, looked.spellings).everything)
    refuse_input_if(rules.blockers_to_looking(files, looked))
    _note(fresh, looked)
    counted = Counter(erase_everywhere(person, looked))
    counted.update(_looked_at(files, looked))
    done = ErasureRequest.objects.get(pk=fresh.pk)
    done.erased_on, done.what_happened, done.words, done.how = timezone.localdate(), dict(counted), "", "(taken out)"
    return write(done, verb=Verb.PERSON_ERASED, forgets=True)


def _looked_at(files: Sequence[FoundFile], looked: Looked) -> Iterator[str]:
    """What somebody looked at and left, once for each file."""
    for file in files:
        if file.key not in looked.unwanted:
            yield "file that names them: looked at and kept" if file.named else "file no machine reads: looked at"


def _note(request: ErasureRequest, looked: Looked, parts: Sequence[str] = ()) -> None:
    """Into the list beside the database, once it is done."""
    assert request.person is not None
    line = ledger.Erased(request.person.pk, request.pk, timezone.localdate(), looked.elsewhere, tuple(parts))
    transaction.on_commit(partial(ledger.note, line))
