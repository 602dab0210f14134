"""By which way, in which language and in what form somebody is told: asked afresh before queueing and before sending.

A person's ways are asked of `crm.privacy.reports.ways_to_reach` each time, for the purpose of the message. What a
machine cannot obey ("write nothing that shows who you are") it does not do: a person does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from crm.access.models import AccessNeed, NeedGroup
from crm.base.kept import kept_for_all
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import ContactWay, Person, PersonLanguage
from crm.people.safety import WRITTEN, WayAnswer, WaysAnswer, reading_words
from crm.privacy.models import Purpose
from crm.privacy.reports import ENDED, ways_to_reach
from crm.sending.models import Format, Message, To

Kind, Use = ContactWay.Kind, PersonLanguage.Use
PARTS = ("ways", "safe_rules", "language_uses__language")
# When they prefer none: what costs the least and reaches the most comes first.
ORDER = (Kind.EMAIL, Kind.LETTER, Kind.PHONE, Kind.TEXT, Kind.GROUP, Kind.VISIT, Kind.OTHER)
NEEDS_VALUE = frozenset({Kind.EMAIL, Kind.LETTER, Kind.PHONE, Kind.TEXT})
BY_POST_ONLY = frozenset({Format.BRAILLE, Format.AUDIO})
# Types of access need → the way they ask for (DAPB1605, specific contact method).
WAYS_NEEDED = {
    "reach-by-text": Kind.TEXT,
    "reach-by-email": Kind.EMAIL,
    "reach-by-letter": Kind.LETTER,
    "reach-by-phone": Kind.PHONE,
    "reach-by-relay": Kind.PHONE,
    "reach-by-video-relay": Kind.PHONE,
    "reach-by-voice-message": Kind.PHONE,
    "reach-in-person": Kind.VISIT,
}
# Beginnings of types of access need → the form they ask for; the first that fits counts.
FORMS_NEEDED = (
    ("braille", Format.BRAILLE), ("moon", Format.BRAILLE), ("audio", Format.AUDIO),
    ("easy-read", Format.EASY_READ), ("large-print", Format.LARGE_PRINT),
)  # fmt: skip

NO_WAY = "We know no way to reach them"
NO_ADDRESS = "Nobody has written down the number or address"
CANNOT_READ = "They do not read, and no way to speak with them is open"
NOT_KEPT = "They are not kept any more"
CHANGED = "The number or address has changed since it was written. Send it again to use the new one"
GROUP_CLOSED = "The group has closed"
NEEDS_ANOTHER = "They need another way: {words}"
BY_HAND_NOW = "It is not safe any more to send it by machine: {words}"


@dataclass(frozen=True)
class Route:
    """The way a message goes, and to where. `by_hand`: a person must do it. `reasons`: why there is none."""

    way: str = ""
    address: str = ""
    by_hand: bool = False
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Wanted:
    """What decides between the open ways of one person."""

    reads: bool
    reading: str
    needed: frozenset[str]
    needed_words: str
    form: str


def fresh_person(pk: UUID | None) -> Person | None:
    """The person as stored now, with their ways, rules and languages. 2 queries."""
    return next(iter(_fresh(pk)), None) if pk else None


@kept_for_all
def _fresh(pk: UUID) -> QuerySet[Person]:
    return Person.objects.filter(pk=pk).with_parts(*PARTS)


def reads(person: Person) -> bool:
    """Whether written words reach them: not when they read no language, or only speak one that is hardly written."""
    uses = list(person.language_uses.all())
    if any(use.use == Use.READS for use in uses):
        return True
    if any(use.use == Use.READS_NOT for use in uses):
        return False
    spoken = [use for use in uses if use.use in (Use.SPEAKS, Use.SIGNS)]
    return not spoken or not all(use.language.is_spoken_only or use.language.is_signed for use in spoken)


def language_for(person: Person) -> Language | None:
    """The language to write to them in, None for English: what they prefer to read, what they read, what they speak."""
    uses = [use for use in person.language_uses.all() if not use.language.is_signed]
    cannot = {use.language_id for use in uses if use.use == Use.READS_NOT}
    for use in (Use.READS, Use.SPEAKS):
        known = [one for one in uses if one.use == use and one.language_id not in cannot]
        if known:
            first = next((one for one in known if one.is_preferred), None)
            english = next((one for one in known if one.language.code == "en"), None)
            return english_is_none((first or english or known[0]).language)
    return None


def english_is_none(language: Language | None) -> Language | None:
    """A language, with None for English: words in English are where every letter begins."""
    return None if language is None or language.code == "en" else language


def form_for(person: Person) -> str:
    """The form they need, by their access needs. 1 query."""
    return form_needed(_needs(person, NeedGroup.FORMAT))


def form_needed(needs: Iterable[AccessNeed]) -> str:
    """The form that these needs of theirs ask for, each with its type. No query."""
    keys = [need.type.key for need in needs if need.type.group == NeedGroup.FORMAT]
    return next((form for start, form in FORMS_NEEDED if any(key.startswith(start) for key in keys)), Format.STANDARD)


def _needs(person: Person, group: str) -> list[AccessNeed]:
    return _own_needs(person.pk, str(group))


@kept_for_all
def _own_needs(person: UUID, group: str) -> QuerySet[AccessNeed]:
    rows = AccessNeed.objects.current().filter(person=person, supporter=None, type__group=group)
    return rows.select_related("type").order_by("id")


def route_of(message: Message, *, way: str = "") -> Route:
    """The way a message goes now. At most 16 queries for a person, however many ways."""
    if message.to_kind == To.PERSON:
        person = fresh_person(message.person_id)
        return route_to(person, message.purpose, way=way, form=message.format) if person else Route(reasons=(NOT_KEPT,))
    if message.purpose.ended_on:
        return Route(reasons=(ENDED,))
    if message.organisation:
        return _route_to_group(message.organisation, way)
    email = "@" in message.address
    return Route(Kind.EMAIL if email else Kind.PHONE, message.address, by_hand=not email)


def _route_to_group(group: Organisation, way: str) -> Route:
    if group.closed_on:
        return Route(reasons=(GROUP_CLOSED,))
    known = {Kind.EMAIL: group.email, Kind.PHONE: group.phone, Kind.LETTER: group.place, Kind.VISIT: group.place}
    kinds = [Kind(way)] if way else [Kind.EMAIL, Kind.PHONE, Kind.VISIT]
    found = next((kind for kind in kinds if known.get(kind)), None)
    return Route(found, known[found], by_hand=found != Kind.EMAIL) if found else Route(reasons=(NO_ADDRESS,))


def route_to(person: Person, purpose: Purpose, *, way: str = "", form: str = Format.STANDARD) -> Route:
    """The safe way to tell a person something: one they prefer first; somebody who does not read is spoken with."""
    answer = ways_to_reach(person, purpose=purpose)
    wanted = _wanted(person, form)
    fits = [one for one in answer.ways if one.is_open and not _against(one, wanted) and way in ("", one.way.kind)]
    if not fits:
        return Route(reasons=tuple(_reasons(answer, wanted, way)))
    best = min(fits, key=lambda one: _rank(one, wanted))
    return Route(best.way.kind, best.way.value, by_hand=not _machine_may(best, wanted))


def _wanted(person: Person, form: str) -> _Wanted:
    needs = [need for need in _needs(person, NeedGroup.CONTACT) if need.type.key in WAYS_NEEDED]
    return _Wanted(
        reads=reads(person),
        reading=reading_words(person.language_uses.all()),
        needed=frozenset(WAYS_NEEDED[need.type.key] for need in needs),
        needed_words=" ".join(need.what_to_do.rstrip(".") + "." for need in needs),
        form=form,
    )


def _against(answer: WayAnswer, wanted: _Wanted) -> str:
    """Why an open way does not do for this; empty when it does."""
    kind = Kind(answer.way.kind)
    if kind in NEEDS_VALUE and not answer.way.value:
        return NO_ADDRESS
    if kind in WRITTEN and not wanted.reads and wanted.form not in BY_POST_ONLY:
        return CANNOT_READ
    if wanted.needed and kind not in wanted.needed and not (wanted.form in BY_POST_ONLY and kind == Kind.LETTER):
        return NEEDS_ANOTHER.format(words=wanted.needed_words.rstrip("."))
    return ""


def _machine_may(answer: WayAnswer, wanted: _Wanted) -> bool:
    """Only an e-mail without a rule that needs somebody's judgement goes by itself. A letter is printed by somebody."""
    return (
        answer.way.kind == Kind.EMAIL
        and not [words for words in answer.obey if words != wanted.reading]
        and wanted.form not in BY_POST_ONLY
    )


