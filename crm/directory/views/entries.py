"""The public directory as colleagues keep it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from crm.base.editing import EditPage
from crm.base.listing import Listing
from crm.base.phones import shown_phone
from crm.base.rules import Blocked, Blocker, Stale
from crm.base.views import WorkspaceView, one_of, one_seen, refusal_words
from crm.directory import permissions, rules
from crm.directory.actions import (
    change_entry,
    confirm_entry,
    list_group,
    make_entry_link,
    settle_correction,
    take_entry_off,
)
from crm.directory.filters import EntryFilter
from crm.directory.forms import ConfirmEntryForm, EntryForm, OutcomeForm, ReasonForm, initial_of
from crm.directory.models import DirectoryEntry, EntryCorrection
from crm.organisations.models import Organisation


def _entry_page(entry: Any) -> str:
    return reverse("workspace:directory-entry", args=[entry])


class EntryList(Listing):
    """Entries by name, narrowed by place, language, access, and what waits to be confirmed."""

    permission = permissions.read_directory
    template_name = "workspace/directory/list.html"
    title = "Public directory"
    filterset = EntryFilter
    shown_filters = ("locality", "language", "community", "access", "public", "unconfirmed")

    def rows(self) -> Any:
        """What this reader may see."""
        return DirectoryEntry.objects.visible_to(self.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what groups said is wrong and nobody has settled."""
        waiting = EntryCorrection.objects.visible_to(self.user).waiting().select_related("entry__organisation")
        return super().get_context_data(waiting=list(waiting[:10]), **kwargs)


class EntryPage(WorkspaceView):
    """One entry: as anyone reads it, when the group confirmed it, its link, and what it said is wrong."""

    permission = permissions.read_directory

    def get(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """The page."""
        entry = one_seen(self.user, DirectoryEntry, pk, "for_list")
        may_change = permissions.change_entry(actor=self.user, entry=entry)
        link = settings.SITE_ADDRESS.rstrip("/") + reverse("my-entry", args=[entry.secret]) if entry.secret else ""
        shown = {
            "title": entry.organisation.name,
            "entry": entry,
            "phone": shown_phone(entry.organisation.phone),
            "may_change": may_change,
            "link": link if may_change else "",
            "corrections": list(entry.corrections.select_related("settled_by")) if may_change else [],
        }
        return render(request, "workspace/directory/entry.html", shown)


class EntryEdit(EditPage):
    """What the pages about one entry share."""

    template_name = "workspace/groups/one_form.html"
    kind: Any

    def subject(self) -> Any:
        """The entry."""
        rows = DirectoryEntry.objects.visible_to(self.user).select_related("organisation").prefetch_related("facts")
        return one_of(rows, pk=self.kwargs["pk"])

    def make_form(self, data: Any, subject: Any) -> Any:
        """Empty, with the version that was read."""
        return self.kind(data, initial={"version": subject.version}, reader=self.user)

    def address(self, subject: Any) -> str:
        """The entry's page."""
        return _entry_page(subject.pk)


class ListGroup(EntryEdit):
    """Put a group into the directory; one that is there leads to its entry."""

    permission = permissions.list_group
    title = "Put this group into the public directory"
    saved_words = "The group stands in the directory."

    def group(self) -> Organisation:
        """The group."""
        rows = Organisation.objects.visible_to(self.user).select_related("directory_entry")
        found: Organisation = one_of(rows, pk=self.kwargs["pk"])
        return found

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The form, or the entry there is."""
        entry = getattr(self.group(), "directory_entry", None)
        if entry is not None and entry.taken_off_on is None:
            return HttpResponseRedirect(_entry_page(entry.pk))
        return super().get(request, **kwargs)

    def subject(self) -> Any:
        """None: it is not there yet."""
        self.group()

    def make_form(self, data: Any, subject: Any) -> Any:
        """Empty, or what was sent."""
        return EntryForm(data, initial=initial_of(subject), reader=self.user)

    def asks_about(self, subject: Any) -> dict[str, Any] | None:
        """The group."""
        return {"organisation": self.group()}

    def save(self, form: Any, subject: Any) -> DirectoryEntry:
        """Put it in."""
        return list_group(actor=self.user, organisation=self.group(), details=form.details())

    def address(self, subject: Any) -> str:
        """Its entry, or back to the group."""
        return _entry_page(subject.pk) if subject else reverse("workspace:group", args=[self.kwargs["pk"]])


class ChangeEntry(EntryEdit):
    """Change what the directory says."""

    permission = permissions.change_entry
    title = "Change this entry"

    def make_form(self, data: Any, subject: Any) -> Any:
        """What is stored, or what was sent."""
        return EntryForm(data, initial=initial_of(subject), reader=self.user)

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is not in the directory."""
        return rules.blockers_to_using(subject)

    def save(self, form: Any, subject: Any) -> DirectoryEntry:
        """Change it."""
        version = form.cleaned_data["version"]
        return change_entry(actor=self.user, entry=subject, details=form.details(), expected_version=version)


class ConfirmEntry(EntryEdit):
    """The group said, by text or on the phone, that its entry is right."""

    permission = permissions.confirm_entry
    title = "The group confirmed its entry"
    saved_words = "Confirmed today."
    kind = ConfirmEntryForm

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is not in the directory."""
        return rules.blockers_to_using(subject)

    def save(self, form: Any, subject: Any) -> DirectoryEntry:
        """Write it down."""
        said = form.cleaned_data
        return confirm_entry(actor=self.user, entry=subject, how=said["how"], with_whom=said["with_whom"],
                             expected_version=said["version"])  # fmt: skip


class TakeEntryOff(EntryEdit):
    """Take it off the directory."""

    permission = permissions.take_entry_off
    title = "Take this group off the directory"
    saved_words = "It no longer stands in the directory."
    kind = ReasonForm

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is not in the directory."""
        return rules.blockers_to_using(subject)

    def save(self, form: Any, subject: Any) -> DirectoryEntry:
        """Take it off."""
        said = form.cleaned_data
        return take_entry_off(actor=self.user, entry=subject, reason=said["reason"], expected_version=said["version"])


class MakeEntryLink(WorkspaceView):
    """A button of an entry's page: a link for the group. The one before stops working."""

    permission = permissions.make_entry_link
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: Any) -> HttpResponse:
        """Make it and come back, where it is shown."""
        entry = one_seen(self.user, DirectoryEntry, pk)
        try:
            make_entry_link(actor=self.user, entry=entry)
            messages.success(request, "The link is made. Send it to the group the way they like to be reached.")
        except (Blocked, Stale) as problem:
            for words in refusal_words(problem):
                messages.warning(request, words)
        return HttpResponseRedirect(_entry_page(entry.pk))


class SettleCorrection(EntryEdit):
    """Say what became of what a group said is wrong."""

    permission = permissions.settle_correction
    title = "What did you do about it?"
    kind = OutcomeForm

    def subject(self) -> Any:
        """The correction."""
        return one_seen(self.user, EntryCorrection, self.kwargs["pk"])

    def against(self, subject: Any) -> Iterable[Blocker]:
        """It is settled."""
        return rules.blockers_to_settling(subject, "")

    def save(self, form: Any, subject: Any) -> EntryCorrection:
        """Settle it."""
        said = form.cleaned_data
        return settle_correction(
            actor=self.user, correction=subject, outcome=said["outcome"], expected_version=said["version"]
        )

    def address(self, subject: Any) -> str:
        """The page of its entry."""
        return _entry_page(subject.entry_id)
