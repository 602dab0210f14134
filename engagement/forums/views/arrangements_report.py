"""The report on arrangements, as a page and as a file for a spreadsheet."""

from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from crm.base.spreadsheets import safe_cells
from crm.base.views import WorkspacePage, WorkspaceView
from engagement.forums.actions.arrangements import export_arrangements_report
from engagement.forums.permissions import arrangements as permissions
from engagement.forums.reports.arrangements import DAYS, HEADINGS, MEASURES, arrangements_report, as_table
from engagement.needs.forms import PeriodForm


class ReportPage(WorkspacePage):
    """The report. The usual period is the year until today."""

    permission = permissions.read_arrangements_report
    template_name = "workspace/forums/arrangements_report.html"
    title = "Arrangements: how many, how soon, at what cost"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The report, unless the days cannot be read."""
        form, report = PeriodForm(self.request.GET), None
        if form.is_valid():
            report = arrangements_report(form.cleaned_data["since"], form.cleaned_data["until"])
            days = {"since": report.since, "until": report.until}
            form = PeriodForm(days if self.request.GET else None, initial=days)
        columns = [*MEASURES.values(), "Cost", *DAYS.values()]
        return super().get_context_data(form=form, report=report, columns=columns, **kwargs)


class Export(WorkspaceView):
    """The report as a file. Asked for by POST, because it leaves a mark in the audit."""

    permission = permissions.export_arrangements_report
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """CSV in UTF-8 with a mark that spreadsheets know."""
        form = PeriodForm(request.POST)
        if not form.is_valid():
            messages.warning(request, "Nothing was exported: one of the days is not real.")
            return HttpResponseRedirect(reverse("workspace:arrangements-report"))
        report = export_arrangements_report(actor=self.user, **form.cleaned_data)
        response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="arrangements-{timezone.localdate()}.csv"'
        writer = csv.writer(response, quoting=csv.QUOTE_ALL)
        writer.writerow(HEADINGS)
        writer.writerows(safe_cells(row) for row in as_table(report))
        return response
