"""Invitations for those who work on a forum: whom to invite, who answered what, and one invitation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rows import RowsForm
from crm.base.rules import Blocked, Blocker, Stale
from crm.base.views import WorkspaceView, one_of, one_seen, refusal_words
from crm.people.actions import read_restricted_people
from crm.people.flags import show_flags
from crm.sending.models import Message
from engagement.forums.actions.answers import record_answer
from engagement.forums.actions.invitations import (
    hold_places,
    invite,
    log_what_was_said,
    release_places,
    renew_link,
)
from engagement.forums.answers import answer_of
from engagement.forums.forms.invitations import HoldForm, InviteForm, ToldForm
from engagement.forums.invitation_filters import InvitationFilter
from engagement.forums.letters_about import ABOUT
from engagement.forums.models import Forum, HeldPlaces, Invitation
from engagement.forums.permissions import invitations as permissions
from engagement.forums.reports.tallies import tally_of
from engagement.forums.rules import invitations as rules
from engagement.forums.rules.invitations import takes_answers
from engagement.forums.vocabulary import COMING


def leave_a_mark(reader: Any, rows: Any) -> None:
    """Whoever is shown a restricted person is written down."""
    restricted = {row.person_id: row.person for row in rows if row.person_id and row.person.restricted}
    if restricted:
        read_restricted_people(actor=reader, people=list(restricted.values()))


class InvitationList(Listing):
    """Invitations to forums that are coming, unless the address names one."""

    permission = permissions.read_invitations
    template_name = "workspace/forums/invitations.html"
    title = "Invitations"
    filterset = InvitationFilter
    shown_filters = ("forum", "answer", "place", "who", "told", "to_log")

    def rows(self) -> Any:
        """What this reader may see."""
        rows = Invitation.objects.visible_to(self.user).started().for_list()
        if self.request.GET.get("forum"):
            return rows
        return rows.filter(forum__on__gte=timezone.localdate(), forum__state__in=COMING).order_by("forum__on", "id")

    def paged(self, rows: Any) -> Any:
        """One page."""
        page = super().paged(rows)
        leave_a_mark(self.user, page)
        return page


class InvitationPage(WorkspaceView):
    """One invitation: who, what they answered, what would help them, what we wrote to them."""

    permission = permissions.read_invitations

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        mine = one_seen(self.user, Invitation, pk, "for_list")
        leave_a_mark(self.user, [mine])
        show_flags([mine.person], reader=self.user)
        shown = {
            "title": mine.name,
            "invitation": mine,
            "forum": mine.forum,
            "help_asked": list(mine.help_asked.visible_to(self.user).select_related("type", "language")),
            "letters": Message.objects.visible_to(self.user).about(ABOUT, [mine.pk]).order_by("-created_at", "-id"),
            "may_answer": takes_answers(mine.forum, timezone.localdate()),
        }
        return render(request, "workspace/forums/invitation.html", shown)


class Invite(EditPage):
    """Whom to invite to a forum."""

    permission = permissions.invite
    template_name = "workspace/forums/invite.html"
    title = "Whom do you invite?"
    saved_words = "Invited. Nothing is sent yet: look at how each hears of it first."

    def subject(self) -> Any:
        """The forum."""
        return one_seen(self.user, Forum, self.kwargs["pk"], "for_list")

    def make_form(self, data: Any, subject: Any) -> InviteForm:
        """Groups, panels, names."""
        return InviteForm(data, forum=subject, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It took place or was cancelled."""
        return [rules.OVER] if subject.state not in COMING else []

    def save(self, form: Any, subject: Any) -> Forum:
        """Invite them."""
        people, groups = form.cleaned_data["names"]
        invite(
            actor=self.user, forum=subject, people=people, organisations=[*form.cleaned_data["groups"], *groups],
            panels=list(form.cleaned_data["panels"]),
        )  # fmt: skip
        return subject  # type: ignore[no-any-return]

    def address(self, subject: Any) -> str:
        """The invitations of this forum."""
        return f"{reverse('workspace:invitations')}?forum={subject.pk}"

    def shows(self) -> dict[str, Any]:
        """How many are invited."""
        forum = self.subject()
        return {"tally": tally_of(forum, Invitation.objects.visible_to(self.user))}


