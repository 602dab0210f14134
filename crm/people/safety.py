"""What keeps a person safe when somebody gets in touch: which ways are closed, and what must be obeyed on the others.

One text for the page, lists, the API and whatever sends. A rule closes every way of some kinds unless the person said
that this very way is safe; on the ways that stay open it says what to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from crm.base.registries import Registry
from crm.people.models import ContactWay, Person, PersonLanguage, SafeContactRule

Rule, Use = SafeContactRule.Rule, PersonLanguage.Use
PHONE, TEXT, EMAIL = ContactWay.Kind.PHONE, ContactWay.Kind.TEXT, ContactWay.Kind.EMAIL
LETTER, VISIT = ContactWay.Kind.LETTER, ContactWay.Kind.VISIT
GROUP, OTHER = ContactWay.Kind.GROUP, ContactWay.Kind.OTHER
WRITTEN = frozenset({TEXT, EMAIL, LETTER})
EVERY = frozenset(ContactWay.Kind)
DO_NOT_USE = "They asked us not to use this"
STOPPED = "Their record is only stored: nobody may use it"


# Rooms above say why no way at all may be used (an objection to everything): reasons in words, none when they may.
every_way_closed: Registry[Callable[[Person], Sequence[str]]] = Registry("reasons that close every way to a person")


@dataclass(frozen=True)
class Effect:
    """What one rule does: the words everybody sees, the kinds of way it closes and why, and what to do on the rest."""

    words: str
    closes: frozenset[ContactWay.Kind] = frozenset()
    why: str = ""
    obey: tuple[tuple[frozenset[ContactWay.Kind], str], ...] = ()


EFFECTS: dict[str, Effect] = {
    Rule.NO_VOICEMAIL: Effect(
        "Never leave a voice message.",
        obey=((frozenset({PHONE}), "Never leave a voice message. Ring again."),),
    ),
    Rule.FAMILY: Effect(
        "Their family may not know. No letters or visits, unless they say that it is safe.",
        closes=frozenset({LETTER, VISIT}),
        why="Their family may not know",
        obey=(
            (frozenset({PHONE}), "Their family may not know. Speak only to them, and take no message."),
            (
                frozenset({TEXT, EMAIL, LETTER}),
                "Their family may not know. Write nothing that shows who you are or what it is about.",
            ),
            (
                frozenset({VISIT, GROUP, OTHER}),
                "Their family may not know. Speak to them alone.",
            ),
        ),
    ),
    Rule.PLAIN_POST: Effect(
        "Post must not show who it is from.",
        obey=((frozenset({LETTER}), "Use a plain envelope that does not show who it is from."),),
    ),
    Rule.CHECK_FIRST: Effect(
        "Make sure it is them before you say who you are.",
        obey=(
            (frozenset({PHONE, VISIT}), "Make sure it is them before you say who you are."),
            (frozenset({TEXT, EMAIL}), "Somebody else may read it. Do not write who you are."),
        ),
    ),
    Rule.IN_PERSON_ONLY: Effect(
        "Speak to them in person only.",
        closes=EVERY - {VISIT},
        why="Speak to them in person only",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class WayAnswer:
    """One way to reach a person: open or closed, why in words, and what must be obeyed on it."""

    way: ContactWay
    reasons: Sequence[str] = ()
    obey: Sequence[str] = ()

    @property
    def is_open(self) -> bool:
        """Whether it may be used."""
        return not self.reasons


@dataclass(frozen=True)
class WaysAnswer:
    """All the ways to reach a person, and what must be known before any of them is used."""

    before: Sequence[str] = ()
    ways: Sequence[WayAnswer] = field(default_factory=tuple)

    @property
    def any_open(self) -> bool:
        """Whether there is a way that may be used."""
        return any(answer.is_open for answer in self.ways)


def words_of(rule: SafeContactRule) -> str:
    """A safe-contact rule as everybody reads it: its own words, then theirs."""
    effect = EFFECTS.get(rule.rule)
    return " ".join(filter(None, [effect.words if effect else "", rule.words]))


def ways_of(person: Person) -> WaysAnswer:
    """Every way to reach a person, by what they told us themselves. What a purpose closes besides is for
    `crm.privacy.reports.ways_to_reach`. Reads ways, safe rules and languages: 3 queries unless they are loaded."""
    rules = list(person.safe_rules.all())
    before = [*(rule.words for rule in rules), person.contact_rules, interpreter_words(person)]
    before = [words for words in before if words]
    reading = reading_words(person.language_uses.all())
    closed = [STOPPED] if person.stopped_on else [why for ask in every_way_closed for why in ask(person)]
    return WaysAnswer(before, [_answer(way, closed, rules, reading) for way in person.ways.all()])


def _answer(way: ContactWay, closed: Sequence[str], rules: Sequence[SafeContactRule], reading: str) -> WayAnswer:
    reasons = [*closed, *([DO_NOT_USE] if way.do_not_use else [])]
    effects = [EFFECTS[rule.rule] for rule in rules if rule.rule in EFFECTS]
    if not way.is_safe:
        reasons += [effect.why for effect in effects if way.kind in effect.closes]
    obey = [words for effect in effects for kinds, words in effect.obey if way.kind in kinds]
    if reading and way.kind in WRITTEN:
        obey.append(reading)
    return WayAnswer(way, reasons, [] if reasons else obey)


def reading_words(uses: Iterable[PersonLanguage]) -> str:
    """What to know before writing to somebody who does not read a language; empty when nothing says so."""
    rows = list(uses)
    cannot = [use.language.name for use in rows if use.use == Use.READS_NOT]
    if not cannot:
        return ""
    reads = [use.language.name for use in rows if use.use == Use.READS]
    rest = f"Write in {_listed(reads, 'or')}." if reads else "Say it aloud: written words do not reach them."
    return f"{_spoken(rows, cannot)} {rest}"


def _spoken(rows: Sequence[PersonLanguage], cannot: Sequence[str]) -> str:
    speaks = [use.language.name for use in rows if use.use == Use.SPEAKS]
    alike = set(speaks) >= set(cannot) and len(cannot) == 1
    ending = "it" if alike and len(speaks) == 1 else _listed(cannot, "or")
    return f"Speaks {_listed(speaks, 'and')}, does not read {ending}." if speaks else f"Does not read {ending}."


def _listed(names: Sequence[str], word: str) -> str:
    return f" {word} ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def interpreter_words(person: Person) -> str:
    """Whom they want beside them when somebody interprets; empty when they said nothing."""
    return " ".join(_interpreter(person))


def _interpreter(person: Person) -> Iterator[str]:
    asked = [person.get_interpreter_display().lower()] if person.interpreter else []
    if person.interpreter_not_from_community:
        asked.append("not from their own community")
    if asked:
        yield f"Interpreter: {', '.join(asked)}."
    if person.interpreter_note:
        yield person.interpreter_note if asked else f"Interpreter: {person.interpreter_note}"
