"""The log of barriers, as a page and as a file for a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from crm.base.spreadsheets import csv_answer
from crm.base.views import WorkspacePage, WorkspaceView
from engagement.forums.actions.barriers import export_barriers_report
from engagement.forums.forms.arrangements import YearForm
from engagement.forums.permissions import barriers as permissions
from engagement.forums.reports.barriers import MEASURES, as_table, barriers_report


class BarriersPage(WorkspacePage):
    """The report, of the year that ends with the last whole month unless another is chosen."""

    permission = permissions.read_barriers_report
    template_name = "workspace/forums/barriers_report.html"
    title = "Who did not come, and what kept them away"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The report, unless the month cannot be read."""
        form, report = YearForm(self.request.GET, reader=self.user), None
        if form.is_valid():
            report = barriers_report(form.cleaned_data["until"])
            form = YearForm({"until": report.until}, reader=self.user)
        return super().get_context_data(form=form, report=report, columns=list(MEASURES.values()), **kwargs)


class ExportBarriers(WorkspaceView):
    """The report as a file. Asked for by POST, because it leaves a mark in the audit."""

    permission = permissions.export_barriers_report
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """What the page shows."""
        form = YearForm(request.POST, reader=self.user)
        if not form.is_valid():
            messages.warning(request, "Nothing was exported: there is no such month.")
            return HttpResponseRedirect(reverse("workspace:barriers-report"))
        report = export_barriers_report(actor=self.user, **form.cleaned_data)
        return csv_answer(as_table(report), name=f"barriers-{report.until}")
