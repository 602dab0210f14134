"""What keeps equality answers from being counted: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from crm.base.rules import Blocker
from crm.equality.questions import QuestionSet
from crm.panels.models import Application, RecruitmentCall
from crm.panels.rules.recruitment import takes_answers

ASKED = Blocker("equality_asked_already", "We have your answers to these questions already, or you skipped them")
TOO_EARLY = Blocker("application_not_sent", "Send your application first")
OVER = Blocker("call_over", "These questions are closed. That changes nothing for your application")
NOTHING = Blocker("nothing_answered", "Choose an answer, or press Skip", "")
NOT_AN_ANSWER = "Choose one of the answers, or leave it empty"


def may_be_asked(application: Application) -> bool:
    """Whether the questions may be put to whoever sent this."""
    return not any(blockers_to_asking(application))


def blockers_to_asking(application: Application) -> Iterator[Blocker]:
    """Why not. Asked once: an answer cannot be found again to change it."""
    if application.equality_asked:
        yield ASKED
    if application.state == Application.State.DRAFT:
        yield TOO_EARLY
    elif application.state == Application.State.WITHDRAWN or not takes_answers(application.call):
        yield OVER


def blockers_to_answers(asked: QuestionSet, answers: Mapping[str, str]) -> Iterator[Blocker]:
    """Whether each is an answer to a question that is asked."""
    offered = {one.key: {answer.key for answer in one.answers} for one in asked.asked()}
    for key, value in answers.items():
        if value not in offered.get(key, ()):
            yield Blocker("not_an_answer", NOT_AN_ANSWER, key)


def may_be_told(call: RecruitmentCall) -> bool:
    """Figures are told once nobody can answer any more: before, one more answer between two looks would be told."""
    return call.state in (RecruitmentCall.State.CHOOSING, RecruitmentCall.State.DECIDED)
