"""The answer in plain English, made from what was decided; and which words somebody gets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from crm.languages.models import Language
from crm.sending.models import Format
from engagement.coproduction.decisions.models import Answer, Decision, Outcome
from engagement.coproduction.telling.models import AnswerWords

NO_WORDS = "There are no {words} words of this answer yet"
NOT_CHECKED = "Nobody who reads {words} has checked the words of this answer"


@dataclass(frozen=True)
class Said:
    """What people said, and our answer."""

    said: str
    answer: str


@dataclass(frozen=True)
class Chosen:
    """The words somebody gets, the version they are from (None: made from the decision), and what is lacking."""

    said: Said
    words: AnswerWords | None = None
    lacks: str = ""


def generated(record: Decision | Outcome) -> Said:
    """The answer in plain English, as it follows from the record."""
    return _of_decision(record) if isinstance(record, Decision) else _of_outcome(record)


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def _of_decision(decision: Decision) -> Said:
    again = f"We look at it again on {date_format(decision.look_again_on, 'j F Y')}." if decision.look_again_on else ""
    starts = {Answer.YES: "Yes.", Answer.IN_PART: "In part.", Answer.NO: "No.", Answer.NOT_YET: "Not yet."}
    pieces = [starts[Answer(decision.answer)], decision.reason.strip(), _doing(decision), again]
    return Said(decision.question, " ".join(filter(None, pieces)))


def _doing(decision: Decision) -> str:
    will = decision.will_do.strip().rstrip(".")
    if not will or decision.will_by is None:
        return f"This is what we will do: {will}." if will else ""
    if not decision.is_past:
        return f"This is what we will do: {will}. We will do it by {_day(decision.will_by)}."
    late = " It is late." if decision.is_late else ""
    return f"This is what we said we would do by {_day(decision.will_by)}: {will}.{late}"


def _of_outcome(outcome: Outcome) -> Said:
    since = f" Since {date_format(outcome.since, 'j F Y')}." if outcome.since else ""
    start = {"different": "", "partly": "", "same": "Nothing has changed yet. "}[outcome.effect]
    return Said(outcome.decision.question, f"{start}{outcome.words.strip()}{since}")


def versions_of(record: Decision | Outcome) -> list[AnswerWords]:
    """Every version there is, the newest first. 1 query."""
    of = {"decision": record} if isinstance(record, Decision) else {"outcome": record}
    rows = AnswerWords.objects.filter(**of).select_related("language")
    return list(rows.order_by("-number", "-id"))


def choose(record: Decision | Outcome, versions: list[AnswerWords], language: Language | None, form: str) -> Chosen:
    """The words for a reader: their language comes before their form; the newest that was checked, else the newest
    there is, which must be checked before anybody gets it."""
    written = form if form in AnswerWords.WRITTEN else Format.STANDARD
    own = [one for one in versions if one.language_id == (language.pk if language else None)]
    for wanted in dict.fromkeys((written, Format.STANDARD)):
        fits = [one for one in own if one.format == wanted]
        ready = next((one for one in fits if one.may_be_used), None)
        if ready is not None:
            return Chosen(_said(ready), ready, _no_easy_read(wanted, written))
        if fits:
            return Chosen(_said(fits[0]), fits[0], NOT_CHECKED.format(words=fits[0].in_words))
    if language is not None:
        return Chosen(in_english(record, versions), lacks=NO_WORDS.format(words=language.name))
    return Chosen(in_english(record, versions), lacks=_no_easy_read(Format.STANDARD, written))


def _no_easy_read(got: str, written: str) -> str:
    return NO_WORDS.format(words="Easy Read") if got != written else ""


def in_english(record: Decision | Outcome, versions: list[AnswerWords]) -> Said:
    """The council's own words in plain English, else those made from the record."""
    own = [one for one in versions if one.language_id is None and one.format == Format.STANDARD]
    return _said(own[0]) if own else generated(record)


def _said(words: AnswerWords) -> Said:
    return Said(words.said, words.answer)
