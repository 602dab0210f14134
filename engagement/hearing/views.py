"""Who we hear from and who not: the picture, the list of the quiet and of those asked too often, and the file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from crm.areas.models import Area
from crm.areas.reports import own_localities
from crm.base.actors import FIELD_ROLES
from crm.base.forms import GovukBoundField
from crm.base.spreadsheets import csv_answer
from crm.base.views import WorkspacePage, WorkspaceView
from crm.counting.figures import says_the_rule
from engagement.hearing import permissions
from engagement.hearing.actions import export_hearing
from engagement.hearing.forms import HearingForm
from engagement.hearing.reports.asked import asked_too_often
from engagement.hearing.reports.lately import counted
from engagement.hearing.reports.picture import draw
from engagement.hearing.reports.quiet import hearings, quiet
from engagement.hearing.reports.rows import COLUMNS
from engagement.log.permissions import read_events

UNKNOWN_FILTER = "Nothing was exported, because one of the filters does not exist. Choose again, then export."


class HearingPage(WorkspacePage):
    """Communities and topics by locality: direct voice apart from groups speaking for people, with what is unknown."""

    permission = permissions.read_hearing
    template_name = "workspace/hearing/picture.html"
    title = "Who we hear from"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The picture, or the form with what is wrong in it."""
        form = HearingForm(self.request.GET, reader=self.user)
        kept = [(name, value) for name, value in self.request.GET.items() if name in form.fields and value]
        shown: dict[str, Any] = {"kept": kept, "form": None, "narrowing": "narrow" in self.request.GET or bool(kept)}
        if not form.is_valid():
            return super().get_context_data(
                **{**shown, "form": form, "filters": list(form), "narrowing": True}, **kwargs
            )
        wanted = form.wanted()
        found = counted("picture", wanted, lambda: draw(wanted))
        return super().get_context_data(
            **shown,
            filters=[GovukBoundField(form, form.fields[name], name) for name in form.fields]
            if shown["narrowing"]
            else [],
            wanted=wanted,
            picture=found.numbers,
            counted=found,
            may_open=read_events.row.open_to(self.user) and not wanted.as_it_was,
            may_export=permissions.export_hearing(actor=self.user),
            rule=says_the_rule(),
            **kwargs,
        )


class QuietPage(WorkspacePage):
    """Everyone who has gone quiet, in the whole council or in one locality, and everyone who is asked too often."""

    permission = permissions.read_hearing
    template_name = "workspace/hearing/quiet.html"
    title = "Who has gone quiet"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows of one place: the one asked for, else the reader's own locality, else the whole council."""
        localities = list(Area.objects.visible_to(self.user).localities().on(timezone.localdate()))
        place = self._place(localities)
        rows = hearings(localities=[place] if place else [])
        communities = [row.community for row in rows if row.locality is None]
        return super().get_context_data(
            localities=localities,
            place=place,
            rows=quiet([row for row in rows if row.locality == place]),
            asked=asked_too_often(communities),
            **kwargs,
        )

    def _place(self, localities: list[Area]) -> Area | None:
        asked = self.request.GET.get("locality")
        if asked is None:
            return next(iter(own_localities(self.user, FIELD_ROLES)), None)
        return next((place for place in localities if str(place.pk) == asked), None)


class ExportHearing(WorkspaceView):
    """The numbers as a file for a spreadsheet. Asked for by POST, because it leaves a mark in the audit."""

    permission = permissions.export_hearing
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """CSV in UTF-8 with a mark that spreadsheets know; the rule about small numbers stands in its last line."""
        form = HearingForm(request.POST, reader=self.user)
        if not form.is_valid():
            messages.warning(request, UNKNOWN_FILTER)
            return HttpResponseRedirect(reverse("workspace:hearing"))
        wanted = form.wanted()
        rows = export_hearing(actor=self.user, wanted=wanted)
        period = f"Contacts from {wanted.first_day} to {wanted.last_day}, counted on {timezone.localdate()}."
        lines = [
            COLUMNS,
            *([_cell(row[name]) for name in COLUMNS] for row in rows),
            [f"{period} {says_the_rule()}"],
        ]
        return csv_answer(lines, name=f"who-we-hear-from-{wanted.first_day}-{wanted.last_day}")


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


__all__ = ["ExportHearing", "HearingPage", "QuietPage"]
