"""What is missing before an access need, or a type of need, can be saved: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from crm.access.details import NeedDetails, NeedTypeDetails, NoNeedDetails, ReviewDetails
from crm.access.models import HOLDER, AccessNeed, NeedGroup, NeedKind, NeedReview, NeedType, NoNeed
from crm.base.rules import Blocker
from crm.base.tables import Line
from crm.people.models import Person

YEAR = 365  # days until a need is asked about again, unless another day is given

NO_NAME = Blocker("name_missing", "Write what the need is called", "name")
NO_KIND = Blocker("kind_missing", "Choose the kind of need", "kind")
NO_USUAL = Blocker("what_to_do_missing", "Write what to do, usually", "what_to_do")
NO_GROUP = Blocker("group_missing", "Choose a group for a communication and information need", "group")
GROUP_NOT_HERE = Blocker("group_not_here", "Only communication and information needs stand in a group", "group")
NAME_TAKEN = Blocker("name_taken", "There is a type of this name already", "name")
KEY_TAKEN = Blocker("key_taken", "There is a type with this key already", "key")

NO_TYPE = Blocker("type_missing", "Choose what they need", "type")
TYPE_ENDED = Blocker("type_ended", "This type is no longer offered. Choose another", "type")
NO_LANGUAGE = Blocker("language_missing", "Choose the language", "language")
TOLD_LATER = Blocker("told_in_future", "The day they told us must be today or in the past", "told_on")
ASKED_BEFORE = Blocker("review_in_past", "The day to ask again must be in the future", "review_on")
NOT_THEIRS = Blocker("supporter_of_another", "Choose somebody who supports this person today", "supporter")
ENDED = Blocker("need_ended", "This need has ended. Write it down again if it came back")

REVIEWED_LATER = Blocker("reviewed_in_future", "The day you asked must be today or in the past", "reviewed_on")
REVIEWED_BEFORE_TOLD = Blocker("reviewed_before_told", "The day you asked is before the day they told us",
                               "reviewed_on")  # fmt: skip
NEXT_NOT_LATER = Blocker("review_in_past", "The day to ask again must be in the future", "next_on")
NOTHING_CHANGED = Blocker("nothing_changed", "Write what has changed, or choose: still the same", "what_to_do")
CHANGED_UNSAID = Blocker("answer_is_same", "You changed the words. Choose: it has changed", "answer")

NO_AGREEMENT = Blocker("sharing_not_agreed", "Ask them first. They have not said that we may share this")
NOT_SAID_WITH = Blocker("shared_with_missing", "Write with whom you shared it, like: the interpreter agency",
                        "shared_with")  # fmt: skip
SHARED_LATER = Blocker("shared_in_future", "The day you shared it must be today or in the past", "shared_on")
SHARED_BEFORE_TOLD = Blocker("shared_before_told", "The day you shared it is before the day they told us", "shared_on")
NEEDS_SOMETHING = Blocker("needs_something", "A need of theirs is written down. Ask about it again, or end it first")
ASKED_LATER = Blocker("asked_in_future", "The day you asked must be today or in the past", "asked_on")
ASKED_SINCE = Blocker("asked_since", "They were asked again after that day", "asked_on")
NO_NEED_ENDED = Blocker("no_need_ended", "This does not stand any more")
NO_REASON = Blocker("reason_missing", "Write why it ended, in a few words", "reason")


def blockers_to_type(details: NeedTypeDetails, *, besides: NeedType | None = None) -> Iterator[Blocker]:
    """Everything that keeps this from being a type of need."""
    if not details.name.strip():
        yield NO_NAME
    if details.kind not in NeedKind.values:
        yield NO_KIND
    if not details.what_to_do.strip():
        yield NO_USUAL
    communication = details.kind == NeedKind.COMMUNICATION
    if communication and details.group not in NeedGroup.values:
        yield NO_GROUP
    if not communication and details.group:
        yield GROUP_NOT_HERE
    others = NeedType.objects.exclude(pk=besides.pk) if besides else NeedType.objects.all()
    if details.name.strip() and others.filter(name__iexact=details.name.strip()).exists():
        yield NAME_TAKEN
    if details.key and others.filter(key=details.key).exists():
        yield KEY_TAKEN


def blockers_to_loading(lines: Sequence[Line]) -> Iterator[Blocker]:
    """Everything wrong in a list of types, by line."""
    seen: set[str] = set()
    for line in lines:
        if not line["key"] or not line["name"] or not line["what_to_do"]:
            yield line.wrong("type_unnamed", "give the type a key, a name and what to do")
        for name in (line["key"], line["name"]):
            if name in seen:
                yield line.wrong("type_twice", f"{name} already stands above")
            seen.add(name)
        if line["kind"] not in NeedKind.values:
            yield line.wrong("kind_unknown", f"the kind must be one of {', '.join(NeedKind.values)}")
        if (line["group"] in NeedGroup.values) != (line["kind"] == NeedKind.COMMUNICATION):
            yield line.wrong("group_wrong", "communication needs stand in one of the four groups, others in none")


def blockers_to_recording(details: NeedDetails, person: Person, today: date) -> Iterator[Blocker]:
    """Everything that keeps a need from being written down."""
    yield from _about_type(details, None)
    yield from _about_days(details, today)
    if details.review_on is not None and details.review_on <= today:
        yield ASKED_BEFORE
    supporter = details.supporter
    if supporter is not None and (supporter.person_id != person.pk or supporter.ended_on is not None):
        yield NOT_THEIRS


def blockers_to_changing(details: NeedDetails, need: AccessNeed, today: date) -> Iterator[Blocker]:
    """Everything that keeps a need from being changed like this. Whose need it is stays: end it and write another."""
    yield from _about_type(details, need)
    yield from _about_days(details, today)
    moved = details.review_on is not None and details.review_on != need.review_on
    if moved and details.review_on is not None and details.review_on <= today:
        yield ASKED_BEFORE


def _about_type(details: NeedDetails, need: AccessNeed | None) -> Iterator[Blocker]:
    if details.type is None:
        yield NO_TYPE
        return
    if details.type.ended_on is not None and (need is None or need.type_id != details.type.pk):
        yield TYPE_ENDED
    if details.type.kind == NeedKind.LANGUAGE and details.language is None:
        yield NO_LANGUAGE


def _about_days(details: NeedDetails, today: date) -> Iterator[Blocker]:
    if details.told_on is not None and details.told_on > today:
        yield TOLD_LATER


def blockers_to_standing(need: AccessNeed) -> Iterator[Blocker]:
    """Why nothing can be done with a need any more."""
    if need.ended_on is not None:
        yield ENDED


def blockers_to_reviewing(details: ReviewDetails, need: AccessNeed, today: date) -> Iterator[Blocker]:
    """Everything that keeps a review from being written down."""
    asked_on = details.reviewed_on or today
    if asked_on > today:
        yield REVIEWED_LATER
    elif asked_on < need.told_on:
        yield REVIEWED_BEFORE_TOLD
    if details.answer != NeedReview.Answer.ENDED and details.next_on is not None and details.next_on <= today:
        yield NEXT_NOT_LATER
    new_words = _differs(details.own_words, need.own_words) or _differs(details.what_to_do, need.what_to_do)
    if details.answer == NeedReview.Answer.CHANGED and not new_words:
        yield NOTHING_CHANGED
    if details.answer == NeedReview.Answer.SAME and new_words:
        yield CHANGED_UNSAID


def _differs(told: str | None, stored: str) -> bool:
    return told is not None and told.strip() != stored


def blockers_to_sharing(need: AccessNeed) -> Iterator[Blocker]:
    """Why a need must not be shared: nobody shares without the person's agreement (DAPB1605, share)."""
    yield from blockers_to_standing(need)
    if need.may_share != AccessNeed.Sharing.YES:
        yield NO_AGREEMENT


