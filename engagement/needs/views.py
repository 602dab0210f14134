"""Whether needs were met, and the report about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from crm.access.models import AccessNeed
from crm.areas.reports import own_localities
from crm.base.actors import OFFICE_ROLES, holds
from crm.base.editing import EditPage
from crm.base.rules import Blocked
from crm.base.spreadsheets import csv_answer
from crm.base.views import WorkspacePage, WorkspaceView, one_of, one_seen, refusal_words
from engagement.log.models import EngagementEvent
from engagement.needs import permissions
from engagement.needs.actions import change_outcome, export_access_report, note_outcome
from engagement.needs.details import OutcomeDetails
from engagement.needs.forms import OutcomeForm, ReportForm, initial_of
from engagement.needs.lines import OCCASIONS, PEOPLE
from engagement.needs.models import NeedOutcome
from engagement.needs.reports import access_report, as_table


class NeedAtContact(EditPage):
    """Whether one need was met at a contact, and why not. Written down before, it is put right."""

    permission = permissions.note_outcome
    template_name = "workspace/needs/outcome.html"
    title = "Was this need met?"

    def event(self) -> EngagementEvent:
        """The contact, whose words the reader may read."""
        found: EngagementEvent = one_seen(self.user, EngagementEvent, self.kwargs["pk"])
        return found

    def need(self) -> AccessNeed:
        """The need, of somebody who was there."""
        rows = AccessNeed.objects.visible_to(self.user).for_list()
        rows = rows.filter(person__contributions__event=self.kwargs["pk"])
        found: AccessNeed = one_of(rows, pk=self.kwargs["need"])
        return found

    def subject(self) -> NeedOutcome | None:
        """What was written down before."""
        self.event_now, self.need_now = self.event(), self.need()
        return NeedOutcome.objects.filter(need=self.need_now, event=self.event_now).first()

    def make_form(self, data: Any, subject: Any) -> OutcomeForm:
        """What stands, or what was pressed on the page before."""
        pressed = self.request.GET.get("met", "")
        form = OutcomeForm(data, initial=initial_of(subject, pressed), reader=self.user, in_message=False)
        form.need = self.need_now  # type: ignore[attr-defined]  # for the page
        return form

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The need, and the contact."""
        return {"need": self.need_now, "event": self.event_now}

    def save(self, form: Any, subject: Any) -> NeedOutcome:
        """Note it, or put it right."""
        details = form.details()
        if subject is None:
            return note_outcome(actor=self.user, need=self.need_now, event=self.event_now, details=details)
        version = form.cleaned_data["version"]
        return change_outcome(actor=self.user, outcome=subject, details=details, expected_version=version)

    def address(self, subject: Any) -> str:
        """The contact's page."""
        return reverse("workspace:contact", args=[self.kwargs["pk"]])


class NeedMet(NeedAtContact):
    """One press: it was met."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Note it, unless it was noted before."""
        if self.subject() is None:
            try:
                details = OutcomeDetails(met=NeedOutcome.Met.MET)
                note_outcome(actor=self.user, need=self.need_now, event=self.event_now, details=details)
                messages.success(request, "Noted: this need was met.")
            except Blocked as refusal:
                messages.warning(request, " ".join(refusal_words(refusal)))
        return HttpResponseRedirect(self.address(None))


class NeedInMessage(EditPage):
    """Whether a need was met in a message: a letter, a call, an invitation."""

    permission = permissions.note_outcome
    template_name = "workspace/needs/outcome.html"
    title = "Was this need met in a message?"

    def subject(self) -> None:
        """The need is asked for here, so that a hidden one is missing before anything else."""
        rows = AccessNeed.objects.visible_to(self.user).for_list()
        self.need_now = one_of(rows, pk=self.kwargs["pk"])

    def make_form(self, data: Any, subject: Any) -> OutcomeForm:
        """An empty answer, today."""
        form = OutcomeForm(data, initial=initial_of(None), reader=self.user, in_message=True)
        form.need = self.need_now  # type: ignore[attr-defined]  # for the page
        return form

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The need."""
        return {"need": self.need_now}

    def save(self, form: Any, subject: Any) -> NeedOutcome:
        """Note it."""
        return note_outcome(actor=self.user, need=self.need_now, details=form.details())

    def address(self, subject: Any) -> str:
        """The need's page."""
        return reverse("workspace:access-need", args=[self.kwargs["pk"]])


class AccessReportPage(WorkspacePage):
    """The report, the gaps first. One click: the year that ends with the last whole month, of the reader's own
    locality, or of the whole council for those who work everywhere."""

    permission = permissions.read_access_report
    template_name = "workspace/needs/report.html"
    title = "Access needs: what we can say"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The report, unless the month or the place cannot be read."""
        form = ReportForm({**self._usual(), **self.request.GET.dict()}, reader=self.user)
        report = None
        if form.is_valid():
            report = access_report(form.cleaned_data["until"], form.cleaned_data["locality"])
            form = ReportForm({"until": report.until, "locality": report.locality}, reader=self.user)
        columns = {"people": PEOPLE.values(), "occasions": OCCASIONS.values()}
        return super().get_context_data(form=form, report=report, columns=columns,
                                        may_list=holds(self.user, OFFICE_ROLES), **kwargs)  # fmt: skip

    def _usual(self) -> dict[str, Any]:
        own = own_localities(self.user, permissions.REPORT_READERS)
        return {"locality": str(own[0].pk)} if own else {}


class ExportAccessReport(WorkspaceView):
    """The report as a file for a spreadsheet. Asked for by POST, because it leaves a mark in the audit."""

    permission = permissions.export_access_report
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """What the page shows."""
        form = ReportForm(request.POST, reader=self.user)
        if not form.is_valid():
            messages.warning(request, "Nothing was exported: there is no such month or place.")
            return HttpResponseRedirect(reverse("workspace:access-report"))
        report = export_access_report(actor=self.user, **form.cleaned_data)
        return csv_answer(as_table(report), name=f"access-needs-{report.until}")
