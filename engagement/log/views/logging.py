"""The page on which an officer logs a contact: four taps and a sentence, and nothing typed is ever lost."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.safestring import SafeString

from crm.accounts.models import User
from crm.accounts.replay import Answer, KeyReused, once
from crm.base.gently import AGREED, ANYWAY, NOTHING_SAID, Gentle, Gently, try_out
from crm.base.ids import new_id
from crm.base.left_behind import SIGNED_IN_AGAIN, ComesBack, mark_of_writer, take_back
from crm.base.rules import Blocked, refuse_input_if
from crm.communities.models import Community
from crm.organisations.models import Organisation
from crm.people.flags import show_flags
from crm.people.marks import mark_restricted_people
from crm.people.models import Person
from engagement.log import permissions, reports
from engagement.log.actions import log_event
from engagement.log.asking import notes_about
from engagement.log.diary import DiaryEntry, diary_on
from engagement.log.forms import ANOTHER, LogContactForm, chosen_id
from engagement.log.marks import mark_restricted
from engagement.log.meant import Subject, known_by_name
from engagement.log.models import EngagementEvent
from engagement.log.rules import blockers_to_logging
from engagement.log.twins import same_words, says_else
from engagement.log.whom import name_whom

NEWCOMER = "newcomer"  # marks what comes back from adding somebody new: nothing is judged yet
KNOWN_NAMES = 200
LOGGED = "Contact saved."
ALREADY_SAVED = "You saved this contact before. Here it is: correct it if something changed."


class SameWords(Exception):
    """The same officer saved these words before, and nobody has been told yet."""

    def __init__(self, event: EngagementEvent) -> None:
        self.event = event
        super().__init__()


class LogContact(ComesBack):
    """Log a contact. A save while signed out is kept for this officer and comes back full after signing in."""

    permission = permissions.log_event

    def get(self, request: HttpRequest) -> HttpResponse:
        """The empty form, or what was kept while signed out."""
        kept = take_back(request)
        if kept is not None and NEWCOMER in kept:
            return self._show(request, self._form(request, None, typed(self._form(request, kept))))
        if kept is not None:
            messages.warning(request, SIGNED_IN_AGAIN)
            return self._show(request, self._form(request, kept))
        initial = {"key": new_id(), "who_writes": mark_of_writer(self.user)}
        chosen = self._chosen(request)
        if chosen is not None:
            initial["met"] = str(chosen.pk)
            return self._show(request, self._form(request, None, initial))
        form = self._form(request, None, initial)
        if near := next((one for one in form.subjects.values() if isinstance(one, DiaryEntry) and one.is_near), None):
            form.initial["met"] = str(near.pk)
        return self._show(request, form)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save it once, however often it is pressed."""
        form, look = self._judged(request, request.POST)
        if form.errors or look.unsaid:
            return self._show(request, form, look)
        try:
            return self._save(request, form)
        except Blocked as blocked:
            form.add_blockers(blocked)
            return self._show(request, form, look)
        except SameWords as found:
            return self._show(request, form, Gently([saved_today(found.event, self.user)], request.POST))

    def _judged(self, request: HttpRequest, sent: QueryDict) -> tuple[LogContactForm, Gently]:
        """The form with everything that is wrong with it, and every gentle word before saving: one look is enough."""
        form = self._form(request, sent)
        sound, meant = form.is_valid(), form.meant()
        asked = [did_you_mean(meant, form)] if meant else []
        look = Gently([*form.warnings(), *asked], sent)
        if (look.unsaid or not sound) and (twin := same_words(self.user, form.details())):
            look = Gently([*form.warnings(), *asked, saved_today(twin, self.user)], sent)
        if meant and asked[0] in look.unsaid:
            mark_restricted_people(self.user, [subject for subject in meant if isinstance(subject, Person)])
            form = self._form(request, sent, meant=meant)
        if not form.is_valid():
            self._ask_the_rules(form)
        elif look.unsaid:
            try_out(form, partial(log_event, actor=self.user, details=form.details()))
        return form, look

    def _save(self, request: HttpRequest, form: LogContactForm) -> HttpResponse:
        try:
            answer = self._log_once(request.POST, form)
        except KeyReused as used:
            return self._saved_before(request, form, used.location)
        messages.success(request, LOGGED)
        return HttpResponseRedirect(f"{answer.location}?saved=1")

    def _saved_before(self, request: HttpRequest, form: LogContactForm, location: str) -> HttpResponse:
        """To the contact saved from this very form; what that one does not say stays in the form, under a new key."""
        wanted = chosen_id(location.rstrip("/").rpartition("/")[2])
        event = EngagementEvent.objects.visible_to(self.user).filter(pk=wanted).first() if wanted else None
        if event is not None and says_else(form.details(), event):
            sent = request.POST.copy()
            sent["key"] = str(new_id())
            sent.pop(ANYWAY, None)  # that was about other words
            look = Gently([said_else(event, self.user)], sent)
            return self._show(request, self._form(request, sent), look, used_key=request.POST["key"])
        messages.warning(request, ALREADY_SAVED)
        return HttpResponseRedirect(location if event else reverse("workspace:contacts") + "?mine=true")

    def _log_once(self, sent: QueryDict, form: LogContactForm) -> Answer:
        """Log it, unless this very form was logged before, by a press or from a phone that had no signal. Raises
        `KeyReused`, `SameWords` unless the officer saved anyway, and what the action raises."""

        def make() -> Answer:
            details = form.details()
            # Asked only when this form was not logged yet: a second press would find what the first one saved.
            twin = same_words(self.user, details) if ANYWAY not in sent else None
            if twin and Gently([saved_today(twin, self.user)], sent).unsaid:
                raise SameWords(twin)
            event = log_event(actor=self.user, details=details)
            return Answer(status=303, body={}, location=reverse("workspace:contact", args=[event.pk]))

        body = hashlib.sha256(repr(sorted(_told(sent).items())).encode()).digest()
        key, path = str(form.cleaned_data["key"]), reverse("workspace:log-contact")
        return once(owner=str(self.user.pk), method="POST", path=path, key=key, body=body, make=make)

    def _ask_the_rules(self, form: LogContactForm) -> None:
        """A form that cannot be read yet is asked by the rules too, so that everything is said at once."""
        try:
            refuse_input_if(blockers_to_logging(form.details()))
        except Blocked as blocked:
            form.add_blockers(blocked)

    def _chosen(self, request: HttpRequest) -> Any:
        """The group, person or community whose page the officer came from."""
        wanted = chosen_id(request.GET.get("with") or request.POST.get("with"))
        if wanted is None:
            return None
        for rows in (
            Organisation.objects.visible_to(self.user),
            Person.objects.visible_to(self.user),
            Community.objects.visible_to(self.user).current(),
        ):
            if (found := rows.filter(pk=wanted).first()) is not None:
                return found
        return None

    def _form(
        self, request: HttpRequest, data: Any, initial: dict[str, Any] | None = None, meant: Sequence[Subject] = ()
    ) -> LogContactForm:
        data = self._by_name(data)
        choices: list[tuple[Any, str]] = [(recent, recent.name) for recent in reports.recent_for(self.user)]
        for chosen in (self._chosen(request), self._still_chosen(request, data or initial)):
            if chosen is not None and all(chosen.pk != subject.pk for subject, _ in choices):
                choices.insert(0, (chosen, chosen.name))
        choices[:0] = [(entry, entry.name) for entry in diary_on(self.user, _day_of(data))]
        choices = [*told_apart(meant), *(choice for choice in choices if choice[0] not in meant)]
        return LogContactForm(data, initial=initial, reader=self.user, choices=choices)

    def _by_name(self, data: Any) -> Any:
        """What was sent; whoever was typed by their very name is chosen, so that their card is shown."""
        if not data or data.get("met") != ANOTHER:
            return data
        known = known_by_name(data.get("met_other") or "", self.user)
        if known is None:
            return data
        data = data.copy()
        data["met"] = str(known.pk)
        return data

    def _still_chosen(self, request: HttpRequest, data: Any) -> Any:
        """A group chosen on an earlier showing of this form stays a choice though it is not among the recent ones."""
        wanted = chosen_id(data.get("met")) if data else None
        if wanted is None:
            return None
        return (
            next(iter(reports.group_with(self.user, wanted)), None)
            or Person.objects.visible_to(self.user).filter(pk=wanted).first()
            or Community.objects.visible_to(self.user).current().filter(pk=wanted).first()
        )

    def _show(
        self, request: HttpRequest, form: LogContactForm, look: Gently = NOTHING_SAID, used_key: str = ""
    ) -> HttpResponse:
        subjects = [subject for subject in form.subjects.values() if not isinstance(subject, Community | DiaryEntry)]
        cards = reports.cards_for(subjects, reader=self.user)
        mark_restricted(self.user, [said for card in cards.values() for said in card.said])
        show_flags([subject for subject in subjects if isinstance(subject, Person)], reader=self.user)
        notes = notes_about(list(form.subjects.values()), reader=self.user)
        options = [
            {"option": option, "flags": getattr(subject, "flags", ()),
             "card": cards.get(subject.pk) if subject else None, "note": notes.get(subject.pk) if subject else ""}
            for option, subject in zip(form["met"], [*form.subjects.values(), None], strict=False)
        ]  # fmt: skip
        known = Organisation.objects.visible_to(self.user).open().order_by("name")
        shown = {
            "title": "Log a contact",
            "form": form,
            "options": options,
            "look": look,
            "used_key": used_key,
            "known_names": known.values_list("name", flat=True)[:KNOWN_NAMES],
        }
        return render(request, "workspace/contacts/log.html", shown)


