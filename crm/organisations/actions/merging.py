"""How groups stand to a community goes along when it is merged into another."""

from __future__ import annotations

from crm.communities.models import Community
from crm.organisations.models import OrganisationCommunity


def carry_groups_over(community: Community, into: Community) -> None:
    """Groups led by, speaking for or working with a community stand like that to the one that stays; part of
    `merge_community`. A group that stood to both keeps the nearer of the two: led by, speaks for, works with,
    serves."""
    nearness: list[str] = list(OrganisationCommunity.Relation.values)
    stand = {link.organisation_id: link for link in OrganisationCommunity.objects.filter(community=into)}
    for link in OrganisationCommunity.objects.filter(community=community):
        other = stand.get(link.organisation_id)
        if other is None:
            link.community = into
            link.save(update_fields=["community"])
            continue
        nearer = min(link.relation, other.relation, key=nearness.index)
        link.delete()
        if nearer != other.relation:
            other.relation = nearer
            other.save(update_fields=["relation"])
