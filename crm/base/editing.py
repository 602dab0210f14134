"""Pages that add or change one record by one form: nothing typed is lost, whatever happens."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from crm.base.rows import MORE, RowsForm
from crm.base.rules import Blocked, Stale
from crm.base.views import STALE_WORDS, WorkspaceView


class EditPage(WorkspaceView):
    """A page with one form. Say how to make the form, what to save, and where to go."""

    template_name: ClassVar[str]
    title: ClassVar[str]
    saved_words: ClassVar[str] = "Saved."

    def subject(self) -> Any:
        """The record that is changed, 404 when it is hidden or missing; None for a new one."""
        return None

    def make_form(self, data: Any, subject: Any) -> RowsForm:
        """The form, with what was sent or, with None, what is stored."""
        raise NotImplementedError(type(self).__name__)

    def save(self, form: Any, subject: Any) -> Any:
        """Call the action. Raises what it raises."""
        raise NotImplementedError(type(self).__name__)

    def address(self, subject: Any) -> str:
        """Where to go when it is saved, and back to; with None, the list."""
        raise NotImplementedError(type(self).__name__)

    def warnings(self, form: Any, subject: Any) -> list[Any]:
        """What to look at twice before saving; shown once, and saving again goes on."""
        return []

    def shows(self) -> dict[str, Any]:
        """What else the template shows."""
        return {}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form."""
        subject = self.subject()
        return self._show(self.make_form(None, subject), subject)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save, or come back with a longer form, a warning, or what is missing."""
        subject = self.subject()
        form = self.make_form(request.POST, subject)
        if MORE in request.POST:
            return self._show(form.as_typed(longer=request.POST[MORE]), subject)
        if not form.is_valid():
            return self._show(form, subject)
        warnings = [] if request.POST.get("seen") else self.warnings(form, subject)
        if warnings:
            return self._show(form, subject, warnings=warnings)
        try:
            saved = self.save(form, subject)
        except Stale:
            return self._show(self._after_somebody_else(request, subject), subject)
        except Blocked as refusal:
            form.add_blockers(refusal)
            return self._show(form, subject)
        messages.success(request, self.saved_words)
        return HttpResponseRedirect(self.address(saved))

    def _after_somebody_else(self, request: HttpRequest, subject: Any) -> RowsForm:
        """The form as it was typed, with the version that is stored now, so that saving again is a choice."""
        sent = request.POST.copy()
        subject.refresh_from_db(fields=["version"])
        sent["version"] = str(subject.version)
        form = self.make_form(sent, subject)
        form.add_error(None, STALE_WORDS)
        return form

    def _show(self, form: RowsForm, subject: Any, warnings: Any = ()) -> HttpResponse:
        shown = {
            "title": self.title,
            "form": form,
            "subject": subject,
            "warnings": warnings,
            "back": self.address(subject),
            **self.shows(),
        }
        return render(self.request, self.template_name, shown)
