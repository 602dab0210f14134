"""The report on arrangements, as a page and as a file for a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from crm.base.spreadsheets import csv_answer
from crm.base.views import WorkspacePage, WorkspaceView
from engagement.forums.actions.arrangements import export_arrangements_report
from engagement.forums.forms.arrangements import YearForm
from engagement.forums.permissions import arrangements as permissions
from engagement.forums.reports.arrangements import DAYS, MEASURES, arrangements_report, as_table


class ReportPage(WorkspacePage):
    """The report, of the year that ends with the last whole month unless another is chosen."""

    permission = permissions.read_arrangements_report
    template_name = "workspace/forums/arrangements_report.html"
    title = "Arrangements: how many, how soon, at what cost"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The report, unless the month cannot be read."""
        form, report = YearForm(self.request.GET, reader=self.user), None
        if form.is_valid():
            report = arrangements_report(form.cleaned_data["until"])
            form = YearForm({"until": report.until}, reader=self.user)
        columns = [*MEASURES.values(), "Cost", *DAYS.values()]
        return super().get_context_data(form=form, report=report, columns=columns, **kwargs)


class Export(WorkspaceView):
    """The report as a file. Asked for by POST, because it leaves a mark in the audit."""

    permission = permissions.export_arrangements_report
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """What the page shows."""
        form = YearForm(request.POST, reader=self.user)
        if not form.is_valid():
            messages.warning(request, "Nothing was exported: there is no such month.")
            return HttpResponseRedirect(reverse("workspace:arrangements-report"))
        report = export_arrangements_report(actor=self.user, **form.cleaned_data)
        return csv_answer(as_table(report), name=f"arrangements-{report.until}")
