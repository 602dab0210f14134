"""Pages that add or change one record by one form: nothing typed is lost, whatever happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render

from crm.base.gently import try_out
from crm.base.ids import new_id
from crm.base.meanwhile import after_somebody_else
from crm.base.opening import OpensForm
from crm.base.registries import Registry
from crm.base.rows import MORE, RowsForm
from crm.base.rules import Blocked, Stale

ONCE = "once"  # the hidden id of a form: a double press sends it twice
SEEN = "seen"  # in a form from when its warnings were shown: they are not shown again


@dataclass(frozen=True)
class Pressing:
    """How a form pressed twice is saved once. `led_to`: where its first press led, empty for the first; `once`: runs
    what saves and returns where to go."""

    led_to: Callable[[HttpRequest], str]
    once: Callable[[HttpRequest, Callable[[], str]], str]


pressing: Registry[Pressing] = Registry("how a form pressed twice is saved once")


class EditPage(OpensForm):
    """A page with one form. Say how to make the form, what to save, and where to go."""

    template_name: ClassVar[str]
    title: ClassVar[str]
    saved_words: ClassVar[str] = "Saved."
    came_back: QueryDict | None = None

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
        """What to look at twice before saving; shown once, beside what is missing, and saving again goes on."""
        return []

    def shows(self) -> dict[str, Any]:
        """What else the template shows."""
        return {}

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form; with what was typed before signing in again. Where nothing could be saved, why."""
        self.came_back = self.typed_before(request)
        subject = self.subject()
        self.insist(subject)
        if not self.came_back and (away := self.turned_away(subject, self.address(subject))):
            return away
        return self._show(self.make_form(self.came_back, subject), subject)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Save, or come back with a longer form, a warning, or what is missing. A second press of the same form saves
        nothing and leads where the first one led, though the record may be hidden by now."""
        for way in pressing:
            if led_to := way.led_to(request):
                return self._saved(led_to)
        subject = self.subject()
        self.insist(subject)
        form = self.make_form(request.POST, subject)
        if MORE in request.POST:
            return self._show(form.as_typed(longer=request.POST[MORE]), subject)
        if not form.is_valid():
            return self._show(form, subject)
        warnings = [] if request.POST.get(SEEN) else self.warnings(form, subject)
        try:
            if warnings:
                try_out(form, lambda: self.save(form, subject))  # what is missing is said at once
                return self._show(form, subject, warnings=warnings)
            return self._saved(self._save_once(form, subject))
        except Stale:
            return self._show(self._after_somebody_else(request, subject), subject)
        except Blocked as refusal:
            form.add_blockers(refusal)
            return self._show(form, subject)

    def _save_once(self, form: RowsForm, subject: Any) -> str:
        def make() -> str:
            return self.address(self.save(form, subject))

        for way in pressing:
            return way.once(self.request, make)
        return make()

    def _saved(self, address: str) -> HttpResponse:
        messages.success(self.request, self.saved_words)
        return HttpResponseRedirect(address)

    def _after_somebody_else(self, request: HttpRequest, subject: Any) -> RowsForm:
        """The form as it was typed, and what is stored now, so that saving again is a choice."""
        fresh = self.subject()
        form: RowsForm = after_somebody_else(lambda data: self.make_form(data, fresh), request.POST, fresh)
        return form

    def _show(self, form: RowsForm, subject: Any, warnings: Any = ()) -> HttpResponse:
        shown = {
            "title": self.title,
            "form": form,
            "subject": subject,
            "warnings": warnings,
            "back": self.address(subject),
            "seen": bool(warnings or self.request.POST.get(SEEN)),
            "once": (self.came_back or self.request.POST).get(ONCE) or new_id(),
            **self.shows(),
        }
        return render(self.request, self.template_name, shown)
