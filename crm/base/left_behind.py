"""What somebody typed and could not save, because they had been signed out or had signed in anew in another tab.

It waits in this browser's session, for an hour and for its writer alone, and comes back in the form. Nothing of it
stands in an address. Only a form that a signed-in person was given is kept: nobody else fills our store.
"""

from __future__ import annotations

import time
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict

from crm.base.views import WorkspaceView

KEPT = "kept_forms"
KEPT_SECONDS = 3600
MOST_KEPT = 5  # several tabs lose nothing, and one session stays small
WHO_WRITES = "who_writes"  # the hidden name of whoever was given the form
SALT = "kept_contact"
SIGN_IN_FIRST = "You were signed out. What you wrote is kept for an hour: sign in, and it comes back."
SIGNED_IN_AGAIN = "You are signed in again. What you wrote is below. Check it and save."


def mark_of_writer(user: Any) -> str:
    """What a form carries so that it comes back to this person only; empty for somebody who is not signed in."""
    return signing.dumps(str(user.pk), salt=SALT) if user.is_authenticated else ""


def writer_of(sent: QueryDict) -> str:
    """The id of the person to whom this form was shown; empty when nobody was."""
    try:
        return str(signing.loads(sent.get(WHO_WRITES, ""), salt=SALT))
    except signing.BadSignature:
        return ""


def keep(request: HttpRequest, path: str, sent: QueryDict) -> None:
    """Let it wait until the page at `path` is opened again."""
    told = sent.copy()
    told.pop("csrfmiddlewaretoken", None)
    waiting = {where: kept for where, kept in request.session.get(KEPT, {}).items() if where != path}
    newest = dict(list(waiting.items())[-(MOST_KEPT - 1) :])
    request.session[KEPT] = {**newest, path: {"sent": told.urlencode(), "at": time.time()}}


def take_back(request: HttpRequest) -> QueryDict | None:
    """What waits for this page within the hour, if the same person wrote it; anything else of this page is dropped."""
    waiting = request.session.get(KEPT, {})
    if request.path not in waiting:
        return None
    kept = waiting.pop(request.path)
    request.session[KEPT] = waiting
    if "kept" not in request.GET or time.time() - kept["at"] > KEPT_SECONDS:
        return None
    sent = QueryDict(kept["sent"])
    return sent if writer_of(sent) == str(request.user.pk) else None


class ComesBack(WorkspaceView):
    """A page with a form in which what was typed comes back after signing in again."""

    answers_scripts = False  # our own scripts ask for words, not for another page

    def when_signed_out(self, request: HttpRequest) -> HttpResponseBase:
        """Keep what was typed, send to sign-in, and come back to it."""
        if request.method == "POST" and writer_of(request.POST):
            keep(request, request.path, request.POST)
            return _to_sign_in(request)
        return super().when_signed_out(request)

    def typed_before(self, request: HttpRequest) -> QueryDict | None:
        """What its writer typed before they signed in again, with words that say so; None when nothing waits."""
        kept = take_back(request)
        if kept is not None:
            messages.warning(request, SIGNED_IN_AGAIN)
        return kept


def rescue(request: HttpRequest) -> HttpResponse | None:
    """A form with the token of an earlier sign-in is not saved, but its words come back in the form with a new token.
    None for any other form, and for one that was shown to somebody else."""
    view = getattr(request.resolver_match and request.resolver_match.func, "view_class", None)
    comes_back = isinstance(view, type) and issubclass(view, ComesBack) and not view.answers_scripts
    writer = writer_of(request.POST) if comes_back else ""
    if not writer or (request.user.is_authenticated and writer != str(request.user.pk)):
        return None
    keep(request, request.path, request.POST)
    return HttpResponseRedirect(_here(request)) if request.user.is_authenticated else _to_sign_in(request)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    messages.warning(request, SIGN_IN_FIRST)
    return redirect_to_login(_here(request))


def _here(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked["kept"] = "1"
    return f"{request.path}?{asked.urlencode()}"
