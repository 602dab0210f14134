"""From the page where a contact is logged: add the group or person that is new, and come back with everything typed.

What was typed travels in the page itself, in a hidden field; only on the way back it waits in the session, as it does
while somebody signs in again. Nothing about people stands in an address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse

from crm.accounts.replay import Answer, KeyReused, once
from crm.base.gently import try_out
from crm.base.ids import new_id
from crm.base.left_behind import keep, writer_of
from crm.base.naming import Lookalike, names_like
from crm.base.rules import Blocked
from crm.base.views import WorkspaceView
from crm.organisations.actions import add_organisation
from crm.organisations.models import Organisation
from crm.people.actions import add_person
from crm.people.models import Person
from engagement.log import permissions
from engagement.log.forms import chosen_id
from engagement.log.newcomer_forms import NewcomerForm, NewGroupForm, NewPersonForm
from engagement.log.views.logging import NEWCOMER


@dataclass(frozen=True)
class Sort:
    """A group or a person: how they are asked about, added, and looked for under a name like theirs."""

    title: str
    form: type[NewcomerForm]
    add: Callable[..., Any]
    kind: str
    model: type[Any]
    known: str


SORTS = {
    "group": Sort("Add a group", NewGroupForm, add_organisation, "organisation", Organisation,
                  "We may know this group already."),
    "person": Sort("Add a person", NewPersonForm, add_person, "person", Person, "We may know this person already."),
}  # fmt: skip


class KnownAlready(Exception):
    """Names like the new one are there, and nobody has been shown them yet."""

    def __init__(self, alike: list[Lookalike]) -> None:
        self.alike = alike
        super().__init__()


class AddNewcomer(WorkspaceView):
    """Add the group or person that a contact was with, and go on logging it."""

    permission = permissions.log_event
    http_method_names = ["post"]

    def when_signed_out(self, request: HttpRequest) -> HttpResponseBase:
        """Keep what was typed, send to sign-in, and come back to the contact."""
        draft = self._draft(request)
        if writer_of(draft):  # only a form that an officer was given: nobody else fills our store
            keep(request, reverse("workspace:log-contact"), draft)
        return redirect_to_login(_back())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Show the short form; add them; or take one we know already, or nobody, and go back."""
        draft = self._draft(request)
        if "draft" not in request.POST:
            initial = {"name": draft.get("met_other", ""), "once": new_id()}
            return self._show(self.sort.form(initial=initial, reader=self.user), draft)
        if "back" in request.POST:
            return self._return(draft)
        if "choose" in request.POST:
            return self._return(draft, self._known(request.POST["choose"]))
        return self._add(self.sort.form(request.POST, reader=self.user), draft)

    @property
    def sort(self) -> Sort:
        """Whether it is a group or a person. 404 for anything else."""
        found = SORTS.get(self.request.POST.get("newcomer", ""))
        if found is None:
            raise Http404
        return found

    def _draft(self, request: HttpRequest) -> QueryDict:
        """What was typed about the contact."""
        if "draft" in request.POST:
            return QueryDict(request.POST["draft"], mutable=True)
        draft = request.POST.copy()
        for name in ("csrfmiddlewaretoken", "newcomer"):
            draft.pop(name, None)
        return draft

    def _known(self, pk: str) -> Any:
        """One whom we knew already, of those this reader may see."""
        found = self.sort.model._default_manager.visible_to(self.user).filter(pk=chosen_id(pk)).first()
        if found is None:
            raise Http404
        return found.pk

    def _add(self, form: NewcomerForm, draft: QueryDict) -> HttpResponse:
        if not form.is_valid():
            return self._show(form, draft)
        try:
            added = self._add_once(form)
        except KnownAlready as found:
            try_out(form, partial(self.sort.add, actor=self.user, details=form.details()))  # type: ignore[attr-defined]
            return self._show(form, draft, found.alike)
        except Blocked as blocked:
            form.add_blockers(blocked)
            return self._show(form, draft)
        messages.success(self.request, "Added. What you wrote about the contact is below.")
        return self._return(draft, added)

    def _add_once(self, form: NewcomerForm) -> str:
        """Add them, however often the button is pressed. Returns their id."""
        details, path = form.details(), self.request.path  # type: ignore[attr-defined]  # both forms tell theirs

        def make() -> Answer:
            self._look_first(form.cleaned_data["name"])
            return Answer(201, {"id": str(self.sort.add(actor=self.user, details=details).pk)})

        told = hashlib.sha256(repr((self.sort.kind, details)).encode()).digest()
        owner, key = str(self.user.pk), str(form.cleaned_data["once"] or new_id())
        try:
            answer = once(owner=owner, method="POST", path=path, key=key, body=told, make=make)
        except KeyReused:  # back to the short form, and now it says somebody else: that is another one
            answer = make()
        return str(answer.body["id"])

    def _look_first(self, name: str) -> None:
        """Raise `KnownAlready` for names like it, unless they were shown. Asked only when nothing was added yet: the
        second press would otherwise find what the first one added."""
        alike = [] if self.request.POST.get("seen") else names_like(self.sort.kind, name, reader=self.user)
        if alike:
            raise KnownAlready(alike)

    def _return(self, draft: QueryDict, chosen: Any = None) -> HttpResponse:
        """To the contact, with everything as it was typed and the new one chosen."""
        if chosen is not None:
            draft["met"] = str(chosen)
        draft[NEWCOMER] = "yes"
        keep(self.request, reverse("workspace:log-contact"), draft)
        return HttpResponseRedirect(_back())

    def _show(self, form: NewcomerForm, draft: QueryDict, alike: list[Lookalike] | None = None) -> HttpResponse:
        shown = {
            "title": self.sort.title,
            "form": form,
            "newcomer": self.request.POST.get("newcomer", ""),
            "draft": draft.urlencode(),
            "alike": alike or [],
            "seen": bool(alike or self.request.POST.get("seen")),
            "known": self.sort.known,
        }
        return render(self.request, "workspace/contacts/newcomer.html", shown)


def _back() -> str:
    return f"{reverse('workspace:log-contact')}?kept=1"
