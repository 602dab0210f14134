"""Counting an answer: it adds to tallies, and only that the questions were asked stays with the application."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import F
from django.utils import timezone

from crm.audit.actions import action, attach, lock, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_if, refuse_input_if
from crm.equality import permissions, rules
from crm.equality.models import ANSWERED, SKIPPED, EqualityTally
from crm.equality.questions import QuestionSet, current_set
from crm.panels.models import Application, RecruitmentCall


@action(permissions.answer_equality)
def answer_equality(
    *, actor: Actor, application: Application, secret: str, answers: Mapping[str, str] | None
) -> Application:
    """Count what somebody said about themselves, or with None that they skipped the questions. The application keeps
    that they were asked, and neither. Raises `Blocked`, `InputBlocked`."""
    asked = current_set(timezone.localdate())
    fresh = lock(application)
    refuse_if(rules.blockers_to_asking(fresh))
    given = {key: value for key, value in (answers or {}).items() if value}
    refuse_input_if(rules.blockers_to_answers(asked, given))
    if answers is not None:
        refuse_input_if([] if given else [rules.NOTHING])
    _lay_out(lock(fresh.call), asked)
    tallies = EqualityTally.objects.filter(call=fresh.call, question_set=asked.version)
    for question, answer in [("", SKIPPED if answers is None else ANSWERED), *given.items()]:
        tallies.filter(question=question, answer=answer).update(people=F("people") + 1)
    fresh.equality_asked = True
    return write(fresh, verb=Verb.EQUALITY_ASKED)


def _lay_out(call: RecruitmentCall, asked: QuestionSet) -> None:
    """Every tally of a call at once, at nothing: rows that came with the answers would tell, by their order, which
    answers came together."""
    if EqualityTally.objects.filter(call=call, question_set=asked.version).exists():
        return
    rows = [("", ANSWERED), ("", SKIPPED)]
    rows += [(one.key, answer.key) for one in asked.questions for answer in one.answers]
    attach([EqualityTally(call=call, question_set=asked.version, question=one, answer=key) for one, key in rows])
