"""A forum takes place and is closed: the desk, who came, what was said, and the page that closes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from crm.base.editing import EditPage
from crm.base.rules import Blocked, Blocker
from crm.base.views import WorkspaceView, one_of, one_seen, refusal_words
from engagement.forums.actions import desk, holding
from engagement.forums.forms.holding import (
    AttendanceForm,
    CloseForm,
    HeadsForm,
    WalkInForm,
    heads_known,
)
from engagement.forums.forms.verbs import TakeBackForm
from engagement.forums.held import AttendanceDetails
from engagement.forums.models import Attendance, Captured, Forum, Invitation
from engagement.forums.permissions import holding as permissions
from engagement.forums.reports.closing import proposed
from engagement.forums.reports.desk import desk_of, heads_of, name_raisers, with_this_number
from engagement.forums.rules import holding as rules
from engagement.forums.views.arrangements import mark_people
from engagement.forums.views.forums import OneForumPage, may_read_contact

How = Attendance.How


class HoldForum(OneForumPage):
    """It takes place."""

    permission = permissions.hold_forum
    title = "This forum takes place"
    lead = "From now on you can write down who comes, and what is said. Nobody can change its day any more."
    button = "It takes place"
    saved_words = "Write down who comes. You can also count people without names."

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is not ready, still to come, or held."""
        return rules.blockers_to_holding(subject, timezone.localdate())

    def save(self, form: Any, subject: Any) -> Forum:
        """Say so."""
        return holding.hold_forum(actor=self.user, forum=subject, expected_version=form.cleaned_data["version"])

    def address(self, subject: Any) -> str:
        """Its desk, once it is held."""
        return reverse("workspace:desk" if subject.state == "held" else "workspace:forum", args=[subject.pk])


class TakeBackHeld(OneForumPage):
    """It does not take place yet: somebody pressed by mistake."""

    permission = permissions.take_back_held
    title = "This forum does not take place yet"
    lead = "For a press by mistake. The forum is open again, and must be called ready anew."
    button = "Take it back"
    saved_words = "Taken back. Call it ready again before it takes place."

    def make_form(self, data: Any, subject: Any) -> TakeBackForm:
        """Why."""
        return TakeBackForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """Something is written down, or it is closed."""
        return rules.blockers_to_taking_back_held(subject)

    def save(self, form: Any, subject: Any) -> Forum:
        """Take it back."""
        told = form.cleaned_data
        return holding.take_back_held(
            actor=self.user, forum=subject, reason=told["reason"], expected_version=told["version"]
        )


class Desk(WorkspaceView):
    """The list at the desk: each with one press for coming, speaking, and not coming; a phone number finds the line."""

    permission = permissions.note_attendance

    def forum(self) -> Forum:
        """The forum; 404 when it is hidden or missing."""
        found: Forum = one_seen(self.user, Forum, self.kwargs["pk"], "for_list")
        return found

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        return self._show(self.forum())

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """One press, or a phone number, which never stands in an address."""
        forum = self.forum()
        if "number" in request.POST:
            found = with_this_number(forum, request.POST["number"], self.user)
            if len(found) != 1:
                return self._show(forum, found=found, asked=True)
            return self._press(forum, "came", found[0].key, how=How.PHONE)
        for press in ("came", "spoke", "away", "undo"):
            if press in request.POST:
                return self._press(forum, press, request.POST[press])
        return redirect("workspace:desk", pk=pk)

    def _press(self, forum: Forum, press: str, key: str, how: str = How.LIST) -> HttpResponse:
        invitation, row = self._line(forum, key)
        try:
            if press == "undo" and row is not None:
                desk.drop_attendance(actor=self.user, attendance=row)
                messages.success(self.request, "Taken back.")
            elif press != "undo":
                details = _details(press, invitation, row, how)
                noted = desk.note_attendance(actor=self.user, forum=forum, details=details)
                messages.success(self.request, f"{noted.name}: {PRESSED[press]}.")
        except Blocked as refusal:
            for words in refusal_words(refusal):
                messages.warning(self.request, words)
        return redirect("workspace:desk", pk=forum.pk)

    def _line(self, forum: Forum, key: str) -> tuple[Invitation | None, Attendance | None]:
        """The line whose button was pressed; 404 for one that is hidden or missing."""
        try:
            pk = UUID(key[1:])
        except ValueError:
            pk = UUID(int=0)
        noted = Attendance.objects.visible_to(self.user).filter(forum=forum).for_list()
        if key[:1] == "a":
            row: Attendance = one_of(noted, pk=pk)
            return row.invitation, row
        found: Invitation = one_of(Invitation.objects.visible_to(self.user).filter(forum=forum).for_list(), pk=pk)
        return found, noted.filter(invitation=found).first()

    def _show(self, forum: Forum, *, found: Any = (), asked: bool = False) -> HttpResponse:
        rows = desk_of(forum, self.user)
        mark_people(self.user, [row.person for row in rows])
        shown = {
            "title": "Who comes",
            "forum": forum,
            "expected": [row for row in rows if row.expected and row.attendance is None],
            "came": [row for row in rows if row.came],
            "away": [row for row in rows if row.stayed_away],
            "others": [row for row in rows if not row.expected and row.attendance is None],
            "found": found,
            "asked": asked,
            "heads": heads_of(forum),
            "may_read": may_read_contact(forum, self.user),
            "open": not list(rules.blockers_to_the_desk(forum)),
            "may_hold": not list(rules.blockers_to_holding(forum, timezone.localdate())),
            "blockers": [blocker.words for blocker in rules.blockers_to_holding(forum, timezone.localdate())],
        }
        return render(self.request, "workspace/forums/desk.html", shown)


