"""Arrangements: the list to work through, one of them, and each step; and whether a forum is ready."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.rules import Blocker
from crm.base.views import WorkspaceView, one_seen
from crm.people.actions import read_restricted_people
from crm.people.flags import show_flags
from engagement.forums.actions.arrangements import (
    book_arrangement,
    confirm_arrangement,
    drop_arrangement,
    let_fall_through,
    note_arrangement,
    tell_arrangement,
)
from engagement.forums.actions.ready import mark_ready
from engagement.forums.arrangement_filters import ArrangementFilter
from engagement.forums.forms.arrangements import BookForm, GoneForm, PressForm, ReadyForm, TellForm, WhyForm, initial_of
from engagement.forums.models import Arrangement, Forum
from engagement.forums.permissions import arrangements as permissions
from engagement.forums.rules import arrangements as rules
from engagement.forums.rules.ready import blockers_to_being_ready, blockers_to_calling, missing_at
from engagement.forums.there import standing


def mark_people(reader: Any, people: Iterable[Any]) -> None:
    """Whoever reads of restricted people leaves a mark."""
    restricted = {person.pk: person for person in people if person is not None and person.restricted}
    if restricted:
        read_restricted_people(actor=reader, people=list(restricted.values()))


def mark_restricted(reader: Any, rows: Iterable[Arrangement]) -> None:
    """The same for arrangements of theirs."""
    mark_people(reader, (row.invitation.person for row in rows))


class ArrangementList(Listing):
    """Everything that is still to be arranged, the next forum first, unless the address says otherwise."""

    permission = permissions.read_arrangements
    template_name = "workspace/forums/arrangements.html"
    title = "Arrangements to make"
    filterset = ArrangementFilter
    shown_filters = ("mine", "state", "fell_through", "who", "locality", "on_from", "on_to")

    def rows(self) -> Any:
        """What this reader may see; what is to be made, until somebody asks for others."""
        rows = Arrangement.objects.visible_to(self.user).for_list()
        asked = self.request.GET.keys() & {"forum", "state", "on_from", "on_to"}
        return rows.standing() if asked else rows.to_make()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With what each forum offers anyway."""
        shown = super().get_context_data(**kwargs)
        mark_restricted(self.user, shown["page"])
        return {**shown, "standings": standing(shown["page"])}


class ForumArrangements(WorkspaceView):
    """What whoever comes to one forum needs: what is missing, what is arranged, what is there anyway."""

    permission = permissions.read_arrangements

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        forum = one_seen(self.user, Forum, pk, "for_list")
        rows = list(Arrangement.objects.visible_to(self.user).filter(forum=forum).for_list())
        mark_restricted(self.user, rows)
        known = sorted(standing(rows), key=lambda one: (one.due_on, one.row.pk))
        seen = {row.pk for row in rows}
        hidden = [each for each in missing_at(forum) if each.row.pk not in seen]
        shown = {
            "title": "Arrangements",
            "forum": forum,
            "to_do": [one for one in known if one.to_do],
            "sure": [one for one in known if one.row.is_needed and not one.to_do and not one.is_there],
            "there": [one for one in known if one.row.is_needed and one.is_there],
            "not_needed": [one for one in known if not one.row.is_needed],
            "hidden": [each.words(readable=False) for each in hidden],
            "may_call": not list(blockers_to_calling(forum)),
        }
        return render(request, "workspace/forums/arrangements_of_forum.html", shown)


class ArrangementPage(WorkspaceView):
    """One arrangement: for whom, how far, with whom, every step, and what can be done next."""

    permission = permissions.read_arrangements

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        row = one_seen(self.user, Arrangement, pk, "for_page")
        mark_restricted(self.user, [row])
        show_flags([row.invitation.person], reader=self.user)
        open_ = not list(rules.blockers_to_arranging(row))
        shown = {
            "title": row.what,
            "one": standing([row])[0],
            "row": row,
            "may_book": open_,
            "may_confirm": not list(rules.blockers_to_confirming(row)),
            "may_tell": not list(rules.blockers_to_telling(row)),
            "may_fall": not list(rules.blockers_to_falling_through(row, "x")),
            "may_note": not list(rules.blockers_to_noting_at_all(row, timezone.localdate())),
        }
        return render(request, "workspace/forums/arrangement.html", shown)


class OneArrangement(EditPage):
    """A step of one arrangement."""

    template_name = "workspace/forums/arrangement_verb.html"
    button = "Save"
    lead = ""

    def subject(self) -> Arrangement:
        """The arrangement; reading of somebody restricted leaves a mark."""
        found: Arrangement = one_seen(self.user, Arrangement, self.kwargs["pk"], "for_list")
        if self.request.method == "GET":
            mark_restricted(self.user, [found])
        return found

    def make_form(self, data: Any, subject: Any) -> Any:
        """Nothing to fill in."""
        return PressForm(data, initial={"version": subject.version}, reader=self.user)

    def address(self, subject: Any) -> str:
        """The arrangement's page."""
        return reverse("workspace:arrangement", args=[subject.pk])

    def shows(self) -> dict[str, Any]:
        """What to know before it is done."""
        return {"lead": self.lead, "button": self.button}


