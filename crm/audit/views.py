"""The auditor's page."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.http import HttpRequest, HttpResponse

from crm.audit import permissions
from crm.audit.forms import AuditFilterForm
from crm.audit.models import OUR_APPS, kind_of
from crm.audit.reports import AuditPage, read_audit
from crm.audit.verbs import Verb
from crm.base.views import WorkspacePage

VERBS = dict(Verb.choices)


def kinds_of_record() -> list[tuple[str, str]]:
    """Every kind of record of ours, by the name people know."""
    ours = [apps.get_app_config(label) for label in OUR_APPS]
    known = {kind_of(model): str(model._meta.verbose_name) for config in ours for model in config.get_models()}
    return sorted(((name, words[:1].upper() + words[1:]) for name, words in known.items()), key=lambda kind: kind[1])


class AuditTrail(WorkspacePage):
    """Who did what and when. Reading this page is written to the trail."""

    permission = permissions.read_audit
    template_name = "workspace/audit/trail.html"
    title = "Audit trail"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """One page of the rows that were looked for; none while the form has a mistake."""
        kinds = kinds_of_record()
        form = AuditFilterForm(request.GET, reader=request.user, kinds=kinds)
        page = AuditPage(rows=[], following=None)
        if form.is_valid():
            page = read_audit(actor=request.user, wanted=form.wanted())
        names = dict(kinds)
        lines = [
            {"event": row, "verb": VERBS.get(row.verb, row.verb), "kind": names.get(row.subject_type, "")}
            for row in page.rows
        ]
        older = request.GET.copy()
        older["before"] = str(page.following or "")
        return self.render_to_response(
            self.get_context_data(form=form, lines=lines, page=page, older=older.urlencode(), **kwargs)
        )
