"""Notes of a forum, what happens next, and letters of thanks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.rules import Blocked, Blocker
from crm.base.views import WorkspaceView, one_seen, page_of, refusal_words
from crm.sending.models import Message
from crm.sending.reports import progress_of
from engagement.forums import letters_about as about
from engagement.forums.actions import notes as actions
from engagement.forums.actions.thanking import prepare_thanks, send_thanks, to_thank
from engagement.forums.forms.notes import CheckForm, NextForm, NotesForm, rows_known
from engagement.forums.forms.verbs import SureForm
from engagement.forums.models import Attendance, Forum, ForumNotes
from engagement.forums.permissions import notes as permissions
from engagement.forums.reports.notes import draft_of, published_notes
from engagement.forums.rules import notes as rules
from engagement.forums.views.forums import OneForumPage, may_read_contact
from engagement.forums.vocabulary import ForumState


class NotesPage(WorkspaceView):
    """The notes of one forum: the version that is written on, the one the public reads, and those before."""

    permission = permissions.read_notes

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        forum = one_seen(self.user, Forum, pk, "for_list")
        versions = list(ForumNotes.objects.visible_to(self.user).filter(forum=forum).for_list())
        draft = next((one for one in versions if not one.is_published), None)
        published = [one for one in versions if one.is_published]
        shown = {
            "title": "Notes",
            "forum": forum,
            "draft": draft,
            "published": published[0] if published else None,
            "before": published[1:],
            "blockers": [blocker.words for blocker in rules.blockers_to_publishing(draft)] if draft else [],
            "may_write": permissions.write_notes.row.open_to(self.user) and not list(rules.blockers_to_noting(forum)),
            "may_check": permissions.check_notes.row.open_to(self.user),
            "may_publish": permissions.publish_notes.row.open_to(self.user),
        }
        return render(request, "workspace/forums/notes.html", shown)


class WriteNotes(OneForumPage):
    """The notes are written, or the draft is changed."""

    permission = permissions.write_notes
    template_name = "workspace/forums/write_notes.html"
    title = "Write the notes"

    def subject(self) -> Any:
        """The forum, with the version that is written on."""
        forum = super().subject()
        self.draft = draft_of(forum)
        self.like = self.draft or published_notes(forum)
        return forum

    def make_form(self, data: Any, subject: Any) -> NotesForm:
        """What stands; else what may be quoted, to begin with, for whoever may read the contact."""
        known: dict[str, Any] = {"rows": []}
        if self.like is not None or subject.event_id is None or may_read_contact(subject, self.user):
            known = rows_known(subject, self.like)
        version = self.draft.version if self.draft else None
        return NotesForm(data, initial={"version": version}, rows=known, reader=self.user)

    def warnings(self, form: Any, subject: Any) -> list[Any]:
        """What to look at twice."""
        return form.warnings()  # type: ignore[no-any-return]

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It was not held."""
        return rules.blockers_to_noting(subject)

    def save(self, form: Any, subject: Any) -> Forum:
        """Keep them."""
        version = form.cleaned_data["version"]
        actions.write_notes(actor=self.user, forum=subject, rows=form.details(), expected_version=version)
        return subject  # type: ignore[no-any-return]

    def address(self, subject: Any) -> str:
        """The notes."""
        return reverse("workspace:forum-notes", args=[subject.pk])

    def shows(self) -> dict[str, Any]:
        """Nothing else."""
        return {}


class OneOfNotes(EditPage):
    """Something is done to one version."""

    template_name = "workspace/forums/verb.html"
    lead = ""
    button = "Save"

    def subject(self) -> ForumNotes:
        """The version; 404 when it is hidden or missing."""
        found: ForumNotes = one_seen(self.user, ForumNotes, self.kwargs["pk"], "for_list")
        return found

    def address(self, subject: Any) -> str:
        """The notes."""
        return reverse("workspace:forum-notes", args=[subject.forum_id])

    def shows(self) -> dict[str, Any]:
        """What to know before it is done."""
        return {"lead": self.lead, "button": self.button}


