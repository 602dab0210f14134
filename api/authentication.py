"""Who is asking: a token, or a page of the workspace in the name of who is signed in."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from crm.accounts.models import ApiToken, User
from crm.accounts.models.keys import grants_by_token, working_token
from crm.base.kept import Words, asked_ahead
from crm.base.writing import writing_allowed

NOT_WORKING = "This token does not work. It may have been revoked, or its last day has passed."
UNPROTECTED = "A page that asks for a change sends its CSRF token with it, in the header X-CSRFToken."
LAST_USED_EVERY = timedelta(hours=1)  # "last used" tells old tokens from live ones; a write a request would be waste


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>`: a token somebody made on their account page."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The token's user, and the token; None when the request brings none. Raises `AuthenticationFailed`."""
        scheme, _, key = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        token = _working(Words(ApiToken.digest_of(key.strip())))
        if token is None:
            raise AuthenticationFailed(NOT_WORKING)
        remember_use(token)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a request without a working token is told to bring (RFC 6750)."""
        return 'Bearer realm="Heard"'


def _working(digest: Words) -> ApiToken | None:
    """The token with this hash, its user, and the roles they hold today: one query for all of it."""
    now = timezone.now()
    with asked_ahead([(working_token, digest, now), (grants_by_token, digest)]):
        token = next(iter(working_token(digest, now)), None)
        if token is not None:
            token.user.grants_today = grants_by_token(digest)
    return token


def remember_use(token: ApiToken) -> None:
    """Keep when a token was last used, to the hour. It is machinery, no change of anybody's: neither its version nor
    the audit moves."""
    now = timezone.now()
    if token.last_used_at is None or token.last_used_at < now - LAST_USED_EVERY:
        with writing_allowed():
            older = Q(last_used_at=None) | Q(last_used_at__lt=now - LAST_USED_EVERY)
            ApiToken.objects.filter(older, pk=token.pk).update(last_used_at=now)


class PageSession(SessionAuthentication):
    """A page of the workspace asking, with its CSRF token. `SecondFactorMiddleware` empties a session that has not
    passed the second factor before it gets here."""

    def enforce_csrf(self, request: Request) -> None:
        """Raise `PermissionDenied` for a change without the page's CSRF token."""
        try:
            super().enforce_csrf(request)
        except PermissionDenied as problem:
            raise PermissionDenied(UNPROTECTED) from problem
