"""Getting ready for the day of a forum: the run sheet to print, whom to ring, who meets whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.accounts.models import User
from crm.base.editing import EditPage
from crm.base.rows import RowsForm
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_of, one_seen
from engagement.forums.actions import day
from engagement.forums.actions.invitations import set_letter_form
from engagement.forums.forms.invitations import LetterForm
from engagement.forums.models import Forum, Invitation
from engagement.forums.permissions import holding as permissions
from engagement.forums.permissions import invitations
from engagement.forums.reports.run_sheet import run_sheet_of
from engagement.forums.rules.holding import blockers_to_preparing
from engagement.forums.views.arrangements import mark_people
from engagement.forums.views.forums import OneForumPage


def _help(name: str) -> str:
    field: Any = Forum._meta.get_field(name)
    return str(field.help_text)


class DayForm(RowsForm):
    """What the run sheet says besides who comes."""

    on_the_day = forms.CharField(
        label="Whom to ring on the day", help_text=_help("on_the_day"), max_length=200, required=False
    )
    in_an_emergency = forms.CharField(
        label="Help in an emergency", help_text=_help("in_an_emergency"), max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip


class MeetForm(RowsForm):
    """Who meets somebody."""

    met_by = forms.ModelChoiceField(
        label="Who of us meets them?", queryset=User.objects.none(), required=False, empty_label="Nobody"
    )
    words = forms.CharField(
        label="Where and when? (optional)", help_text="Like: at the bus stop, 1pm. No health details.", max_length=200,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        met_by: Any = self.fields["met_by"]
        met_by.queryset = User.objects.visible_to(self.reader).filter(is_active=True).order_by("name")


class RunSheetPage(WorkspaceView):
    """One sheet for whoever is there on the day. Reading it leaves a mark, and so does every restricted person on
    it."""

    permission = permissions.read_run_sheet

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The sheet, with who printed it and when."""
        rows = Forum.objects.visible_to(self.user).select_related("venue", "owner")
        forum = one_of(rows.prefetch_related("organisers", "offers__kind", "offers__language"), pk=pk)
        day.read_run_sheet(actor=self.user, forum=forum)
        sheet = run_sheet_of(forum, self.user)
        mark_people(self.user, [one.invitation.person for one in sheet.coming])
        shown = {"title": "Run sheet", "forum": forum, "sheet": sheet, "printed_at": timezone.now()}
        return render(request, "workspace/forums/run_sheet.html", shown)


class PrepareDay(OneForumPage):
    """Whom to ring, and help in an emergency."""

    permission = permissions.prepare_day
    title = "For the run sheet"

    def make_form(self, data: Any, subject: Any) -> DayForm:
        """What stands."""
        known = {name: getattr(subject, name) for name in ("on_the_day", "in_an_emergency", "version")}
        return DayForm(data, initial=known, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is closed or cancelled."""
        return blockers_to_preparing(subject)

    def save(self, form: Any, subject: Any) -> Forum:
        """Keep it."""
        data = form.cleaned_data
        return day.prepare_day(
            actor=self.user, forum=subject, on_the_day=data["on_the_day"], in_an_emergency=data["in_an_emergency"],
            expected_version=data["version"],
        )  # fmt: skip

    def address(self, subject: Any) -> str:
        """The run sheet."""
        return reverse("workspace:run-sheet", args=[subject.pk])


class SetMeeting(EditPage):
    """Who meets somebody at a forum."""

    permission = permissions.set_meeting
    template_name = "workspace/forums/attendance.html"
    title = "Who meets them?"

    def subject(self) -> Invitation:
        """The invitation; 404 when it is hidden or missing."""
        found: Invitation = one_seen(self.user, Invitation, self.kwargs["pk"], "for_list")
        if self.request.method == "GET":
            mark_people(self.user, [found.person])
        return found

    def make_form(self, data: Any, subject: Any) -> MeetForm:
        """What stands."""
        known = {"met_by": subject.met_by, "words": subject.meet_words, "version": subject.version}
        return MeetForm(data, initial=known, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is closed or cancelled."""
        return blockers_to_preparing(subject.forum)

    def save(self, form: Any, subject: Any) -> Invitation:
        """Keep it."""
        data = form.cleaned_data
        return day.set_meeting(
            actor=self.user, invitation=subject, met_by=data["met_by"], words=data["words"],
            expected_version=data["version"],
        )  # fmt: skip

    def address(self, subject: Any) -> str:
        """The invitation's page."""
        return reverse("workspace:invitation", args=[subject.pk])


class ChooseLetterForm(SetMeeting):
    """In which form and language they are written to about this forum."""

    permission = invitations.set_letter_form
    title = "Letters about this forum"

    def make_form(self, data: Any, subject: Any) -> Any:
        """What stands."""
        known = {"form": subject.format, "language": subject.language, "version": subject.version}
        return LetterForm(data, initial=known, reader=self.user)

    def save(self, form: Any, subject: Any) -> Invitation:
        """Keep it."""
        data = form.cleaned_data
        return set_letter_form(
            actor=self.user, invitation=subject, form=data["form"], language=data["language"],
            expected_version=data["version"],
        )  # fmt: skip
