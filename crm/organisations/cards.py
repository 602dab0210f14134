"""What groups show on the pages of communities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.base.timeline import Card, Glance, asks
from crm.communities.models import Community
from crm.organisations.models import Organisation, OrganisationCommunity


@kept
def _groups_of(reader: Actor, community: UUID) -> Any:
    seen = Organisation.objects.visible_to(reader).open().order_by()
    rows = OrganisationCommunity.objects.filter(community=community, organisation__in=seen)
    return rows.select_related("organisation").order_by("organisation__name")


@asks(lambda reader, subject: [(_groups_of, reader, subject.pk)] if isinstance(subject, Community) else [])
def groups_of(reader: Actor, subject: Any) -> Card | None:
    """On a community's page: the groups led by it, speaking for it, working with it and serving it, in this order."""
    if not isinstance(subject, Community):
        return None
    links = _groups_of(reader, subject.pk)
    relations = OrganisationCommunity.Relation
    found: dict[str, list[Organisation]] = {relation: [] for relation in relations.values}
    for link in links:
        found[link.relation].append(link.organisation)
    headings = {relations.LED_BY: "Led by them", relations.SPEAKS_FOR: "Speak for them",
                relations.WORKS_WITH: "Work with them", relations.SERVES: "Serve them"}  # fmt: skip
    groups = [(words, found[relation]) for relation, words in headings.items() if found[relation]]
    known = ", ".join(f"{len(many)} {words.lower()}" for words, many in groups) or "No groups here that you may read."
    glance = [Glance("Groups", known, order=25)]
    return Card("workspace/groups/card_of_community.html", {"groups": groups}, order=20, glance=glance)


def who_a_group_is(reader: Actor, subject: Any) -> Sequence[Glance]:
    """At the top of a group's page: what it is, and how it stands to which community."""
    if not isinstance(subject, Organisation):
        return []
    found = [subject.get_kind_display()]
    found += [f"{link.get_relation_display().lower()} {link.community.name}" for link in subject.community_links.all()]
    return [Glance("Who they are", "; ".join(found), order=10)]