PRESSED = {"came": "came", "spoke": "came and spoke", "away": "did not come"}


def _details(press: str, invitation: Invitation | None, row: Attendance | None, how: str) -> AttendanceDetails:
    who = {"invitation": invitation, "person": row.person if row else None, "called": row.called if row else ""}
    if press == "away":
        return AttendanceDetails(came=False, **who)  # type: ignore[arg-type]
    brought = invitation.heads - 1 if invitation is not None and invitation.comes else 0
    known = row if row is not None and row.came else None
    return AttendanceDetails(
        how=known.how if known else how, others=known.others if known else brought,
        spoke=press == "spoke" or bool(known and known.spoke), **who,  # type: ignore[arg-type]
    )  # fmt: skip


class AtTheDeskPage(OneForumPage):
    """A page about one forum that leads back to its desk."""

    def address(self, subject: Any) -> str:
        """The desk."""
        return reverse("workspace:desk", args=[getattr(subject, "forum_id", subject.pk)])


class WalkIn(AtTheDeskPage):
    """Somebody who was not invited."""

    permission = permissions.note_attendance
    title = "Somebody without an invitation"
    saved_words = "They stand on the list."

    def make_form(self, data: Any, subject: Any) -> WalkInForm:
        """Who, if they say so."""
        return WalkInForm(data, initial={"version": subject.version}, reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The forum."""
        return {"forum": subject, "details": AttendanceDetails()}

    def against(self, subject: Any) -> Iterable[Blocker]:
        """Its desk is not open."""
        return rules.blockers_to_the_desk(subject)

    def save(self, form: Any, subject: Any) -> Forum:
        """Write them down."""
        desk.note_attendance(actor=self.user, forum=subject, details=form.details())
        return subject  # type: ignore[no-any-return]


class CountHeads(AtTheDeskPage):
    """How many came without a name."""

    permission = permissions.count_heads
    template_name = "workspace/forums/heads.html"
    title = "Count people without names"
    lead = "The community of the meeting, never of one person. Do not count those again who stand on the list."

    def make_form(self, data: Any, subject: Any) -> HeadsForm:
        """What was counted."""
        return HeadsForm(data, initial={"version": subject.version}, rows=heads_known(subject), reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """Its desk is not open."""
        return rules.blockers_to_the_desk(subject)

    def save(self, form: Any, subject: Any) -> Forum:
        """Keep it."""
        version = form.cleaned_data["version"]
        return desk.count_heads(actor=self.user, forum=subject, counts=form.details(), expected_version=version)


class OneAttendance(EditPage):
    """What is written down about one of them."""

    permission = permissions.note_attendance
    template_name = "workspace/forums/attendance.html"
    title = "Did they come?"

    def subject(self) -> Attendance:
        """The row; 404 when it is hidden or missing."""
        rows = Attendance.objects.visible_to(self.user).for_list()
        found: Attendance = one_of(rows, pk=self.kwargs["pk"])
        if self.request.method == "GET":
            mark_people(self.user, [found.person])
        return found

    def make_form(self, data: Any, subject: Any) -> AttendanceForm:
        """What stands."""
        return AttendanceForm(data, row=subject, reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The forum they stand on the list of."""
        return {"forum": subject.forum, "details": AttendanceDetails()}

    def save(self, form: Any, subject: Any) -> Attendance:
        """Put it right."""
        version = form.cleaned_data["version"]
        return desk.note_attendance(
            actor=self.user, forum=subject.forum, details=form.details(), expected_version=version
        )

    def address(self, subject: Any) -> str:
        """The desk."""
        return reverse("workspace:desk", args=[subject.forum_id])


class CloseForum(OneForumPage):
    """The forum is closed, and its contact written."""

    permission = permissions.close_forum
    template_name = "workspace/forums/close.html"
    title = "Close this forum"
    saved_words = "Closed. Its contact is written: everything that was said stands there."

    def make_form(self, data: Any, subject: Any) -> CloseForm:
        """With all that is known already."""
        self.forum, self.heads = subject, heads_of(subject)
        listed = self.heads.named > 0
        form = CloseForm(
            data, forum=subject, proposed=proposed(subject), initial={"rest_stayed_away": listed}, reader=self.user
        )
        del form.fields["nobody_came" if self.heads.all else "rest_stayed_away"]
        return form

    def save(self, form: Any, subject: Any) -> Forum:
        """Close it."""
        version = form.cleaned_data["version"]
        return holding.close_forum(actor=self.user, forum=subject, details=form.details(), expected_version=version)

    def shows(self) -> dict[str, Any]:
        """How many came, and what was said."""
        rows = Captured.objects.visible_to(self.user).filter(forum=self.kwargs["pk"])
        return {"heads": self.heads, "captured": name_raisers(rows.for_list(), self.user), "blockers": self._missing()}

    def _missing(self) -> list[str]:
        """What closing would refuse, in its words."""
        forum = self.forum
        found = [*rules.blockers_to_closing_at_all(forum)]
        captured = list(Captured.objects.filter(forum=forum).for_list())
        promised = [one for one in captured if one.is_promise]
        if self.heads.all and len(promised) == len(captured) and not found:
            found.append(rules.NOTHING_SAID)
        found += rules.blockers_to_what_was_promised(forum, promised)
        return [blocker.words for blocker in found]