def _rank(answer: WayAnswer, wanted: _Wanted) -> tuple[bool, bool, bool, int]:
    kind = Kind(answer.way.kind)
    secret = kind == Kind.EMAIL and not _machine_may(answer, wanted)
    by_post = wanted.form in BY_POST_ONLY and kind != Kind.LETTER
    return by_post, secret, not answer.way.is_preferred, ORDER.index(kind)


def _reasons(answer: WaysAnswer, wanted: _Wanted, way: str) -> list[str]:
    ways = [one for one in answer.ways if way in ("", one.way.kind)]
    if not ways:
        return [NO_WAY]
    told = {one.way.get_kind_display(): one.reasons or (_against(one, wanted),) for one in ways}
    return [f"{name}: {', '.join(reasons)}" for name, reasons in told.items()]


def reasons_against(message: Message) -> list[str]:
    """Why a message must not go by its way to its address any more: asked in the moment before it is handed over."""
    if message.to_kind != To.PERSON:
        route = route_of(message, way=message.way)
        changed = not route.reasons and route.address != message.address
        return [*route.reasons, *([CHANGED] if changed else [])]
    person = fresh_person(message.person_id)
    if person is None:
        return [NOT_KEPT]
    answer = ways_to_reach(person, purpose=message.purpose)
    wanted = _wanted(person, message.format)
    same = [one for one in answer.ways if one.way.kind == message.way and one.way.value == message.address]
    if not same:
        return [CHANGED]
    reasons = [why for one in same for why in (*one.reasons, *filter(None, [_against(one, wanted)]))]
    if not reasons and message.way == Kind.EMAIL and not message.by_hand and not _machine_may(same[0], wanted):
        reasons = [BY_HAND_NOW.format(words=" ".join(same[0].obey))]
    return list(dict.fromkeys(reasons))


def rules_for(message: Message) -> Sequence[str]:
    """What must be obeyed when somebody phones, posts or tells this one: for the sheet, asked as it is opened."""
    if message.to_kind != To.PERSON:
        return ()
    person = fresh_person(message.person_id)
    if person is None:
        return ()
    answer = ways_to_reach(person, purpose=message.purpose)
    own = [words for one in answer.ways if one.way.kind == message.way and one.is_open for words in one.obey]
    times = [f"Best times: {one.way.best_times}." for one in answer.ways
             if one.way.kind == message.way and one.is_open and one.way.best_times]  # fmt: skip
    return list(dict.fromkeys([*answer.before, *own, *times]))
