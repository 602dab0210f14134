"""The permissions table, asked by the API: the user's role first, then how far their token goes."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from crm.accounts.models import ApiToken, TokenScope
from crm.base.permissions import Permission

REACH = [TokenScope.READ, TokenScope.LOG, TokenScope.ADMIN]


def goes_as_far(token: ApiToken, scope: str) -> bool:
    """Whether a token's scope covers the scope that a row of the table needs. An unknown scope is never covered."""
    return (
        scope in REACH
        and token.scope in REACH
        and REACH.index(TokenScope(token.scope)) >= REACH.index(TokenScope(scope))
    )


def opens(permission: Permission | None, request: Request) -> bool:
    """Whether a row is open to this user and token."""
    if permission is None or not permission.row.open_to(request.user):
        return False
    return not isinstance(request.auth, ApiToken) or goes_as_far(request.auth, permission.row.scope)


class RowPermission(BasePermission):
    """Each view names a row for each of its methods. A method without one is closed."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the row is open to this user and token. Raises `NotAuthenticated`, `PermissionDenied`."""
        if not request.user.is_authenticated:
            raise NotAuthenticated("Sign in first, or send a token: Authorization: Bearer <key>.")
        method = "GET" if request.method == "HEAD" else str(request.method)
        permission: Permission | None = view.permissions_by_method.get(method)
        if permission is None:
            known = method.lower() in view.http_method_names and hasattr(view, method.lower())
            return not known  # no such method here: the view answers 405
        if not permission.row.open_to(request.user):
            raise PermissionDenied(f"Your role does not allow this: {permission.row.words.lower()}.")
        if isinstance(request.auth, ApiToken) and not goes_as_far(request.auth, permission.row.scope):
            raise PermissionDenied(f"This token does not go that far. It needs the scope “{permission.row.scope}”.")
        return True
