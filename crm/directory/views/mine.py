"""What a group does by its own link: see its entry, say that it is right, or what is wrong. No account, no script."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from crm.accounts.pressing import saved_once
from crm.base.editing import ONCE
from crm.base.ids import new_id
from crm.base.permissions import Row
from crm.base.phones import shown_phone
from crm.base.public import PublicPage
from crm.base.rules import Blocked
from crm.directory import permissions
from crm.directory.actions import confirm_entry_by_link, correct_entry_by_link
from crm.directory.forms import CorrectionForm
from crm.directory.models import DirectoryEntry

NOBODY = AnonymousUser()  # whoever holds the link, also where a colleague has signed in


class MyEntry(PublicPage):
    """The entry of a group, for the group itself."""

    row: Row = permissions.confirm_entry_by_link.row
    limited = "my_entry"
    http_method_names = ["get", "head", "post"]

    def entry(self) -> DirectoryEntry:
        """The entry whose link this is. 404 for a link that never was or works no more."""
        digest = DirectoryEntry.digest_of(self.kwargs["secret"])
        found = DirectoryEntry.objects.public().for_list().filter(digest=digest).first()
        if found is None:
            raise Http404
        return found

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        """What stands in the directory, and two buttons."""
        return self._show(self.entry(), CorrectionForm(reader=NOBODY))

    def post(self, request: HttpRequest, secret: str) -> HttpResponse:
        """It is right; or what is wrong."""
        entry, form = self.entry(), CorrectionForm(request.POST, reader=NOBODY)
        if "right" in request.POST:
            confirm_entry_by_link(actor=NOBODY, entry=entry, secret=secret)
            messages.success(request, "Thank you. The directory says that you confirmed it today.")
            return self._here()
        if form.is_valid():
            try:
                saved_once(request, lambda: self._said(entry, form))
            except Blocked as refusal:
                form.add_blockers(refusal)
            else:
                messages.success(request, "Thank you. We put it right within 5 working days.")
                return self._here()
        return self._show(entry, form)

    def please_wait(self) -> HttpResponse:
        """What was typed is still there when they come back."""
        return render(self.request, "public/join/wait.html", {"title": "Please wait"}, status=429)

    def _said(self, entry: DirectoryEntry, form: CorrectionForm) -> str:
        words = form.cleaned_data["words"]
        correct_entry_by_link(actor=NOBODY, entry=entry, secret=self.kwargs["secret"], words=words)
        return ""  # the way back holds the secret of the link, which is kept nowhere

    def _here(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("my-entry", args=[self.kwargs["secret"]]))

    def _show(self, entry: DirectoryEntry, form: CorrectionForm) -> HttpResponse:
        shown = {
            "title": entry.organisation.name,
            "entry": entry,
            "phone": shown_phone(entry.organisation.phone),
            "form": form,
            "once": self.request.POST.get(ONCE) or new_id(),
        }
        return render(self.request, "public/directory/mine.html", shown)
