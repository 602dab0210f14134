"""Access needs: written down, changed, asked about again, shared, ended; and the list of their types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone
from django.utils.text import slugify

from crm.access import permissions, rules
from crm.access.details import NeedDetails, NeedTypeDetails, NoNeedDetails, ReviewDetails
from crm.access.models import AccessNeed, NeedReview, NeedShare, NeedType, NoNeed
from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_if, refuse_input_if
from crm.base.tables import Line
from crm.people.models import Person


@action(permissions.load_need_types)
def load_need_types(*, actor: Actor, lines: Sequence[Line]) -> int:
    """Add the types that are not there yet. What the council reworded or ended stays as it is: only an empty code is
    filled in. Returns how many were added or changed: none the second time. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_loading(lines))
    known = {row.key: row for row in NeedType.objects.all()}
    names = {row.name for row in known.values()}
    new = [NeedType(**line.values) for line in lines if line["key"] not in known and line["name"] not in names]
    coded = [known[line["key"]] for line in lines if line["key"] in known and _takes_code(known[line["key"]], line)]
    for row in coded:
        write(row, verb=Verb.NEED_TYPE_LOADED)
    write_new(new, verb=Verb.NEED_TYPE_LOADED)
    return len(new) + len(coded)


def _takes_code(row: NeedType, line: Line) -> bool:
    if row.snomed_code or not line["snomed_code"]:
        return False
    row.snomed_code = line["snomed_code"]
    return True


@action(permissions.add_need_type)
def add_need_type(*, actor: User, details: NeedTypeDetails) -> NeedType:
    """Add a type of need to the council's list. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_type(details))
    key = details.key or slugify(details.name)[:60]
    return write(_filled_type(NeedType(key=_free(key)), details), verb=Verb.NEED_TYPE_ADDED)


def _free(key: str) -> str:
    """The key, with a number behind it where another type has it already."""
    taken = set(NeedType.objects.filter(key__startswith=key[:55]).values_list("key", flat=True))
    names = [key, *(f"{key[:55]}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name and name not in taken)


@action(permissions.change_need_type)
def change_need_type(
    *, actor: User, need_type: NeedType, details: NeedTypeDetails, expected_version: int | None = None
) -> NeedType:
    """Reword a type, stop offering it, or offer it again; needs keep theirs. Raises `Stale`, `InputBlocked`."""
    fresh = lock(need_type, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_type(details, besides=fresh))
    return write(_filled_type(fresh, details), verb=Verb.NEED_TYPE_CHANGED)


def _filled_type(row: NeedType, details: NeedTypeDetails) -> NeedType:
    for name in ("name", "what_to_do", "snomed_code"):
        setattr(row, name, getattr(details, name).strip())
    row.kind, row.group, row.ended_on = details.kind, details.group, details.ended_on
    return row


@action(permissions.record_need)
def record_need(*, actor: User, person: Person, details: NeedDetails) -> AccessNeed:
    """Write down what a person, or somebody who supports them, needs. That they need nothing stands no longer then.
    Raises `InputBlocked` with every reason."""
    today = timezone.localdate()
    holder = details.supporter.supporter if details.supporter else person
    if holder is not None:
        lock(holder)  # nobody writes down in the same moment that they need nothing
    refuse_input_if(rules.blockers_to_recording(details, person, today))
    need = AccessNeed(person=person, supporter=details.supporter, recorded_by=actor, told_on=details.told_on or today)
    need.review_on = details.review_on or max(need.told_on, today) + timedelta(days=rules.YEAR)
    write(_filled(need, details), verb=Verb.NEED_RECORDED)
    _end_no_need(holder, "They told us of a need")
    return need


@action(permissions.change_need)
def change_need(
    *, actor: User, need: AccessNeed, details: NeedDetails, expected_version: int | None = None
) -> AccessNeed:
    """Put a need right. Raises `Stale`, `Blocked` (it ended), `InputBlocked`."""
    fresh = lock(need, expected_version=expected_version)
    refuse_if(rules.blockers_to_standing(fresh))
    refuse_input_if(rules.blockers_to_changing(details, fresh, timezone.localdate()))
    fresh.told_on, fresh.review_on = details.told_on or fresh.told_on, details.review_on or fresh.review_on
    return write(_filled(fresh, details), verb=Verb.NEED_CHANGED)


def _filled(need: AccessNeed, details: NeedDetails) -> AccessNeed:
    assert details.type is not None
    need.type, need.language = details.type, details.language
    need.own_words, need.told_by, need.may_share = details.own_words.strip(), details.told_by, details.may_share
    words = details.what_to_do.strip() or details.type.what_to_do
    need.what_to_do = words.replace("{language}", details.language.name if details.language else "their language")
    return need


@action(permissions.review_need)
def review_need(
    *, actor: User, need: AccessNeed, details: ReviewDetails, expected_version: int | None = None
) -> AccessNeed:
    """Note what they said when asked again; the next time is in a year unless another day is given. Raises `Stale`,
    `Blocked` (it ended), `InputBlocked`."""
    today = timezone.localdate()
    fresh = lock(need, expected_version=expected_version)
    refuse_if(rules.blockers_to_standing(fresh))
    refuse_input_if(rules.blockers_to_reviewing(details, fresh, today))
    asked_on, due_on = details.reviewed_on or today, fresh.review_on
    if details.answer == NeedReview.Answer.ENDED:
        fresh.ended_on, fresh.ended_reason = asked_on, details.reason.strip()
    else:
        _take_answer(fresh, details, asked_on)
    review = NeedReview(need=fresh, reviewed_on=asked_on, due_on=due_on, answer=details.answer, reviewed_by=actor)
    attach([review])
    return write(fresh, verb=Verb.NEED_REVIEWED, linked={"reviews": (None, details.answer)})


def _take_answer(need: AccessNeed, details: ReviewDetails, asked_on: date) -> None:
    need.review_on = details.next_on or max(asked_on, timezone.localdate()) + timedelta(days=rules.YEAR)
    for name in ("own_words", "what_to_do", "may_share"):
        told: str | None = getattr(details, name)
        if told is not None:
            setattr(need, name, told.strip())


@action(permissions.share_need)
def share_need(
    *, actor: User, need: AccessNeed, shared_with: str, shared_on: date | None = None,
    expected_version: int | None = None,
) -> AccessNeed:  # fmt: skip
    """Note with whom a need was shared. Raises `Stale`, `Blocked` without the person's agreement, `InputBlocked`."""
    today = timezone.localdate()
    fresh = lock(need, expected_version=expected_version)
    refuse_if(rules.blockers_to_sharing(fresh))
    on = shared_on or today
    refuse_input_if(rules.blockers_to_noting_share(shared_with, on, fresh, today))
    attach([NeedShare(need=fresh, shared_on=on, shared_with=shared_with.strip(), shared_by=actor)])
    return write(fresh, verb=Verb.NEED_SHARED, linked={"shares": (None, shared_with.strip())})


