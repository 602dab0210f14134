"""Outcomes: the list, one outcome, recording, correcting, checking, finishing and withdrawing one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_of, one_seen
from engagement.coproduction.decisions import actions, permissions
from engagement.coproduction.decisions.filters import OutcomeFilter
from engagement.coproduction.decisions.following import parts_of_outcome
from engagement.coproduction.decisions.forms.decisions import ReasonForm
from engagement.coproduction.decisions.forms.outcomes import (
    CheckForm,
    CorrectOutcomeForm,
    FinishForm,
    OutcomeForm,
    initial_of,
)
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.decisions.rules import outcomes as rules
from engagement.coproduction.decisions.rules.outcomes import blockers_to_finishing, warnings_about


class OutcomeList(Listing):
    """Outcomes, the newest first."""

    permission = permissions.read_what_changed
    template_name = "workspace/coproduction/outcomes.html"
    title = "What is different"
    filterset = OutcomeFilter
    shown_filters = ("effect", "community", "part", "owner", "open", "withdrawn")

    def rows(self) -> Any:
        """Those that stand, unless the withdrawn ones are asked for."""
        rows = Outcome.objects.visible_to(self.user).for_list()
        return rows if "withdrawn" in self.request.GET else rows.standing()


class OutcomePage(WorkspaceView):
    """One outcome: what is different, how we know, who checked it, what it counts for, and who was told."""

    permission = permissions.read_what_changed

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        outcome = one_seen(self.user, Outcome, pk, "for_page")
        keeps = permissions.correct_outcome(actor=self.user, outcome=outcome) and not outcome.is_withdrawn
        shown = {
            "title": outcome.get_effect_display(),
            "outcome": outcome,
            "parts": parts_of_outcome(self.user, outcome),
            "counts_for": _counts_for(outcome),
            "may_correct": keeps,
            "may_check": permissions.check_outcome(actor=self.user) and not outcome.is_withdrawn,
            "may_finish": keeps and outcome.done_on is None,
            "missing": [b.words for b in blockers_to_finishing(outcome)] if keeps and not outcome.done_on else [],
        }
        return render(request, "workspace/coproduction/outcome.html", shown)


def _counts_for(outcome: Outcome) -> list[tuple[Any, list[Any]]]:
    """Each part it is linked to, with those that say the same."""
    return [(part, list(part.says_the_same.all())) for part in outcome.parts.all()]


class RecordOutcome(EditPage):
    """Record what is different since a decision."""

    permission = permissions.record_outcome
    template_name = "workspace/coproduction/edit.html"
    title = "What is different since?"
    saved_words = "Recorded. Whoever asked is due to be told."

    def subject(self) -> Any:
        """The decision."""
        return one_seen(self.user, Decision, self.kwargs["pk"])

    def make_form(self, data: Any, subject: Any) -> Any:
        """Empty."""
        return OutcomeForm(data, initial={"since": timezone.localdate()}, reader=self.user)

    def warnings(self, form: Any, subject: Any) -> list[Any]:
        """Words most people cannot read, and what looks like a person."""
        return warnings_about(form.details()) if hasattr(form, "details") else []

    def against(self, subject: Any) -> Iterable[Blocker]:
        """The decision was withdrawn."""
        return [rules.OF_WITHDRAWN] if subject.is_withdrawn else []

    def save(self, form: Any, subject: Any) -> Any:
        """Record it."""
        return actions.record_outcome(actor=self.user, decision=subject, details=form.details())

    def address(self, subject: Any) -> str:
        """The outcome's page, or the decision's."""
        name = "workspace:outcome" if isinstance(subject, Outcome) else "workspace:decision"
        return reverse(name, args=[subject.pk])


class OneOutcomePage(RecordOutcome):
    """A page that changes one outcome."""

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It was withdrawn."""
        return [rules.IS_WITHDRAWN] if subject.is_withdrawn else []

    def subject(self) -> Any:
        """The outcome."""
        rows = Outcome.objects.visible_to(self.user).prefetch_related("communities", "parts")
        return one_of(rows, pk=self.kwargs["pk"])

    def warnings(self, form: Any, subject: Any) -> list[Any]:
        """None, unless its words are changed."""
        return []


class CorrectOutcome(OneOutcomePage):
    """Put an outcome right."""

    permission = permissions.correct_outcome
    title = "Correct this outcome"
    saved_words = "Corrected. What it said before stays readable."

    def make_form(self, data: Any, subject: Any) -> Any:
        """What stands."""
        return CorrectOutcomeForm(data, initial=initial_of(subject), reader=self.user)

    def save(self, form: Any, subject: Any) -> Any:
        """Correct it."""
        data = form.cleaned_data
        return actions.correct_outcome(
            actor=self.user, outcome=subject, details=form.details(), reason=data["correction_reason"],
            expected_version=data["version"],
        )  # fmt: skip


class CheckOutcome(OneOutcomePage):
    """Those who asked looked at it."""

    permission = permissions.check_outcome
    title = "What do those who asked say?"
    saved_words = "Noted."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Today."""
        initial = {"version": subject.version, "checked_on": timezone.localdate()}
        return CheckForm(data, initial=initial, reader=self.user)

    def save(self, form: Any, subject: Any) -> Any:
        """Note it."""
        version = form.cleaned_data["version"]
        return actions.check_outcome(actor=self.user, outcome=subject, details=form.details(), expected_version=version)


class FinishOutcome(OneOutcomePage):
    """It is done."""

    permission = permissions.finish_outcome
    title = "This outcome is done"
    saved_words = "Done."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Why somebody was not told, if so."""
        return FinishForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is done, or was withdrawn."""
        return rules.blockers_to_finishing(subject)

    def save(self, form: Any, subject: Any) -> Any:
        """Call it done."""
        data = form.cleaned_data
        return actions.finish_outcome(
            actor=self.user, outcome=subject, reason=data["reason"], expected_version=data["version"]
        )


class WithdrawOutcome(OneOutcomePage):
    """Take an outcome back."""

    permission = permissions.withdraw_outcome
    title = "Withdraw this outcome"
    saved_words = "Withdrawn."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Why."""
        return ReasonForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is withdrawn."""
        return rules.blockers_to_withdrawing(subject, "")

    def save(self, form: Any, subject: Any) -> Any:
        """Withdraw it."""
        data = form.cleaned_data
        return actions.withdraw_outcome(
            actor=self.user, outcome=subject, reason=data["reason"], expected_version=data["version"]
        )
