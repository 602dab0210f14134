"""Which roles open the public site's editor, and the groups that say there what each may do with pages.

The editor (Wagtail) asks Django's groups. A role that ends by its date must stop there too, so nobody trusts the stored
membership alone: what a group allows counts only while the role holds today (`crm.accounts.backends`), and the
membership is put right whenever roles change and whenever somebody enters the editor.
"""

from __future__ import annotations

from django.contrib.auth.models import Group

from crm.accounts.models import User
from crm.base.actors import Role, roles_of

PUBLISHERS = "Publishers"
TRANSLATORS = "Translators"
CHECKERS = "Accessibility checkers"
GROUP_OF: dict[Role, str] = {
    Role.PUBLISHER: PUBLISHERS,
    Role.TRANSLATOR: TRANSLATORS,
    Role.CHECKER: CHECKERS,
}


def groups_today(user: User) -> frozenset[str]:
    """The names of the groups this user's roles of today put them in; none for nobody and a closed account."""
    return frozenset(GROUP_OF[role] for role in roles_of(user) if role in GROUP_OF)


def may_edit_site(user: User) -> bool:
    """Whether the editor opens for this user today."""
    return bool(groups_today(user))


def keep_groups_in_step(user: User) -> None:
    """Make the stored memberships what today's roles say. A group of another name is taken away too."""
    wanted = groups_today(user)
    if set(user.groups.values_list("name", flat=True)) != wanted:
        user.groups.set(Group.objects.filter(name__in=wanted))


def settle_groups(user: User) -> None:
    """The same after roles have changed: today's roles are asked for again."""
    keep_groups_in_step(User.objects.get(pk=user.pk))
