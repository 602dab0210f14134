"""What the public site shows on the home page of whoever writes, translates or checks it."""

from __future__ import annotations

from cms.standing import how_versions_stand
from crm.base.actors import CONTENT_ROLES, Actor, holds
from crm.base.timeline import Card


def site_card(reader: Actor) -> Card | None:
    """How many versions wait for somebody, and the way to the editor: these colleagues begin here, not there."""
    if not holds(reader, CONTENT_ROLES):
        return None
    table = how_versions_stand()
    return Card("workspace/versions/card_home.html", {"waits": table.waits, "overdue": table.overdue}, order=12)
