"""Who signs in, and what Django's own permissions (which only the public site's editor asks) say about them."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission

from crm.accounts.groups import groups_today


class TodaysRolesBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Signs in by e-mail and password. A permission counts only through the group of a role that holds today."""

    def get_user_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """None, for a superuser too."""
        return set()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """As Django's, with today's groups; a superuser gets no more than others."""
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        found = Permission.objects.filter(group__name__in=groups_today(user_obj))
        return {f"{label}.{name}" for label, name in found.values_list("content_type__app_label", "codename")}

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """The same, asked of the database once per user object."""
        if obj is not None:
            return set()
        if not hasattr(user_obj, "_todays_permissions"):
            user_obj._todays_permissions = self.get_group_permissions(user_obj)
        cached: set[str] = user_obj._todays_permissions
        return cached
