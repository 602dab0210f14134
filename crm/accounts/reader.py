"""Who is signed in, for pages that only signed-in people reach."""

from __future__ import annotations

from django.http import HttpRequest

from crm.accounts.models import User
from crm.base.permissions import Refused


def reader_of(request: HttpRequest) -> User:
    """The signed-in user of a request. Raises `Refused` when there is none: such a page was left unguarded."""
    if isinstance(request.user, User):
        return request.user
    raise Refused("Sign in first")
