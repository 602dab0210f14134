"""Who may open the workspace, keep accounts, and make tokens."""

from __future__ import annotations

from crm.base.actors import EVERYONE_ON_STAFF, Actor
from crm.base.permissions import permission, public

PUBLIC_PAGE = public("public_page", "Read the public site, the sign-in pages and what explains them")


@permission("Open the workspace", roles=EVERYONE_ON_STAFF, scope="read")
def open_workspace(*, actor: Actor) -> bool:
    """Everyone on the staff; what they find there depends on their roles."""
    return True
