"""One thread, one screen; how far everything got; and the thread as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.base.spreadsheets import csv_answer
from crm.base.views import WorkspacePage, WorkspaceView, one_of
from crm.counting.figures import says_how_roughly, says_the_rules
from engagement.coproduction.telling.permissions import read_tellings
from engagement.coproduction.telling.reports.reached import STEPS
from engagement.coproduction.thread import permissions
from engagement.coproduction.thread.actions import export_thread
from engagement.coproduction.thread.reports.chain import chain_of
from engagement.coproduction.thread.reports.funnel import WORDS, how_far
from engagement.coproduction.thread.reports.links import KINDS
from engagement.coproduction.thread.reports.rows import COLUMNS
from engagement.log.marks import mark_restricted
from engagement.log.models import Point

ANSWERED = ("point", "decision", "outcome")  # what answers that are due can be narrowed down to
TITLES = {"point": "What somebody told us", "theme": "Theme", "project": "Project", "decision": "Decision",
          "outcome": "Outcome"}  # fmt: skip


def record_of(kind: str, pk: Any, reader: Any) -> Any:
    """The record, of those the reader may see; 404 otherwise. Raises `Http404`."""
    if kind not in KINDS:
        raise Http404
    rows: Any = KINDS[kind]._default_manager.all()
    joined = {"point": ("event",), "outcome": ("decision",)}.get(kind, ())
    return one_of(rows.visible_to(reader).select_related(*joined), pk=pk)


class Thread(WorkspaceView):
    """The chain of a point, theme, project, decision or outcome, forwards and backwards."""

    permission = permissions.read_thread

    def get(self, request: HttpRequest, kind: str, pk: Any) -> HttpResponse:
        """The page."""
        record = record_of(kind, pk, self.user)
        chain = chain_of(record, reader=self.user)
        mark_restricted(self.user, chain.points)
        name = "What somebody told us" if isinstance(record, Point) else str(record)
        shown = {
            "title": "The thread",
            "kind": kind,
            "kind_words": TITLES[kind],
            "name": name,
            "record": record,
            "chain": chain,
            "rule": says_how_roughly(),
            "printed_at": timezone.now(),
            "answers": self.answers(kind, pk),
            "may_export": permissions.export_thread.row.open_to(self.user),
        }
        return render(request, "workspace/thread/thread.html", shown)

    def answers(self, kind: str, pk: Any) -> str:
        """Where the answers stand that the figures count, each as far as this reader may see it; empty for none."""
        listed = kind in ANSWERED and read_tellings.row.open_to(self.user)
        return f"{reverse('workspace:tellings')}?{kind}={pk}" if listed else ""


class ExportThread(WorkspaceView):
    """The chain as a file: CSV for spreadsheets, JSON for other programs. Audited."""

    permission = permissions.export_thread

    def post(self, request: HttpRequest, kind: str, pk: Any) -> HttpResponseBase:
        """The file."""
        record = record_of(kind, pk, self.user)
        rows = export_thread(actor=self.user, record=record)
        mark_restricted(self.user, chain_of(record, reader=self.user).points)
        if request.POST.get("format") == "json":
            answer = JsonResponse({"kind": kind, "id": str(pk), "results": rows})
            answer.headers["Content-Disposition"] = 'attachment; filename="thread.json"'
            return answer
        cells = [["" if row[name] is None else str(row[name]) for name in COLUMNS] for row in rows]
        return csv_answer([list(COLUMNS), *cells], name="thread")


class HowFar(WorkspacePage):
    """Heard, themed, decided, outcome, told: for the council, each locality and each project."""

    permission = permissions.read_thread
    template_name = "workspace/thread/how_far.html"
    title = "From said to told"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The table."""
        steps = [WORDS[step] for step in STEPS]
        return super().get_context_data(far=how_far(), steps=steps, rule=says_the_rules(), **kwargs)
