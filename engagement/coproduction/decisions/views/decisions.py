"""Decisions: the list, one decision, recording, correcting and withdrawing one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_of, one_seen
from engagement.coproduction.decisions import actions, permissions
from engagement.coproduction.decisions.filters import DecisionFilter
from engagement.coproduction.decisions.following import parts_of_decision
from engagement.coproduction.decisions.forms.decisions import (
    CorrectDecisionForm,
    DecisionForm,
    ReasonForm,
    initial_of,
    rows_of,
)
from engagement.coproduction.decisions.models import AnsweredPoint, Decision
from engagement.coproduction.decisions.reports.points import answered_points
from engagement.coproduction.decisions.rules import decisions as rules
from engagement.coproduction.decisions.rules.decisions import warnings_about
from engagement.coproduction.themes.models import Theme
from engagement.log.marks import mark_restricted

GROUPS = (
    {"name": "options", "words": "What could have been decided", "one": "Option", "add": "Add another option",
     "hint": "Also what was refused, and why."},
    {"name": "evidence", "words": "What was weighed", "one": "Evidence", "add": "Add more evidence",
     "hint": "Like what people told us, figures, the law, or what it costs."},
)  # fmt: skip


class DecisionList(Listing):
    """Decisions, the newest first."""

    permission = permissions.read_decisions
    template_name = "workspace/coproduction/decisions.html"
    title = "Decisions"
    filterset = DecisionFilter
    shown_filters = (
        "answer", "theme", "project", "locality", "owner", "decided_from", "decided_to", "without_outcome", "withdrawn",
    )  # fmt: skip

    def rows(self) -> Any:
        """Those that stand, unless the withdrawn ones are asked for."""
        rows = Decision.objects.visible_to(self.user).for_list()
        return rows if "withdrawn" in self.request.GET else rows.standing()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """And what may be done."""
        return super().get_context_data(may_add=permissions.record_decision(actor=self.user), **kwargs)


class DecisionPage(WorkspaceView):
    """One decision: the answer and why, options, evidence, whose points it answers, and what came of it."""

    permission = permissions.read_decisions

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        decision = one_seen(self.user, Decision, pk, "for_page")
        points = answered_points(decision, reader=self.user)
        mark_restricted(self.user, [row.point for row in points])
        may = permissions.correct_decision(actor=self.user, decision=decision) and not decision.is_withdrawn
        shown = {
            "title": decision.question,
            "decision": decision,
            "points": points,
            "outcomes": [row for row in decision.outcomes.all() if row.withdrawn_at is None],
            "parts": parts_of_decision(self.user, decision),
            "may_correct": may,
            "may_add": permissions.record_outcome(actor=self.user) and not decision.is_withdrawn,
            "sees_themes": Theme.objects.visible_to(self.user).exists(),
        }
        return render(request, "workspace/coproduction/decision.html", shown)


class RecordDecision(EditPage):
    """Record a decision: with the theme, project or points whose page was open."""

    permission = permissions.record_decision
    template_name = "workspace/coproduction/edit.html"
    title = "Record a decision"
    saved_words = "Recorded. Whoever it answers is due to be told."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Empty but for what it answers."""
        asked = self.request.GET
        initial = {
            "decided_on": timezone.localdate(),
            "themes": asked.getlist("theme"),
            "project": asked.get("project"),
            "points": asked.getlist("point"),
        }
        offered = _ids([*asked.getlist("point"), *(data.getlist("points") if data else [])])
        return DecisionForm(data, initial=initial, offered=offered, reader=self.user)

    def warnings(self, form: Any, subject: Any) -> list[Any]:
        """Words most people cannot read, and what looks like a person."""
        return warnings_about(form.details())

    def save(self, form: Any, subject: Any) -> Decision:
        """Record it."""
        return actions.record_decision(actor=self.user, details=form.details())

    def address(self, subject: Any) -> str:
        """Its page, or the list."""
        return reverse("workspace:decision", args=[subject.pk]) if subject else reverse("workspace:decisions")

    def _show(self, form: Any, subject: Any, warnings: Any = ()) -> HttpResponse:
        groups = [{**group, "rows": form.rows[group["name"]]} for group in GROUPS if group["name"] in form.rows]
        self.groups = groups
        return super()._show(form, subject, warnings)

    def shows(self) -> dict[str, Any]:
        """The rows of options and evidence."""
        return {"groups": self.groups}


class OneDecisionPage(RecordDecision):
    """A page that changes one decision."""

    def subject(self) -> Decision:
        """The decision."""
        rows = Decision.objects.visible_to(self.user).prefetch_related("options", "evidence", "themes")
        found: Decision = one_of(rows, pk=self.kwargs["pk"])
        return found


class CorrectDecision(OneDecisionPage):
    """Put a decision right."""

    permission = permissions.correct_decision
    title = "Correct this decision"
    saved_words = "Corrected. What it said before stays readable."

    def make_form(self, data: Any, subject: Any) -> Any:
        """What stands."""
        named = AnsweredPoint.objects.visible_to(self.user).standing().filter(decision=subject, theme=None)
        points = list(named.values_list("point", flat=True))
        offered = [*points, *_ids(data.getlist("points") if data else [])]
        initial = {**initial_of(subject), "points": points}
        return CorrectDecisionForm(data, initial=initial, rows=rows_of(subject), offered=offered, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It was withdrawn."""
        return [rules.IS_WITHDRAWN] if subject.is_withdrawn else []

    def save(self, form: Any, subject: Any) -> Decision:
        """Correct it."""
        data = form.cleaned_data
        return actions.correct_decision(
            actor=self.user, decision=subject, details=form.details(), reason=data["correction_reason"],
            expected_version=data["version"],
        )  # fmt: skip


class WithdrawDecision(OneDecisionPage):
    """Take a decision back."""

    permission = permissions.withdraw_decision
    title = "Withdraw this decision"
    saved_words = "Withdrawn."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Why."""
        return ReasonForm(data, initial={"version": subject.version}, reader=self.user)

    def warnings(self, form: Any, subject: Any) -> list[Any]:
        """None."""
        return []

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is withdrawn."""
        return rules.blockers_to_withdrawing(subject, "")

    def save(self, form: Any, subject: Any) -> Decision:
        """Withdraw it."""
        data = form.cleaned_data
        return actions.withdraw_decision(
            actor=self.user, decision=subject, reason=data["reason"], expected_version=data["version"]
        )

    def shows(self) -> dict[str, Any]:
        """What to know before saving."""
        return {"lead": "It stays readable, struck through. Nothing counts it any more, and nobody else is told of it."}


def _ids(given: list[str]) -> list[UUID]:
    """Those that are ids; anything else in an address is nothing."""
    found = []
    for one in given:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found