class BookArrangement(OneArrangement):
    """With whom."""

    permission = permissions.book_arrangement
    title = "Book it"
    saved_words = "Booked. Ask next whether it is certain."

    def make_form(self, data: Any, subject: Any) -> BookForm:
        """What stands."""
        return BookForm(data, initial=initial_of(subject), reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is over, or not needed."""
        return rules.blockers_to_arranging(subject)

    def save(self, form: Any, subject: Any) -> Arrangement:
        """Book it."""
        version = form.cleaned_data["version"]
        return book_arrangement(actor=self.user, arrangement=subject, details=form.details(), expected_version=version)


class ConfirmArrangement(OneArrangement):
    """It is certain."""

    permission = permissions.confirm_arrangement
    title = "Is it certain?"
    lead = "Say yes when whoever was booked has confirmed the day, the time and the place."
    button = "Yes, it is certain"
    saved_words = "Confirmed. Tell the person next."

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is not booked, or sure."""
        return rules.blockers_to_confirming(subject)

    def save(self, form: Any, subject: Any) -> Arrangement:
        """Confirm it."""
        version = form.cleaned_data["version"]
        return confirm_arrangement(actor=self.user, arrangement=subject, expected_version=version)


class TellArrangement(OneArrangement):
    """The person knows, or is written to."""

    permission = permissions.tell_arrangement
    title = "Tell the person"
    lead = "Tell them what is arranged and whom they can ring."
    saved_words = "Saved. They count as told as soon as the message went out."

    def make_form(self, data: Any, subject: Any) -> TellForm:
        """How."""
        return TellForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is not sure, or they were told."""
        return rules.blockers_to_telling(subject)

    def save(self, form: Any, subject: Any) -> Arrangement:
        """Write, or note it."""
        data = form.cleaned_data
        by_message = data["how"] == "message"
        return tell_arrangement(
            actor=self.user, arrangement=subject, by_message=by_message, expected_version=data["version"]
        )


class ArrangementFell(OneArrangement):
    """Whoever was booked cannot come."""

    permission = permissions.let_fall_through
    title = "It fell through"
    lead = "It must be booked again, and the forum is no longer ready."
    button = "It fell through"
    saved_words = "Noted. It must be booked again."

    def make_form(self, data: Any, subject: Any) -> WhyForm:
        """What happened."""
        return WhyForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """Nothing is booked."""
        return rules.blockers_to_falling_through(subject, "")

    def save(self, form: Any, subject: Any) -> Arrangement:
        """Note it."""
        data = form.cleaned_data
        return let_fall_through(
            actor=self.user, arrangement=subject, reason=data["reason"], expected_version=data["version"]
        )


class DropArrangement(ArrangementFell):
    """Not needed at this forum."""

    permission = permissions.drop_arrangement
    title = "It is not needed at this forum"
    lead = "Only when the person said so. The need itself stays in their record."
    button = "It is not needed"
    saved_words = "Noted: it is not needed at this forum."

    def make_form(self, data: Any, subject: Any) -> WhyForm:
        """Why."""
        form = super().make_form(data, subject)
        form.fields["reason"].label = "Why is it not needed?"
        return form

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is over, or not needed."""
        return rules.blockers_to_dropping(subject, "")

    def save(self, form: Any, subject: Any) -> Arrangement:
        """Note it."""
        data = form.cleaned_data
        return drop_arrangement(
            actor=self.user, arrangement=subject, reason=data["reason"], expected_version=data["version"]
        )


class NoteArrangement(OneArrangement):
    """How it went."""

    permission = permissions.note_arrangement
    title = "How did it go?"
    saved_words = "Saved."

    def make_form(self, data: Any, subject: Any) -> GoneForm:
        """What was noted before."""
        known = {name: getattr(subject.outcome, name, "") for name in ("met", "why", "words")}
        there = "yes" if subject.state in ("done", "rated") else ""
        return GoneForm(data, initial={**known, "there": there, "version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """Its day is still to come, or the forum was cancelled."""
        return rules.blockers_to_noting_at_all(subject, timezone.localdate())

    def save(self, form: Any, subject: Any) -> Arrangement:
        """Note it."""
        version = form.cleaned_data["version"]
        return note_arrangement(actor=self.user, arrangement=subject, details=form.details(), expected_version=version)


class CallReady(EditPage):
    """A forum is ready: the list of what is missing stands beforehand; a reason overrides it."""

    permission = permissions.mark_ready
    template_name = "workspace/forums/arrangements_ready.html"
    title = "Is this forum ready?"
    saved_words = "This forum is ready."

    def subject(self) -> Forum:
        """The forum."""
        found: Forum = one_seen(self.user, Forum, self.kwargs["pk"], "for_list")
        self.missing = blockers_to_being_ready(missing_at(found), self.user)
        return found

    def make_form(self, data: Any, subject: Any) -> ReadyForm:
        """A reason, where something is missing."""
        form = ReadyForm(data, initial={"version": subject.version}, reader=self.user)
        if not self.missing:
            del form.fields["reason"]
        return form

    def save(self, form: Any, subject: Any) -> Forum:
        """Call it ready."""
        data = form.cleaned_data
        reason = data.get("reason", "")
        return mark_ready(actor=self.user, forum=subject, reason=reason, expected_version=data["version"])

    def address(self, subject: Any) -> str:
        """The forum's arrangements."""
        return reverse("workspace:forum-arrangements", args=[subject.pk])

    def shows(self) -> dict[str, Any]:
        """What is missing."""
        return {"missing": self.missing}
