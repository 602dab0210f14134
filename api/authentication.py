"""Who is asking: a token, or the signed-in page itself."""

from __future__ import annotations

from rest_framework.authentication import BaseAuthentication, SessionAuthentication


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer <key>`."""

    def authenticate(self, request):  # type: ignore[no-untyped-def]
        return None

    def authenticate_header(self, request):  # type: ignore[no-untyped-def]
        return "Bearer"


class PageSession(SessionAuthentication):
    """A page of the workspace asking in the name of who is signed in."""
