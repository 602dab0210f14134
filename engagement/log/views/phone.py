"""Contacts written without signal: they wait on the officer's phone, locked, and are sent once when there is some.

The phone does the waiting (`heard/phone.js`). Here is what it talks to: a key that locks what waits to its officer, the
door through which a contact comes in, the worker that keeps the page of the log at hand, and its home screen's icon.
"""

from __future__ import annotations

import base64
from html import unescape
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.views.generic import View

from crm.accounts.permissions import PUBLIC_PAGE, open_workspace
from crm.accounts.replay import KeyReused
from crm.areas.models import Council
from crm.base.left_behind import writer_of
from crm.base.permissions import Row
from crm.base.rules import Blocked
from crm.base.views import WorkspacePage, WorkspaceView
from engagement.log import permissions
from engagement.log.forms import LogContactForm
from engagement.log.views.logging import ALREADY_SAVED, LOGGED, LogContact, SameWords, saved_today

SIGN_IN = "Sign in to send it. It is still saved on this phone."
NO_LONGER = (
    "You may not log contacts any more, so what you wrote was not sent. It is still saved on this phone. "
    "Ask your administrator: when you may log again, it is sent from here."
)
SOMEBODY_ELSE = "Another person wrote this contact. They must sign in to send it."


class AnswersScript(WorkspaceView):
    """An address that a script of ours asks: whoever is signed out, or may not, is told so in words it can show."""

    answers_scripts = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """403 with what to do, for an officer whose role ended while contacts waited."""
        try:
            return super().dispatch(request, *args, **kwargs)
        except PermissionDenied:
            return JsonResponse({"reasons": [NO_LONGER]}, status=403, headers={"Cache-Control": "no-store"})

    def when_signed_out(self, request: HttpRequest) -> HttpResponseBase:
        """401, in words."""
        return JsonResponse({"reasons": [SIGN_IN]}, status=401, headers={"Cache-Control": "no-store"})


class ContactsOnThisPhone(WorkspacePage):
    """What waits on this phone, since when, and what was sent. The server knows nothing of it: the page is empty, and
    the phone fills it. Whoever may log no more still sees that something waits, and why."""

    permission = open_workspace
    template_name = "workspace/contacts/phone.html"
    title = "Contacts on this phone"


class PhoneKey(AnswersScript):
    """The key that locks what this officer writes without signal, and what a script needs to send it.

    It is the same for one officer, so that what waited is opened after signing in again; nobody else gets it. Once a
    phone was reported lost it is another, and nobody gets the one before.
    """

    permission = permissions.log_event

    def get(self, request: HttpRequest) -> HttpResponse:
        """Whose key, the key, a fresh token against forged requests, and for how long the session lasts."""
        whose = f"{self.user.pk} {self.user.phones_lost}"
        key = salted_hmac("heard.contacts-on-a-phone", whose, algorithm="sha256").digest()
        return JsonResponse(
            {
                "who": str(self.user.pk),
                "key": base64.b64encode(key).decode(),
                "csrf": get_token(request),
                "seconds": request.session.get_expiry_age(),
            }
        )


class SendFromPhone(AnswersScript, LogContact):
    """The door for a contact that waited. Same form, same action, same words as the page; once for each key."""

    permission = permissions.log_event
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """201 with its address, 200 when it came before; 422 with the reasons, and the phone keeps it."""
        sent = request.POST.copy()
        sent["key"] = request.headers.get("Idempotency-Key", "")
        if writer_of(sent) != str(self.user.pk):
            return _needs_a_change([SOMEBODY_ELSE])
        form, look = self._judged(request, sent)
        if form.errors or look.unsaid:
            return _needs_a_change([*_reasons(form), *(plain(one.words) for one in look.unsaid)])
        return self._take(sent, form)

    def _take(self, sent: QueryDict, form: LogContactForm) -> HttpResponse:
        try:
            answer = self._log_once(sent, form)
        except KeyReused:
            return _needs_a_change([ALREADY_SAVED], code="sent_before")
        except SameWords as found:
            return _needs_a_change([plain(saved_today(found.event, self.user).words)])
        except Blocked as blocked:
            form.add_blockers(blocked)
            return _needs_a_change(_reasons(form))
        if "Heard-Pressed" in self.request.headers:  # the officer looks on, and is led to the contact
            messages.success(self.request, LOGGED)
        body = {"sent": sent["key"], "address": answer.location}
        return JsonResponse(body, status=200 if answer.replayed else 201)


class PhoneWorker(View):
    """The worker of the browser that keeps the page of the log, this phone's list and their styles at hand. It stands
    under /workspace/ because a browser lets it look after no address above its own."""

    row: Row = PUBLIC_PAGE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The script. Browsers look for a newer one each time."""
        script = Path(finders.find("heard/phone-worker.js") or "").read_text()
        return HttpResponse(
            script, content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"}
        )


class Manifest(View):
    """What a phone asks to put Heard on its home screen: there it opens the page of the log, with or without signal."""

    row: Row = PUBLIC_PAGE

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Name, colour and icon; the workspace is its scope (W3C, Web Application Manifest)."""
        council = Council.objects.first() or Council()
        shown = {
            "id": reverse("workspace:home"),
            "name": f"Heard {council.name}".strip(),
            "short_name": "Heard",
            "lang": "en-GB",
            "dir": "ltr",
            "start_url": reverse("workspace:log-contact"),
            "scope": reverse("workspace:home"),
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": council.brand_colour,
            "icons": [
                {"src": static(f"heard/icon-{size}.png"), "sizes": f"{size}x{size}", "purpose": "any maskable"}
                for size in (192, 512)
            ],
        }
        return JsonResponse(shown, content_type="application/manifest+json", headers={"Cache-Control": "max-age=3600"})


def _reasons(form: LogContactForm) -> list[str]:
    """What is missing, each once."""
    return list(dict.fromkeys(str(words) for errors in form.errors.values() for words in errors))


def plain(words: str) -> str:
    """A warning without its links: the phone shows it as it comes."""
    return unescape(strip_tags(words)) if isinstance(words, SafeString) else words


def _needs_a_change(reasons: list[str], code: str = "") -> HttpResponse:
    return JsonResponse({"reasons": reasons, "code": code}, status=422)
