"""What a group does by its own link: see its entry, say that it is right, or what is wrong. No account, no script."""

from __future__ import annotations

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.generic import View

from crm.accounts.pressing import saved_once
from crm.base.editing import ONCE
from crm.base.ids import new_id
from crm.base.permissions import Row
from crm.base.phones import shown_phone
from crm.base.rules import Blocked
from crm.directory import permissions
from crm.directory.actions import confirm_entry_by_link, correct_entry_by_link
from crm.directory.forms import CorrectionForm
from crm.directory.models import DirectoryEntry

NOBODY = AnonymousUser()  # whoever holds the link, also where a colleague has signed in


class MyEntry(View):
    """The entry of a group, for the group itself."""

    row: Row = permissions.confirm_entry_by_link.row
    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Limit, then the page, then what keeps it out of other hands."""
        if not ratelimit.consume(request, action="my_entry"):
            response: HttpResponseBase = render(request, "public/join/wait.html", {"title": "Please wait"}, status=429)
        else:
            response = super().dispatch(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Referrer-Policy"] = "strict-origin"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

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
