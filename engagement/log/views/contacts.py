"""Contacts: the list, one contact, correcting and withdrawing it, who may read it, and the export."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.accounts.models import User
from crm.base.gently import NOTHING_SAID, Gently, may_be_saved
from crm.base.kept import asked_ahead
from crm.base.listing import Listing
from crm.base.meanwhile import after_somebody_else
from crm.base.rules import Blocked, Blocker, Stale
from crm.base.spreadsheets import csv_answer
from crm.base.timeline import asked_by
from crm.base.views import WorkspaceView
from crm.organisations.models import Organisation
from crm.people.flags import show_flags
from crm.people.models import Person
from engagement.log import permissions, reports
from engagement.log.actions import (
    correct_event,
    export_events,
    finish_next_step,
    pass_on_safeguarding,
    restrict_event,
    withdraw_event,
)
from engagement.log.around import cards_about_contact, contact_cards
from engagement.log.desk_forms import CorrectContactForm, reach_forms
from engagement.log.filters import EventFilter
from engagement.log.forms import DoneForm, ReadersForm, ReasonForm, SafeguardingForm, chosen_id, warnings_of
from engagement.log.history import history_of
from engagement.log.marks import mark_restricted
from engagement.log.models import EngagementEvent
from engagement.log.rules import blockers_to_finishing, blockers_to_withdrawing
from engagement.log.views.one_contact import ChangesContact, EventView, OneForm
from engagement.log.whom import name_whom

KNOWN_NAMES = 200
UNKNOWN_FILTER = "Nothing was exported, because one of the filters does not exist. Choose again, then export."


class ContactList(Listing):
    """Contacts, newest first, narrowed by group, community, place, topic, officer, way and day."""

    permission = permissions.read_events
    template_name = "workspace/contacts/list.html"
    title = "Contacts"
    filterset = EventFilter
    shown_filters = (
        "mine",
        "community",
        "voice",
        "locality",
        "area",
        "topic",
        "officer",
        "kind",
        "occurred_from",
        "occurred_to",
        "without",
    )

    def rows(self) -> Any:
        """What this reader may read."""
        return EngagementEvent.objects.visible_to(self.user).for_rows()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the group or person the list was opened for, and whether it may be exported."""
        may_export = permissions.export_events(actor=self.user)
        shown = super().get_context_data(may_export=may_export, **kwargs)
        mark_restricted(self.user, shown["page"])
        name_whom(shown["page"], reader=self.user)
        subject = self._subject()
        return {**shown, "title": f"{self.title} with {subject.name}", "subject": subject} if subject else shown

    def _subject(self) -> Organisation | Person | None:
        """The group or person whose page led here, if this reader may see it."""
        for name, rows in (("organisation", Organisation.objects), ("person", Person.objects)):
            wanted = chosen_id(self.request.GET.get(name))
            if wanted is not None:
                found: Organisation | Person | None = rows.visible_to(self.user).filter(pk=wanted).first()
                return found
        return None


