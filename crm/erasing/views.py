"""Requests to be erased: written down, decided with a look at where the name stands, and the list of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_of, page_of
from crm.base.words import named_day
from crm.erasing import actions, permissions, rules
from crm.erasing.forms import DecideForm, ErasureForm, lines
from crm.erasing.mentions import called_like_them, mentions
from crm.erasing.models import ErasureRequest
from crm.erasing.outside import files_found
from crm.erasing.parts import parts_of
from crm.erasing.traces import traces_of
from crm.people.actions import read_restricted_people
from crm.people.models import Person
from crm.people.pages import PersonPartPage


class AskToErase(PersonPartPage):
    """They ask."""

    permission = permissions.record_erasure
    title = "They ask us to delete what we know about them"
    lead = "A lead or manager decides within one month. Until then nothing is deleted."
    form_class = ErasureForm

    def against(self, subject: Any) -> Iterable[Blocker]:
        """A request waits to be decided."""
        return rules.blockers_to_asking_again(self.person)

    def save(self, form: Any, subject: Any) -> Any:
        """Write it down."""
        return actions.record_erasure(actor=self.user, person=self.person, details=form.details())


class ErasureList(WorkspaceView):
    """Requests, those to decide first."""

    permission = permissions.read_erasures

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list."""
        rows = ErasureRequest.objects.visible_to(self.user).for_list()
        shown = {
            "title": "Requests to be erased",
            "page": page_of(rows, request),
            "may_decide": permissions.decide_erasure.row.open_to(self.user),
        }
        return render(request, "workspace/erasing/list.html", shown)


class DecideErasure(EditPage):
    """Decide; granted, everything is erased at once."""

    permission = permissions.decide_erasure
    template_name = "workspace/erasing/decide.html"
    title = "Decide on their request to be erased"

    def subject(self) -> ErasureRequest:
        """The request, of a person who is still there."""
        rows = ErasureRequest.objects.visible_to(self.user).filter(person__isnull=False).select_related("person")
        found: ErasureRequest = one_of(rows, pk=self.kwargs["pk"])
        person = found.person
        if person is not None and person.restricted and Person.objects.visible_to(self.user).filter(pk=person.pk):
            read_restricted_people(actor=self.user, people=[person])
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """What was decided."""
        self.traces = traces_of(subject.person, lines(data.get("spellings", "")) if data else ())
        self.files = files_found(self.traces.everything)
        parts = parts_of(subject.person)
        return DecideForm(data, parts=parts, files=self.files, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is decided."""
        return rules.blockers_to_decided(subject)

    def save(self, form: Any, subject: Any) -> ErasureRequest:
        """Decide it."""
        data = form.cleaned_data
        return actions.decide_erasure(
            actor=self.user, request=subject, outcome=data["outcome"], reason=data["reason"],
            looked=form.looked_at(), parts=data["parts"], expected_version=data["version"],
        )  # fmt: skip

    def address(self, subject: Any) -> str:
        """The list."""
        return reverse("workspace:erasures")

    def shows(self) -> dict[str, Any]:
        """What they asked, until when it must be decided, where their name and numbers stand in words and in files, who
        and what bears the name too, and what no machine can read."""
        asked = self.subject()
        unread = Counter(file.kind for file in self.files if not file.named)
        return {
            "told": f"They asked on {named_day(asked.asked_on)}. Decide by {named_day(asked.decide_by)}.",
            "found": mentions(self.traces),
            "keeps": called_like_them(self.traces),
            "files": [file for file in self.files if file.named],
            "unread": [f"{number} {kind}{'' if number == 1 else 's'}" for kind, number in sorted(unread.items())],
        }
