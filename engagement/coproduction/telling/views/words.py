"""The answer in words: what there is, new words, and that somebody checked them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_of, one_seen
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.telling import actions, permissions, rules
from engagement.coproduction.telling.forms.tellings import CheckedForm, WordsForm
from engagement.coproduction.telling.models import AnswerWords
from engagement.coproduction.telling.wording import generated, in_english, versions_of


def address_of(record: Decision | Outcome) -> str:
    """The page of the words of a decision or outcome."""
    name = "decision" if isinstance(record, Decision) else "outcome"
    return reverse(f"workspace:{name}-words", args=[record.pk])


class WordsPage(WorkspaceView):
    """Every version there is, and who checked it."""

    permission = permissions.read_answer_words
    model: ClassVar[Any] = Decision

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        record = one_of(self.model.objects.visible_to(self.user), pk=pk)
        versions = versions_of(record)
        own = any(one.language_id is None and one.format == "standard" for one in versions)
        shown = {
            "title": "The answer in words",
            "record": record,
            "back": reverse(f"workspace:{self.model._meta.model_name}", args=[record.pk]),
            "new": f"{address_of(record)}new/",
            "made": None if own else generated(record),
            "versions": [(one, self._may_check(one)) for one in versions],
            "may_write": permissions.word_answer(actor=self.user) and not record.is_withdrawn,
        }
        return render(request, "workspace/coproduction/words.html", shown)

    def _may_check(self, words: AnswerWords) -> bool:
        return not words.may_be_used and permissions.check_answer_words(actor=self.user, words=words)


class OutcomeWordsPage(WordsPage):
    """Of an outcome."""

    model = Outcome


class AddWords(EditPage):
    """New words: they begin with the English ones."""

    permission = permissions.word_answer
    template_name = "workspace/coproduction/edit.html"
    title = "Write the answer in words"
    model: ClassVar[Any] = Decision

    def subject(self) -> Any:
        """The decision or outcome."""
        return one_of(self.model.objects.visible_to(self.user), pk=self.kwargs["pk"])

    def make_form(self, data: Any, subject: Any) -> Any:
        """With the English words."""
        begin = in_english(subject, versions_of(subject))
        initial = {"said": begin.said, "answer": begin.answer, "format": "standard"}
        return WordsForm(data, initial=initial, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """What they would be told was withdrawn."""
        return [rules.OF_WITHDRAWN] if subject.is_withdrawn else []

    def save(self, form: Any, subject: Any) -> Any:
        """Keep them."""
        actions.word_answer(actor=self.user, record=subject, details=form.details())
        return subject

    def address(self, subject: Any) -> str:
        """The words."""
        return address_of(subject)

    def shows(self) -> dict[str, Any]:
        """What to know."""
        return {
            "lead": "Words that are not plain English go to nobody before somebody who reads them has checked them."
        }


class AddOutcomeWords(AddWords):
    """Of an outcome."""

    model = Outcome


class CheckWords(EditPage):
    """Somebody who reads the language found the words right."""

    permission = permissions.check_answer_words
    template_name = "workspace/coproduction/check_words.html"
    title = "Are these words right?"
    saved_words = "Checked. Draft the answers anew, so that they go in these words."

    def subject(self) -> Any:
        """The words."""
        return one_seen(self.user, AnswerWords, self.kwargs["pk"], "for_list")

    def make_form(self, data: Any, subject: Any) -> Any:
        """Who."""
        return CheckedForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """Somebody checked them."""
        return rules.blockers_to_checking(subject, "")

    def save(self, form: Any, subject: Any) -> Any:
        """Note it."""
        data = form.cleaned_data
        return actions.check_answer_words(
            actor=self.user, words=subject, checked_by=data["checked_by"], expected_version=data["version"]
        )

    def address(self, subject: Any) -> str:
        """All words."""
        return address_of(subject.decision or subject.outcome)
