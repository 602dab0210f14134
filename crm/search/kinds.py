"""The kinds of record in these rooms that search finds: people, groups, communities and venues."""

from __future__ import annotations

from crm.communities.models import Community
from crm.communities.permissions import read_communities
from crm.organisations.models import Organisation
from crm.organisations.permissions import read_organisations
from crm.people.marks import mark_restricted_people
from crm.people.models import Person
from crm.people.permissions import read_people
from crm.search.registry import SearchKind, page_of, search_kinds
from crm.venues.models import Venue
from crm.venues.permissions import read_venues


def register_kinds() -> None:
    """Put them in."""
    for kind in (PEOPLE, GROUPS, COMMUNITIES, VENUES):
        search_kinds.add(kind.name, kind)


def _where(record: Person | Organisation | Venue) -> str:
    return record.area.name if record.area else ""


def _names_of(community: Community) -> list[str]:
    """What it is and was called, and what was merged into it: the old names go on finding it."""
    one_by_one = [community, *community.merged.all()]
    return [name for one in one_by_one for name in (one.name, *(old.name for old in one.former_names.all()))]


PEOPLE = SearchKind(
    name="person",
    heading="People",
    model=Person,
    permission=read_people,
    words_of=lambda person: f"{person.name} {person.form_of_address}",
    visible=lambda reader: Person.objects.visible_to(reader).select_related("area"),
    title=str,
    note=_where,
    address=page_of("person"),
    mark=mark_restricted_people,
)
GROUPS = SearchKind(
    name="organisation",
    heading="Groups",
    model=Organisation,
    permission=read_organisations,
    words_of=lambda group: f"{group.name} {group.place}",
    visible=lambda reader: Organisation.objects.visible_to(reader).select_related("area"),
    title=str,
    note=_where,
    address=page_of("group"),
)
COMMUNITIES = SearchKind(
    name="community",
    heading="Communities",
    model=Community,
    permission=read_communities,
    words_of=lambda community: " ".join(_names_of(community)),
    prefetch=("former_names", "merged__former_names"),
    visible=Community.objects.visible_to,
    title=str,
    note=lambda community: "Now part of another community" if community.merged_into_id else "",
    address=page_of("community"),
    few=True,
)
VENUES = SearchKind(
    name="venue",
    heading="Venues",
    model=Venue,
    permission=read_venues,
    words_of=lambda venue: f"{venue.name} {venue.address}",
    visible=lambda reader: Venue.objects.visible_to(reader).select_related("area"),
    title=str,
    note=_where,
    address=page_of("venue"),
    few=True,
)
