"""Promises: the list, and settling one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from crm.base.actors import Actor
from crm.base.gently import NOTHING_SAID, Gently, may_be_saved
from crm.base.kept import kept
from crm.base.listing import Listing
from crm.base.meanwhile import after_somebody_else
from crm.base.opening import OpensForm
from crm.base.rules import Blocked, Blocker, Stale
from crm.base.views import WorkspaceView, one_row
from crm.people.flags import show_flags
from engagement.log import permissions
from engagement.log.actions import (
    break_promise,
    change_promise,
    keep_promise,
    make_promise,
    reopen_promise,
    withdraw_promise,
)
from engagement.log.filters import PromiseFilter
from engagement.log.following import to_know_before_opening
from engagement.log.forms import ReasonForm, warnings_of
from engagement.log.marks import mark_restricted, people_seen
from engagement.log.models import EngagementEvent, Promise
from engagement.log.promise_forms import AddPromiseForm, ChangePromiseForm, KeepPromiseForm
from engagement.log.rules import blockers_to_reopening, blockers_to_settling
from engagement.log.views.one_contact import OneForm


class PromiseList(Listing):
    """Promises, soonest due first, so that late ones lead."""

    permission = permissions.read_promises
    template_name = "workspace/promises/list.html"
    title = "Promises"
    filterset = PromiseFilter
    shown_filters = ("mine", "late", "state", "owner", "community", "due_from", "due_to")

    def rows(self) -> Any:
        """What this reader may see; open ones unless another state is asked for."""
        rows = Promise.objects.visible_to(self.user).for_reader(self.user)
        return rows if "state" in self.request.GET else rows.open()

    def paged(self, rows: Any) -> Any:
        """One page; what to get right about the people they were made to."""
        page = super().paged(rows)
        mark_restricted(self.user, page)
        show_flags(people_seen(page), reader=self.user)
        return page


@kept
def _promise(reader: Actor, pk: UUID) -> QuerySet[Promise]:
    return Promise.objects.visible_to(reader).for_reader(reader).filter(pk=pk)


class PromiseView(WorkspaceView):
    """A page about one promise the reader may see; 404 for anyone else."""

    permission = permissions.read_promises

    def promise(self) -> Promise:
        """The promise."""
        found: Promise = one_row(_promise(self.user, self.kwargs["pk"]))
        mark_restricted(self.user, [found])
        return found


class PromisePage(PromiseView):
    """One promise, what became of it, and what may be done."""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        promise = self.promise()
        show_flags(people_seen([promise]), reader=self.user)
        open_ = not list(blockers_to_settling(promise))
        shown = {
            "title": "Promise",
            "promise": promise,
            "changes": promise.changes.select_related("changed_by"),
            "may_settle": open_ and permissions.keep_promise(actor=self.user, promise=promise),
            "may_reopen": not list(blockers_to_reopening(promise))
            and permissions.reopen_promise(actor=self.user, promise=promise),
            "may_read_contact": EngagementEvent.objects.visible_to(self.user).filter(pk=promise.event_id).exists(),
        }
        return render(request, "workspace/promises/promise.html", shown)


class SettlePromise(OpensForm, PromiseView):
    """Keep, change, break or withdraw a promise: one short form."""

    form_class: Any = ReasonForm
    title = ""
    button = ""
    done = ""

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The form; with what was typed before signing in again. Of a promise that is settled, why there is none."""
        typed, promise = self.typed_before(request), self.promise()
        self.insist(promise)
        if not typed and (away := self.turned_away(promise, reverse("workspace:promise", args=[pk]))):
            return away
        return self._show(request, promise, self.make_form(promise, typed))

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Do it, or say what is missing."""
        promise = self.promise()
        self.insist(promise)
        form = self.make_form(promise, request.POST)
        look = Gently(warnings_of(form), request.POST)
        save = partial(self.act, request, promise, form)
        try:
            if not may_be_saved(form, look, save):
                return self._show(request, promise, form, look)
            save()
        except Blocked as blocked:
            form.add_blockers(blocked)
            return self._show(request, promise, form, look)
        except Stale:
            fresh = self.promise()
            form = after_somebody_else(partial(self.make_form, fresh), request.POST, fresh)
            return self._show(request, fresh, form, Gently(sent=request.POST))
        messages.success(request, self.done)
        return HttpResponseRedirect(reverse("workspace:promise", args=[promise.pk]))

    def against(self, subject: Promise) -> Iterable[Blocker]:
        """It is settled, or its contact was withdrawn."""
        return blockers_to_settling(subject)

    def make_form(self, promise: Promise, data: Any) -> Any:
        """The form, with what was sent or what is stored."""
        return self.form_class(data, initial=self.initial(promise))

    def initial(self, promise: Promise) -> dict[str, Any]:
        """The version that was read."""
        return {"version": promise.version}

    def explain(self, promise: Promise) -> str:
        """What to know before saving."""
        return ""

    def act(self, request: HttpRequest, promise: Promise, form: Any) -> None:
        """Call the action."""
        raise NotImplementedError(type(self).__name__)

    def _show(self, request: HttpRequest, promise: Promise, form: Any, look: Gently = NOTHING_SAID) -> HttpResponse:
        shown = {
            "title": self.title,
            "form": form,
            "look": look,
            "button": self.button,
            "quoted": promise.words,
            "explanation": self.explain(promise),
            "back": reverse("workspace:promise", args=[promise.pk]),
        }
        return render(request, "workspace/contacts/one_form.html", shown)


class KeepPromise(SettlePromise):
    """We did it."""

    permission = permissions.keep_promise
    form_class = KeepPromiseForm
    title, button, done = "We kept this promise", "Save", "Promise kept. Well done."

    def act(self, request: HttpRequest, promise: Promise, form: Any) -> None:
        """Record that it was kept."""
        data = form.cleaned_data
        keep_promise(actor=self.user, promise=promise, words=data["words"], expected_version=data["version"])


class BreakPromise(SettlePromise):
    """We did not do it, and say why."""

    permission = permissions.break_promise
    title, button, done = "We did not keep this promise", "Save", "Recorded that this promise was not kept."

    def act(self, request: HttpRequest, promise: Promise, form: Any) -> None:
        """Record that it was broken."""
        data = form.cleaned_data
        break_promise(actor=self.user, promise=promise, reason=data["reason"], expected_version=data["version"])


class WithdrawPromise(SettlePromise):
    """We take it back, and say why."""

    permission = permissions.withdraw_promise
    title, button, done = "Withdraw this promise", "Withdraw promise", "Promise withdrawn."

    def act(self, request: HttpRequest, promise: Promise, form: Any) -> None:
        """Record that it was withdrawn."""
        data = form.cleaned_data
        withdraw_promise(actor=self.user, promise=promise, reason=data["reason"], expected_version=data["version"])


class ChangePromise(SettlePromise):
    """Another promise, or another day."""

    permission = permissions.change_promise
    form_class = ChangePromiseForm
    title, button, done = "Change this promise", "Save", "Promise changed."

    def initial(self, promise: Promise) -> dict[str, Any]:
        """What it says now."""
        return {"version": promise.version, "words": promise.words, "due_on": promise.due_on}

    def act(self, request: HttpRequest, promise: Promise, form: Any) -> None:
        """Change it."""
        data = form.cleaned_data
        change_promise(
            actor=self.user,
            promise=promise,
            changed=form.details(promise.owner),
            reason=data["reason"],
            expected_version=data["version"],
        )


class ReopenPromise(SettlePromise):
    """It was settled by mistake, and is open again."""

    permission = permissions.reopen_promise
    title, button, done = "Open this promise again", "Open again", "Promise opened again."

    def against(self, subject: Promise) -> Iterable[Blocker]:
        """It is open, or its contact was withdrawn."""
        return blockers_to_reopening(subject)

    def explain(self, promise: Promise) -> str:
        """That it stands in public, say."""
        return f"What it says now stays in its history. {to_know_before_opening(promise)}".strip()

    def act(self, request: HttpRequest, promise: Promise, form: Any) -> None:
        """Open it."""
        data = form.cleaned_data
        reopen_promise(actor=self.user, promise=promise, reason=data["reason"], expected_version=data["version"])


class AddPromise(OneForm):
    """A promise remembered later."""

    permission = permissions.make_promise
    title = "Add a promise"

    def make_form(self, data: Any, event: EngagementEvent) -> AddPromiseForm:
        """The empty form, with whom the contact was with."""
        return AddPromiseForm(data, event=event, reader=self.user)

    def act(self, request: HttpRequest, event: EngagementEvent, form: Any) -> str:
        """Make it."""
        make_promise(actor=self.user, event=event, promise=form.details())
        return "Promise added."
