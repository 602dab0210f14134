"""Who is due an answer: the list, one answer, drafting and approving in batches, told in person, a reason why not."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocked, Blocker
from crm.base.views import WorkspaceView, one_seen, refusal_words
from engagement.coproduction.telling import actions, permissions
from engagement.coproduction.telling.filters import TellingFilter
from engagement.coproduction.telling.forms.tellings import InPersonForm, ReasonForm
from engagement.coproduction.telling.marks import leave_marks
from engagement.coproduction.telling.models import Telling
from engagement.coproduction.telling.rules import (
    blockers_to_approving,
    blockers_to_drafting,
    blockers_to_excusing,
    blockers_to_telling_in_person,
)
from engagement.log.marks import mark_restricted

State = Telling.State


class TellingList(Listing):
    """What waits longest first; those still to be told, unless something else is asked for."""

    permission = permissions.read_tellings
    template_name = "workspace/coproduction/tellings.html"
    title = "Answers that are due"
    filterset = TellingFilter
    shown_filters = ("state", "waiting", "decision", "to_kind", "locality", "lacking", "said_from", "said_to")

    def rows(self) -> Any:
        """What this reader may see."""
        rows = Telling.objects.visible_to(self.user).for_list()
        asked = self.request.GET.keys() & {*self.shown_filters, "outcome", "person", "organisation", "point"}
        return rows if asked else rows.untold()

    def paged(self, rows: Any) -> Any:
        """One page; who is restricted leaves a mark."""
        page = super().paged(rows)
        leave_marks(self.user, page)
        return page


class TellingPage(WorkspaceView):
    """One answer: to whom, about what, the words as they will go, what is lacking, and what may be done."""

    permission = permissions.read_tellings

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        joined = ("words_used__language", "approved_by", "message__language")
        telling = one_seen(self.user, Telling, pk, "for_list", joined=joined)
        leave_marks(self.user, [telling])
        points = list(
            telling.points.visible_to(self.user)
            .select_related("event", "language")
            .order_by("event__occurred_on", "pk")
        )
        mark_restricted(self.user, points)
        shown = {
            "title": "Answer to what somebody said",
            "telling": telling,
            "points": points,
            "may_draft": not list(blockers_to_drafting(telling)),
            "against": [b.words for b in blockers_to_approving(telling)] if telling.state == State.DRAFTED else [],
            "ended": telling.state in (State.TOLD, State.EXCUSED),
        }
        return render(request, "workspace/coproduction/telling.html", shown)


class Batch(WorkspaceView):
    """Something done to the answers that were ticked. Pressed twice, it changes nothing the second time."""

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do it, say what became of it, and go back."""
        wanted = _ids(request.POST.getlist("telling"))
        chosen = list(Telling.objects.visible_to(self.user).filter(pk__in=wanted).order_by("said_on", "id"))
        try:
            messages.success(request, self.do(chosen))
        except Blocked as refusal:
            for words in refusal_words(refusal):
                messages.warning(request, words)
        alone = chosen[0] if request.POST.get("alone") and len(chosen) == 1 else None
        if alone is not None:
            return HttpResponseRedirect(reverse("workspace:telling", args=[alone.pk]))
        decision = _ids([request.POST.get("decision", "")])
        query = f"?decision={decision[0]}" if decision else ""
        return HttpResponseRedirect(reverse("workspace:tellings") + query)

    def do(self, tellings: list[Telling]) -> str:
        """Call the action. Gives what became of it, in words."""
        raise NotImplementedError(type(self).__name__)


class DraftTellings(Batch):
    """Draft them: nothing is sent."""

    permission = permissions.draft_tellings

    def do(self, tellings: list[Telling]) -> str:
        """Draft those that can be drafted."""
        fit = [row for row in tellings if not list(blockers_to_drafting(row))] or tellings
        drafted = actions.draft_tellings(actor=self.user, tellings=fit)
        held = sum(row.state == State.HELD for row in drafted)
        return f"{len(drafted) - held} drafted, {held} held back. Read them before you approve them."


class ApproveTellings(Batch):
    """Approve them: they go by their safe way."""

    permission = permissions.approve_tellings

    def do(self, tellings: list[Telling]) -> str:
        """Approve them."""
        because = self.request.POST.get("because", "")[:300]
        return actions.approve_tellings(actor=self.user, tellings=tellings, because=because).in_words + "."


class OneTellingPage(EditPage):
    """A page that settles one answer."""

    template_name = "workspace/coproduction/edit.html"

    def subject(self) -> Any:
        """The answer."""
        found = one_seen(self.user, Telling, self.kwargs["pk"], "for_list")
        leave_marks(self.user, [found])
        return found

    def address(self, subject: Any) -> str:
        """Its page."""
        return reverse("workspace:telling", args=[subject.pk])


class ExcuseTelling(OneTellingPage):
    """They are not told, for a reason."""

    permission = permissions.excuse_telling
    title = "Why are they not told?"
    saved_words = "The reason stands."

    def make_form(self, data: Any, subject: Any) -> Any:
        """Why."""
        return ReasonForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """They were told, or a reason stands."""
        return blockers_to_excusing(subject, "")

    def save(self, form: Any, subject: Any) -> Any:
        """The reason stands."""
        data = form.cleaned_data
        return actions.excuse_telling(
            actor=self.user, telling=subject, reason=data["reason"], expected_version=data["version"]
        )


class TellInPerson(OneTellingPage):
    """They were told without a message."""

    permission = permissions.tell_in_person
    title = "They were told in person"
    saved_words = "Noted."

    def make_form(self, data: Any, subject: Any) -> Any:
        """How, and when."""
        initial = {"version": subject.version, "told_on": timezone.localdate()}
        return InPersonForm(data, initial=initial, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """They were told."""
        today = timezone.localdate()
        return blockers_to_telling_in_person(subject, "", today, today)

    def save(self, form: Any, subject: Any) -> Any:
        """Note it."""
        data = form.cleaned_data
        return actions.tell_in_person(
            actor=self.user, telling=subject, how=data["how"], told_on=data["told_on"], expected_version=data["version"]
        )


def _ids(given: list[str]) -> list[UUID]:
    found = []
    for one in given:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found