class RecordAnswer(EditPage):
    """What somebody told us."""

    permission = permissions.record_answer
    template_name = "workspace/forums/told.html"
    title = "What did they answer?"

    def subject(self) -> Any:
        """The invitation."""
        return one_seen(self.user, Invitation, self.kwargs["pk"], "for_list")

    def make_form(self, data: Any, subject: Any) -> ToldForm:
        """What stands."""
        details = answer_of(subject)
        known = {**vars(details), "help_asked": list(details.help_asked), "version": subject.version}
        return ToldForm(data, initial=known, details=details, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """The forum is over, does not take place, or is not open yet."""
        return rules.blockers_to_taking_answers(subject.forum, timezone.localdate())

    def save(self, form: Any, subject: Any) -> Invitation:
        """Write it down."""
        return record_answer(
            actor=self.user, invitation=subject, details=form.details(), how=form.cleaned_data["how"],
            expected_version=form.cleaned_data["version"],
        )  # fmt: skip

    def address(self, subject: Any) -> str:
        """The invitation's page."""
        return reverse("workspace:invitation", args=[subject.pk])


class HoldPlaces(EditPage):
    """Hold places of a forum."""

    permission = permissions.hold_places
    template_name = "workspace/forums/hold.html"
    title = "Hold places"
    saved_words = "Held."

    def subject(self) -> Any:
        """The forum."""
        return one_seen(self.user, Forum, self.kwargs["pk"], "for_list")

    def make_form(self, data: Any, subject: Any) -> RowsForm:
        """For whom, how many, why, until when."""
        return HoldForm(data, initial={"until": subject.reply_by}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is over, nobody said how many fit in, or every place is held."""
        return [replace(one, field="") for one in rules.blockers_to_holding_any(subject, rules.places_held(subject))]

    def turned_away(self, subject: Any, back: str) -> HttpResponse | None:
        """To the forum's own page, where it is said how many fit in."""
        return super().turned_away(subject, reverse("workspace:forum", args=[subject.pk]))

    def save(self, form: Any, subject: Any) -> Forum:
        """Hold them."""
        hold_places(actor=self.user, forum=subject, details=form.details())
        return subject  # type: ignore[no-any-return]

    def address(self, subject: Any) -> str:
        """The page on which people are invited."""
        return reverse("workspace:invite", args=[subject.pk])


class InvitationButton(WorkspaceView):
    """A button on an invitation's page: does one thing, says what happened, and goes back."""

    http_method_names = ["post"]

    def do(self, invitation: Invitation) -> str:
        """Call the action. Gives what to say."""
        raise NotImplementedError(type(self).__name__)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Do it, or say why not."""
        invitation = one_seen(self.user, Invitation, pk, "for_list")
        try:
            messages.success(request, self.do(invitation))
        except (Blocked, Stale) as refusal:
            for words in refusal_words(refusal):
                messages.warning(request, words)
        return redirect("workspace:invitation", pk=pk)


class RenewLink(InvitationButton):
    """Give them a new link."""

    permission = permissions.renew_link

    def do(self, invitation: Invitation) -> str:
        """The one before ends."""
        renew_link(actor=self.user, invitation=invitation)
        return "They have a new link. The one before leads nowhere now."


class LogWords(InvitationButton):
    """Log what they want to say."""

    permission = permissions.log_what_was_said

    def do(self, invitation: Invitation) -> str:
        """As a contact of its own."""
        log_what_was_said(actor=self.user, invitation=invitation)
        return "Logged as a contact, with their words as a point."


class ReleasePlaces(WorkspaceView):
    """Give held places free."""

    permission = permissions.release_places
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Do it."""
        held = one_of(HeldPlaces.objects.visible_to(self.user).select_related("forum"), pk=pk)
        forum = held.forum_id
        release_places(actor=self.user, held=held)
        messages.success(request, "Anybody gets these places now.")
        return redirect("workspace:invite", pk=forum)