def blockers_to_noting_share(shared_with: str, shared_on: date, need: AccessNeed, today: date) -> Iterator[Blocker]:
    """What is missing in what is told about a sharing."""
    if not shared_with.strip():
        yield NOT_SAID_WITH
    if shared_on > today:
        yield SHARED_LATER
    elif shared_on < need.told_on:
        yield SHARED_BEFORE_TOLD


def blockers_to_needing_nothing(details: NoNeedDetails, person: Person, today: date) -> Iterator[Blocker]:
    """Everything that keeps it from being written down that a person needs nothing."""
    if AccessNeed.objects.current().annotate(holder=HOLDER).filter(holder=person.pk).exists():
        yield NEEDS_SOMETHING
    if details.asked_on is not None and details.asked_on > today:
        yield ASKED_LATER
    elif NoNeed.objects.current().filter(person=person, asked_on__gt=details.asked_on or today).exists():
        yield ASKED_SINCE
    if details.review_on is not None and details.review_on <= today:
        yield ASKED_BEFORE


def blockers_to_taking_back(row: NoNeed, reason: str) -> Iterator[Blocker]:
    """What keeps it from being taken back that a person needs nothing."""
    if row.ended_on is not None:
        yield NO_NEED_ENDED
    elif not reason.strip():
        yield NO_REASON


def blockers_to_ending(reason: str) -> Iterator[Blocker]:
    """What is missing before a need can end."""
    if not reason.strip():
        yield NO_REASON
