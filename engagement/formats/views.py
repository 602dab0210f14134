"""Requests for other formats: the list by due date, one request, what happened, and who answers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.phones import shown_phone
from crm.base.rules import Blocker
from crm.base.views import WorkspacePage, one_of, one_seen
from crm.counting.figures import says_the_rule
from engagement.formats import permissions
from engagement.formats.actions import add_format_request, answer_format_request, give_format_request
from engagement.formats.filters import FormatRequestFilter
from engagement.formats.forms import AnswerForm, GiveForm, RequestForm
from engagement.formats.models import Format, FormatRequest, Way
from engagement.formats.reports import asked_for
from engagement.formats.rules import blockers_to_answering


class FormatRequestList(Listing):
    """What is still to do, the most pressing first, unless the address says otherwise."""

    permission = permissions.read_format_requests
    template_name = "workspace/formats/list.html"
    title = "Requests for other formats"
    filterset = FormatRequestFilter
    shown_filters = ("state", "in_format", "language", "owner")

    def rows(self) -> Any:
        """What this reader may see."""
        rows = FormatRequest.objects.visible_to(self.user).for_list()
        return rows if self.request.GET.get("state") else rows.open()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether the reader may write one down, and what was asked for in the last twelve months."""
        may_add = permissions.add_format_request.row.open_to(self.user)
        asked = asked_for(timezone.localdate())
        counted = [(words, asked.cells[value]) for value, words in Format.choices]
        return super().get_context_data(may_add=may_add, counted=counted, rule=says_the_rule(), **kwargs)


class FormatRequestPage(WorkspacePage):
    """One request: what is wanted, by whom, by when."""

    permission = permissions.read_format_requests
    template_name = "workspace/formats/request.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The request."""
        rows = FormatRequest.objects.visible_to(self.user).select_related("language", "owner", "entered_by")
        wanted = one_of(rows, pk=self.kwargs["pk"])
        by_number = wanted.reach_by in (Way.PHONE, Way.TEXT)
        place = shown_phone(wanted.reach_at) if by_number else wanted.reach_at
        return super().get_context_data(wanted=wanted, place=place, title=f"Request {wanted.number}", **kwargs)


class AddFormatRequest(EditPage):
    """Write down what somebody asked for."""

    permission = permissions.add_format_request
    template_name = "workspace/formats/form.html"
    title = "Somebody asks for another format"
    saved_words = "Saved. It is yours to answer, or give it to a colleague."

    def make_form(self, data: Any, subject: Any) -> RequestForm:
        """An empty form."""
        return RequestForm(data, reader=self.user)

    def save(self, form: Any, subject: Any) -> FormatRequest:
        """Write it down."""
        return add_format_request(actor=self.user, details=form.details())

    def address(self, subject: Any) -> str:
        """The request, or the list."""
        if subject is None:
            return reverse("workspace:format-requests")
        return reverse("workspace:format-request", args=[subject.pk])


class AnswerFormatRequest(AddFormatRequest):
    """What happened."""

    permission = permissions.answer_format_request
    title = "What happened with this request?"
    saved_words = "Saved."

    def subject(self) -> FormatRequest:
        """The request."""
        found: FormatRequest = one_seen(self.user, FormatRequest, self.kwargs["pk"])
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """What happened."""
        return AnswerForm(data, initial={"version": subject.version, "outcome": subject.outcome}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is finished."""
        return blockers_to_answering(subject)

    def save(self, form: Any, subject: Any) -> FormatRequest:
        """Say so."""
        told = {name: form.cleaned_data[name] for name in ("state", "outcome")}
        version = form.cleaned_data["version"]
        return answer_format_request(actor=self.user, request=subject, expected_version=version, **told)


class GiveFormatRequest(AnswerFormatRequest):
    """A colleague answers."""

    permission = permissions.give_format_request
    title = "Give this request to a colleague"
    saved_words = "Given away. It stands on their home page."

    def make_form(self, data: Any, subject: Any) -> Any:
        """To whom."""
        return GiveForm(data, initial={"version": subject.version}, reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The request; the colleague is chosen in the form."""
        return {"request": subject, "owner": self.user}

    def save(self, form: Any, subject: Any) -> FormatRequest:
        """Give it."""
        data = form.cleaned_data
        return give_format_request(
            actor=self.user, request=subject, owner=data["owner"], expected_version=data["version"]
        )
