"""No way into either office, or through a page's session into the API, past the second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from crm.accounts.groups import keep_groups_in_step, may_edit_site
from crm.base.permissions import Row

WORKSPACE, EDITOR, API = "/workspace/", "/cms/", "/api/"
# Pages that could take a second factor away, or show its codes: a session that has not proved it may not open them.
FACTOR_PAGES = ("/accounts/2fa/", "/accounts/password/change/", "/accounts/sessions/")
PROVING_PAGES = (
    "/accounts/2fa/authenticate/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/webauthn/reauthenticate/",
    "/accounts/2fa/webauthn/login/",
)
# Wagtail's own doors to accounts and passwords. Accounts are kept in the workspace, through actions.
CLOSED_IN_EDITOR = ("users/", "groups/", "password_reset/", "bulk/crm/user/")
OPEN_IN_EDITOR = ("login/", "logout/")
FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
ADDED_FACTOR = "second_factor_added_by"
WANTED = "wanted_before_second_factor"
View = Callable[..., HttpResponseBase]


def remember_added_factor(request: HttpRequest) -> None:
    """Somebody set a second factor up in this session and showed that it works: the session has proved it."""
    request.session[ADDED_FACTOR] = str(request.user.pk)


def has_proved_factor(request: HttpRequest) -> bool:
    """Whether this very session was opened, or confirmed, with a second factor. A session that somebody opened with
    the password alone, before the owner set a factor up, has not."""
    if request.session.get(ADDED_FACTOR) == str(request.user.pk):
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)


def wanted_page(request: HttpRequest) -> str:
    """Where somebody was going when they were led to set a second factor up. Kept in the session and never taken from
    an address, so that it leads to no other site. Empty when they were going nowhere."""
    return str(request.session.get(WANTED, ""))


class SecondFactorMiddleware:
    """Where the council requires it, a session without a second factor reaches only the pages that set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page itself: the question is asked when it is known which page it is."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Send the reader to where the factor is set up or proved; let the rest through."""
        if not self._concerns(request, view) or not request.user.is_authenticated:
            return None
        enabled = is_mfa_enabled(request.user, FACTORS)
        inside = request.path_info.startswith(FACTOR_PAGES)
        if enabled and has_proved_factor(request):
            if not inside:
                request.session.pop(WANTED, None)
            return None
        if request.path_info.startswith(API):
            request.user = AnonymousUser()  # a token in the request still counts; the page's session does not
            return None
        if not enabled:
            return None if inside else self._to_set_up(request)
        return self._to_proof(request)

    @staticmethod
    def _concerns(request: HttpRequest, view: View) -> bool:
        path = request.path_info
        if not settings.SECOND_FACTOR_REQUIRED or path.startswith(PROVING_PAGES):
            return False
        if path.startswith(WORKSPACE):  # help and privacy are for anyone
            row = getattr(getattr(view, "view_class", None), "row", None)
            return not (isinstance(row, Row) and row.public)
        return path.startswith((EDITOR, API, *FACTOR_PAGES))

    @staticmethod
    def _to_set_up(request: HttpRequest) -> HttpResponse:
        if request.method == "GET":
            request.session[WANTED] = request.get_full_path()
        return redirect("mfa_index")

    @staticmethod
    def _to_proof(request: HttpRequest) -> HttpResponse:
        ways = get_adapter().get_reauthentication_methods(request.user)
        first = next(way["url"] for way in ways if way["id"].startswith("mfa"))
        following = request.get_full_path() if request.method == "GET" else WORKSPACE
        return redirect_to_login(following, login_url=first)


class EditorDoorMiddleware:
    """The public site's editor opens for today's publishers, translators and accessibility checkers, for nobody else;
    its own pages for users, groups and passwords are closed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page itself."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Refuse, or put the stored groups right and let through."""
        if not request.path_info.startswith(EDITOR):
            return None
        inside = request.path_info[len(EDITOR) :]
        if inside.startswith(OPEN_IN_EDITOR):
            return None
        if inside.startswith(CLOSED_IN_EDITOR):
            raise Http404
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        # A superuser would pass every question the editor asks; `check --deploy` refuses them, and so does the door.
        if request.user.is_superuser or not may_edit_site(request.user):
            raise PermissionDenied
        keep_groups_in_step(request.user)
        return None