class Contact(EventView):
    """One contact with everything about it."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        event = self.event()
        around = asked_by(contact_cards, self.user, event)
        with asked_ahead([*reports.asks_of_page(self.user, event), *around]):
            shown = self._shown(event)
        return render(request, "workspace/contacts/contact.html", {**shown, "just_saved": "saved" in request.GET})

    def _shown(self, event: EngagementEvent) -> dict[str, Any]:
        promises = set(reports.promises_at(self.user, event.pk))
        may = {
            "correct": permissions.correct_event(actor=self.user, event=event),
            "withdraw": permissions.withdraw_event(actor=self.user, event=event),
            "restrict": permissions.restrict_event(actor=self.user, event=event),
        }
        people = reports.people_shown(event, reader=self.user)
        show_flags(people, reader=self.user)
        return {
            "title": _title(event, self.user),
            "event": event,
            "people": people,
            "cards": cards_about_contact(event, reader=self.user),
            "promises": [promise for promise in event.promises.all() if promise.pk in promises],
            "referrals": reports.referrals_of(self.user, event.pk),
            "history": history_of(event),
            "may": {} if event.is_withdrawn else may,
        }


def _title(event: EngagementEvent, reader: User) -> str:
    """Who was met and the day, so that two contacts of a day can be told apart."""
    name_whom([event], reader=reader)
    met = " and ".join(event.whom)  # type: ignore[attr-defined]
    return f"Contact{met and f' with {met}'}, {event.occurred_on:%-d %B %Y}"


class CorrectContact(ChangesContact):
    """Correct a contact or fill in the rest at a desk."""

    permission = permissions.correct_event

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The full form; with what was typed before signing in again. Of a contact that was withdrawn, why not."""
        typed = self.typed_before(request)
        event, away = self.opened(typed)
        return away or self._show(request, event, self._form(typed, event))

    def _form(self, data: Any, event: EngagementEvent) -> CorrectContactForm:
        """The form, with a row for each community that was reached."""
        form = CorrectContactForm(data, event=event, reader=self.user)
        form.rows = {"reach": reach_forms(event, self.user, data)}
        return form

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Correct it; what was typed stays when something is missing or somebody else was faster."""
        event = self.event()
        self.insist(event)
        form = self._form(request.POST, event)
        look = Gently(warnings_of(form), request.POST)
        save = partial(self._correct, event, form)
        try:
            if not may_be_saved(form, look, save):
                return self._show(request, event, form, look)
            save()
        except Blocked as blocked:
            form.add_blockers(blocked)
            return self._show(request, event, form, look)
        except Stale:
            fresh = self.event()
            form = after_somebody_else(lambda data: self._form(data, fresh), request.POST, fresh)
            return self._show(request, fresh, form, Gently(sent=request.POST))
        messages.success(request, "Contact corrected.")
        return self.back(event)

    def _correct(self, event: EngagementEvent, form: CorrectContactForm) -> None:
        correct_event(
            actor=self.user,
            event=event,
            details=form.details([row for each in form.rows["reach"] if (row := each.details())]),
            reason=form.cleaned_data["reason"],
            expected_version=form.cleaned_data["version"],
        )

    def _show(
        self, request: HttpRequest, event: EngagementEvent, form: CorrectContactForm, look: Gently = NOTHING_SAID
    ) -> HttpResponse:
        known = Organisation.objects.visible_to(self.user).open().order_by("name")
        shown = {
            "title": "Correct or add to a contact",
            "event": event,
            "form": form,
            "reach": form.rows["reach"],
            "look": look,
            "known_names": known.values_list("name", flat=True)[:KNOWN_NAMES],
        }
        return render(request, "workspace/contacts/correct.html", shown)


class FinishNextStep(OneForm):
    """What was to be done next is done."""

    permission = permissions.finish_next_step
    form_class = DoneForm
    title = "Is the next step done?"
    button = "It is done"

    def against(self, subject: EngagementEvent) -> Iterable[Blocker]:
        """Nothing is left to do."""
        return blockers_to_finishing(subject)

    def shows(self, event: EngagementEvent) -> dict[str, Any]:
        """What was to be done."""
        return {"quoted": event.follow_up}

    def act(self, request: HttpRequest, event: EngagementEvent, form: Any) -> str:
        """Take it off what is to do."""
        data = form.cleaned_data
        finish_next_step(actor=self.user, event=event, came_of_it=data["came_of_it"], expected_version=data["version"])
        return "Done. It is no longer on your list."


class WithdrawContact(OneForm):
    """Withdraw a contact that should not stand."""

    permission = permissions.withdraw_event
    form_class = ReasonForm
    title = "Withdraw this contact"
    button = "Withdraw contact"
    explanation = "It will be struck through and counted nowhere. It will not be gone, and your reason stays with it."

    def against(self, subject: EngagementEvent) -> Iterable[Blocker]:
        """It is withdrawn already."""
        return blockers_to_withdrawing(subject, "")

    def act(self, request: HttpRequest, event: EngagementEvent, form: Any) -> str:
        """Withdraw it."""
        data = form.cleaned_data
        withdraw_event(actor=self.user, event=event, reason=data["reason"], expected_version=data["version"])
        return "Contact withdrawn."


class RestrictContact(OneForm):
    """Choose who may read a contact."""

    permission = permissions.restrict_event
    form_class = ReadersForm
    title = "Who may read this contact?"
    explanation = "Tick nobody to let your team, the locality and managers read it again."

    def against(self, subject: EngagementEvent) -> Iterable[Blocker]:
        """Nothing: who may read it can be chosen of any contact."""
        return []

    def make_form(self, data: Any, event: EngagementEvent) -> Any:
        """The form, with today's readers ticked."""
        readers = list(event.named_readers.all())
        return ReadersForm(data, initial={"version": event.version, "readers": readers}, reader=self.user)

    def act(self, request: HttpRequest, event: EngagementEvent, form: Any) -> str:
        """Restrict it, or open it again."""
        data = form.cleaned_data
        restrict_event(actor=self.user, event=event, readers=list(data["readers"]), expected_version=data["version"])
        return "Who may read this contact is saved."


class PassOnSafeguarding(OneForm):
    """Record that a safeguarding concern was passed on."""

    permission = permissions.pass_on_safeguarding
    form_class = SafeguardingForm
    title = "You passed on a safeguarding concern"
    explanation = "Record only that you passed it on. Do not write what it was, here or in your notes."

    def against(self, subject: EngagementEvent) -> Iterable[Blocker]:
        """Nothing: a concern can be passed on from any contact."""
        return []

    def make_form(self, data: Any, event: EngagementEvent) -> Any:
        """The form, today and now filled in."""
        now = timezone.localtime()
        return SafeguardingForm(data, initial={"passed_on": now.date(), "at": f"{now:%H:%M}"})

    def act(self, request: HttpRequest, event: EngagementEvent, form: Any) -> str:
        """Record it."""
        pass_on_safeguarding(actor=self.user, event=event, details=form.details())
        return "Recorded. Thank you."


class ExportContacts(WorkspaceView):
    """The list as a file for a spreadsheet. Asked for by POST, because it leaves a mark in the audit."""

    permission = permissions.export_events
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """The contacts of the list's filters, as CSV in UTF-8 with a mark that spreadsheets know. A filter that cannot
        be read exports nothing: the file would hold more than was asked for."""
        narrowed = EventFilter(request.POST, queryset=EngagementEvent.objects.all(), request=request)
        if not narrowed.is_valid():
            messages.warning(request, UNKNOWN_FILTER)
            return HttpResponseRedirect(reverse("workspace:contacts"))
        events = export_events(actor=self.user, events=narrowed.qs)
        rows = itertools.chain([reports.EXPORT_HEADINGS], reports.export_rows(events))
        return csv_answer(rows, name=f"contacts-{timezone.localdate()}")


__all__ = [
    "Contact",
    "ContactList",
    "CorrectContact",
    "ExportContacts",
    "PassOnSafeguarding",
    "RestrictContact",
    "WithdrawContact",
]
