"""Whom panels ask for, and seats kept for them, go along when a community is merged into another."""

from __future__ import annotations

from crm.audit.actions import write
from crm.audit.verbs import Verb
from crm.communities.models import Community
from crm.panels.models import Panel, Seat


def carry_panels_over(community: Community, into: Community) -> None:
    """Terms of reference that ask for a community ask for the one that stays, and seats kept for it are kept for that;
    part of `merge_community`."""
    for panel in Panel.objects.filter(communities=community):
        before = sorted(str(pk) for pk in panel.communities.values_list("pk", flat=True))
        panel.communities.remove(community)
        panel.communities.add(into)
        after = sorted(str(pk) for pk in panel.communities.values_list("pk", flat=True))
        write(panel, verb=Verb.PANEL_CHANGED, linked={"communities": (before, after)})
    for seat in Seat.objects.filter(reserved_for=community):
        seat.reserved_for = into
        write(seat, verb=Verb.SEAT_CHANGED)