class CheckNotes(OneOfNotes):
    """Easy Read readers looked at it."""

    permission = permissions.check_notes
    title = "Easy Read readers checked it"

    def make_form(self, data: Any, subject: Any) -> CheckForm:
        """Who."""
        return CheckForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """They are checked, or in public."""
        return rules.blockers_to_checking(subject, "")

    def save(self, form: Any, subject: Any) -> ForumNotes:
        """Note it."""
        data = form.cleaned_data
        return actions.check_notes(
            actor=self.user, notes=subject, checked_by=data["checked_by"], expected_version=data["version"]
        )


class PublishNotes(OneOfNotes):
    """The public reads it."""

    permission = permissions.publish_notes
    title = "Publish these notes"
    lead = "Those who came read them from now on and, of a forum that was open to anybody, so does the public."
    button = "Publish"
    saved_words = "Published."

    def make_form(self, data: Any, subject: Any) -> SureForm:
        """Nothing to fill in."""
        return SureForm(data, initial={"version": subject.version}, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """They are in public, or not ready for it."""
        return rules.blockers_to_publishing(subject)

    def save(self, form: Any, subject: Any) -> ForumNotes:
        """Publish it."""
        return actions.publish_notes(actor=self.user, notes=subject, expected_version=form.cleaned_data["version"])


class WhatIsNext(OneForumPage):
    """What happens next."""

    permission = permissions.say_what_is_next
    title = "What happens next"

    def make_form(self, data: Any, subject: Any) -> NextForm:
        """What stands."""
        known = {"words": subject.next_words, "by": subject.next_by, "version": subject.version}
        return NextForm(data, initial=known, reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is not closed."""
        return [rules.NOT_CLOSED] if subject.state != ForumState.CLOSED else []

    def save(self, form: Any, subject: Any) -> Forum:
        """Keep it."""
        data = form.cleaned_data
        return actions.say_what_is_next(
            actor=self.user, forum=subject, words=data["words"], by=data["by"], expected_version=data["version"]
        )

    def address(self, subject: Any) -> str:
        """The letters of thanks."""
        return reverse("workspace:thanks", args=[subject.pk])


class ThanksPage(WorkspaceView):
    """Letters to those who came: prepared, looked at, sent."""

    permission = permissions.send_thanks

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        forum = one_seen(self.user, Forum, pk, "for_list")
        seen = Attendance.objects.visible_to(self.user).filter(forum=forum)
        rows = Message.objects.visible_to(self.user).filter(
            about_kind=about.CAME, about_id__in=seen.order_by().values("pk")
        )
        shown = {
            "title": "Thank those who came",
            "forum": forum,
            "page": page_of(rows.filter(state=Message.State.DRAFT).for_list(), request),
            "progress": progress_of(rows),
            "held": rows.filter(state__in=(Message.State.HELD, Message.State.FAILED)).for_list()[:25],
            "due": to_thank(forum, Attendance.objects.visible_to(self.user)).order_by().count(),
            "blockers": [blocker.words for blocker in rules.blockers_to_thanking(forum)],
        }
        return render(request, "workspace/forums/thanks.html", shown)

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Prepare the next ones, or send those that are prepared."""
        forum = one_seen(self.user, Forum, pk, "for_list")
        try:
            messages.success(request, self._send(forum) if "send" in request.POST else self._prepare(forum))
        except Blocked as refusal:
            for words in refusal_words(refusal):
                messages.warning(request, words)
        return redirect("workspace:thanks", pk=pk)

    def _prepare(self, forum: Forum) -> str:
        made = prepare_thanks(actor=self.user, forum=forum)
        return f"Prepared: {len(made)}. Look at them, then send them."

    def _send(self, forum: Forum) -> str:
        done = send_thanks(actor=self.user, forum=forum)
        held = f" Held back, with the reason on each: {len(done.held)}." if done.held else ""
        return f"On their way: {len(done.queued)}.{held}"