def saved_today(event: EngagementEvent, reader: User) -> Gentle:
    """That these words were saved before, and where."""
    when = "today" if timezone.localdate(event.created_at) == timezone.localdate() else "yesterday"
    words = "You saved the same words {}: {}. Save again only if you heard it twice."
    return Gentle(format_html(words, when, _link_to(event, reader)))


def said_else(event: EngagementEvent, reader: User) -> Gentle:
    """That this form was saved before, where, and that it said something else."""
    words = "You saved this contact before, with other words: {}. What you see below is not saved. "
    words += "Save it only if you met twice."
    return Gentle(format_html(words, _link_to(event, reader)))


def did_you_mean(subjects: Sequence[Subject], form: LogContactForm) -> Gentle:
    """Whom we know by a name like the one typed, and where to choose them."""
    names = " or ".join(name for _, name in told_apart(subjects))
    words = 'Did you mean {}? Choose the name under <a class="govuk-link" href="#id_met_0">Who did you meet?</a>'
    return Gentle(format_html(words + " If not, save anyway.", names), about=form["met_other"].data or "")


def told_apart(subjects: Sequence[Subject]) -> list[tuple[Subject, str]]:
    """Each with its name; where two bear one name, with the ward too."""
    names = [subject.name for subject in subjects]
    wards = [getattr(subject, "area", None) if names.count(subject.name) > 1 else None for subject in subjects]
    return [(one, f"{one.name} ({ward.name})" if ward else one.name) for one, ward in zip(subjects, wards, strict=True)]


def _link_to(event: EngagementEvent, reader: User) -> SafeString:
    name_whom([event], reader=reader)
    met = " and ".join(event.whom)  # type: ignore[attr-defined]
    words = f"contact{met and f' with {met}'}, {event.occurred_on:%-d %B %Y}"
    return format_html('<a class="govuk-link" href="{}">{}</a>', reverse("workspace:contact", args=[event.pk]), words)


def _day_of(data: Any) -> date:
    """The day whose diary is offered: what was written without signal is sent later, and had that day's before it."""
    try:
        return parse_date((data or {}).get("saved_on") or "") or timezone.localdate()
    except ValueError:
        return timezone.localdate()


def typed(form: LogContactForm) -> dict[str, Any]:
    """What was typed, to be shown again before anything is judged."""
    return {name: form[name].data for name in form.fields}


def _told(sent: QueryDict) -> dict[str, list[str]]:
    """What the officer told, without what the browser adds: two presses of one form are the same."""
    machinery = ("csrfmiddlewaretoken", ANYWAY, AGREED, "key", "who_writes", "saved_on")
    return {name: values for name, values in sent.lists() if name not in machinery}
