"""What the pages about one contact share."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from crm.base.forms import GovukForm
from crm.base.gently import NOTHING_SAID, Gently, may_be_saved
from crm.base.meanwhile import after_somebody_else
from crm.base.opening import OpensForm
from crm.base.rules import Blocked, Blocker, Stale
from crm.base.views import WorkspaceView, one_seen
from engagement.log import permissions
from engagement.log.forms import warnings_of
from engagement.log.marks import mark_restricted
from engagement.log.models import EngagementEvent
from engagement.log.rules import blockers_to_adding_to


class EventView(WorkspaceView):
    """A page about one contact whose words the reader may read; 404 for anyone else."""

    permission = permissions.read_events

    def event(self) -> EngagementEvent:
        """The contact."""
        event: EngagementEvent = one_seen(self.user, EngagementEvent, self.kwargs["pk"], "for_page")
        mark_restricted(self.user, [event])
        return event

    def back(self, event: EngagementEvent) -> HttpResponseRedirect:
        """To the contact's own page."""
        return HttpResponseRedirect(reverse("workspace:contact", args=[event.pk]))


class ChangesContact(OpensForm, EventView):
    """A page with a form about one contact."""

    def against(self, subject: EngagementEvent) -> Iterable[Blocker]:
        """It was withdrawn."""
        return blockers_to_adding_to(subject)

    def opened(self, typed: Any) -> tuple[EngagementEvent, HttpResponse | None]:
        """The contact, and where to go if its form does not open."""
        event = self.event()
        self.insist(event)
        return event, None if typed else self.turned_away(event, reverse("workspace:contact", args=[event.pk]))


class OneForm(ChangesContact):
    """A page with one short form about a contact."""

    form_class: type[GovukForm]
    title = ""
    button = "Save"
    explanation = ""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The form; with what was typed before signing in again. Where nothing could be saved, why."""
        typed = self.typed_before(request)
        event, away = self.opened(typed)
        return away or self._show(request, event, self.make_form(typed, event))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Do it, or say beside the field what is missing."""
        event = self.event()
        self.insist(event)
        form = self.make_form(request.POST, event)
        look = Gently(warnings_of(form), request.POST)
        save = partial(self.act, request, event, form)
        try:
            if not may_be_saved(form, look, save):
                return self._show(request, event, form, look)
            done = save()
        except Blocked as blocked:
            form.add_blockers(blocked)
            return self._show(request, event, form, look)
        except Stale:
            fresh = self.event()
            form = after_somebody_else(partial(self.make_form, event=fresh), request.POST, self.changes(fresh))
            return self._show(request, fresh, form, Gently(sent=request.POST))
        messages.success(request, done)
        return self.back(event)

    def make_form(self, data: Any, event: EngagementEvent) -> Any:
        """The form, with the version that was read."""
        return self.form_class(data, initial={"version": event.version})

    def changes(self, event: EngagementEvent) -> Any:
        """The record that the form changes."""
        return event

    def shows(self, event: EngagementEvent) -> dict[str, Any]:
        """What else the template shows."""
        return {}

    def act(self, request: HttpRequest, event: EngagementEvent, form: Any) -> str:
        """Call the action; return what to say afterwards."""
        raise NotImplementedError(type(self).__name__)

    def _show(
        self, request: HttpRequest, event: EngagementEvent, form: Any, look: Gently = NOTHING_SAID
    ) -> HttpResponse:
        shown = {
            "title": self.title,
            "event": event,
            "form": form,
            "look": look,
            "button": self.button,
            "explanation": self.explanation,
            "back": reverse("workspace:contact", args=[event.pk]),
            **self.shows(event),
        }
        return render(request, "workspace/contacts/one_form.html", shown)
