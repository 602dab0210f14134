"""Who signs in, and what Django's own permissions (which only the public site's editor asks) say about them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission

from crm.accounts.groups import groups_today
from crm.accounts.models import User
from crm.accounts.models.users import grants_on_this_day, user_by_id
from crm.base.kept import asked_ahead


class TodaysRolesBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Signs in by e-mail and password. A permission counts only through the group of a role that holds today."""

    def get_user(self, user_id: Any) -> User | None:
        """Who is signed in, with the roles they hold today: one query for both."""
        key = user_id if isinstance(user_id, UUID) else UUID(str(user_id))
        with asked_ahead([(user_by_id, key), (grants_on_this_day, key)]):
            found = next(iter(user_by_id(key)), None)
            if found is None or not self.user_can_authenticate(found):
                return None
            found.grants_today = grants_on_this_day(key)
        return found

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