@action(permissions.end_need)
def end_need(*, actor: User, need: AccessNeed, reason: str, expected_version: int | None = None) -> AccessNeed:
    """Note that a need is no more. What happened with it stays. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(need, expected_version=expected_version)
    refuse_if(rules.blockers_to_standing(fresh))
    refuse_input_if(rules.blockers_to_ending(reason))
    fresh.ended_on, fresh.ended_reason = timezone.localdate(), reason.strip()
    return write(fresh, verb=Verb.NEED_ENDED)


@action(permissions.note_no_need)
def note_no_need(*, actor: User, person: Person, details: NoNeedDetails) -> NoNeed:
    """Write down that a person was asked and needs nothing. Asked again, the new answer stands in place of the one
    before. Raises `Blocked` or `InputBlocked` with every reason."""
    today = timezone.localdate()
    lock(person)
    refuse_input_if(rules.blockers_to_needing_nothing(details, person, today))
    _end_no_need(person, "They were asked again")
    asked_on = details.asked_on or today
    review_on = details.review_on or max(asked_on, today) + timedelta(days=rules.YEAR)
    row = NoNeed(person=person, told_by=details.told_by, asked_on=asked_on, asked_by=actor, review_on=review_on)
    return write(row, verb=Verb.NO_NEED_NOTED)


@action(permissions.take_back_no_need)
def take_back_no_need(*, actor: User, no_need: NoNeed, reason: str, expected_version: int | None = None) -> NoNeed:
    """It was wrong that they need nothing: nobody asked them, say. Raises `Stale`, `InputBlocked`."""
    fresh = lock(no_need, expected_version=expected_version)
    refuse_input_if(rules.blockers_to_taking_back(fresh, reason))
    return _ended(fresh, reason.strip())


def _end_no_need(person: Person | None, reason: str) -> None:
    for row in NoNeed.objects.current().filter(person=person).select_for_update() if person else ():
        _ended(row, reason)


def _ended(row: NoNeed, reason: str) -> NoNeed:
    row.ended_on, row.ended_reason = timezone.localdate(), reason
    return write(row, verb=Verb.NO_NEED_ENDED)
