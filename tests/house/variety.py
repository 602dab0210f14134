"""Records of every kind for guards that count queries or compare what is seen: one of each, and then more of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from crm.areas.models import Area, AreaGrouping
from crm.base.writing import writing_allowed
from crm.communities.actions import add_community, add_community_fact
from crm.communities.details import CommunityDetails, FactDetails
from crm.organisations.actions import add_organisation
from crm.organisations.details import CommunityLinkDetails, OrganisationDetails
from crm.people.actions import add_person
from crm.people.details import LanguageUseDetails, PersonDetails, RoleDetails, WayDetails
from engagement.log.actions import add_point, add_topic, make_promise
from engagement.log.details import BarrierDetails, PointDetails, PromiseDetails, ReachDetails, SafeguardingDetails
from engagement.log.models import AccessSupport, Barrier, EngagementEvent
from tests.house.addresses import token
from tests.world import LONG_AGO, World


def one_more(world: World, number: int) -> EngagementEvent:
    """One more ward, community, group, person, topic, key and contact; the contact links to all of them and to the
    world's own."""
    ward = _ward(world, number)
    community = add_community(
        actor=world.lead,
        details=CommunityDetails(name=f"Community {number}", parent=world.community, languages=[world.urdu]),
    )
    add_community_fact(actor=world.amina, community=world.community, details=FactDetails(words=f"Fact {number}"))
    group = add_organisation(actor=world.amina, details=_group(world, number, ward, community))
    person = add_person(actor=world.amina, details=_person(world, number, group))
    topic = add_topic(actor=world.lead, name=f"Topic {number}")
    token(world, digest=f"{number:064d}")
    return _contact(world, number, community, [world.group, group], [world.person, person], [world.topic, topic])


def _ward(world: World, number: int) -> Area:
    with writing_allowed():
        ward = Area.objects.create(
            kind="ward", code=f"X{number}", name=f"Ward {number}", first_day=LONG_AGO, source="invented"
        )
        AreaGrouping.objects.create(inner=ward, outer=world.east, first_day=LONG_AGO)
    return ward


def _group(world: World, number: int, ward: Area, community: Any) -> OrganisationDetails:
    return OrganisationDetails(
        name=f"Group {number}",
        parent=world.group,
        area=ward,
        languages=[world.urdu],
        communities=[CommunityLinkDetails(world.community, "led_by"), CommunityLinkDetails(community, "speaks_for")],
    )


def _person(world: World, number: int, group: Any) -> PersonDetails:
    return PersonDetails(
        name=f"Person {number}",
        area=world.east_ward,
        ways=[WayDetails(kind="letter", value="At the mosque", is_preferred=True)],
        languages=[LanguageUseDetails(world.urdu, "speaks")],
        roles=[RoleDetails(world.group, "member"), RoleDetails(group, "chair")],
    )


def _contact(world: World, number: int, community: Any, groups: list, people: list, topics: list) -> EngagementEvent:
    with writing_allowed():
        support, _ = AccessSupport.objects.get_or_create(name=f"Support {number}")
        barrier, _ = Barrier.objects.get_or_create(name=f"Barrier {number}")
    due = timezone.localdate() + timedelta(days=3)
    return world.contact(
        area=world.east_ward,
        organisations=groups,
        people=people,
        topics=topics,
        officers=[world.amina, world.manager],
        support_used=[support],
        languages_used=[world.urdu],
        barriers=[BarrierDetails(barrier, "The bus")],
        reach=[
            ReachDetails(world.community, 4),
            ReachDetails(community, 6, voice="through", through=world.group),
        ],
        points=[
            PointDetails("One thing.", raised_by=people[0]),
            PointDetails("Another.", raised_by_organisation=world.group, language=world.urdu),
        ],
        promises=[
            PromiseDetails("Ring back", due, to_person=people[0]),
            PromiseDetails("Write", due, to_community=community),
            PromiseDetails("Visit", due, to_organisation=groups[-1], owner=world.manager),
        ],
        safeguarding=SafeguardingDetails(timezone.now() - timedelta(hours=1), "Adult safeguarding"),
    )


def more_in(world: World, event: EngagementEvent, number: int) -> None:
    """One more point and promise in a contact."""
    add_point(actor=world.amina, event=event, point=PointDetails(f"Point {number}", raised_by=world.person))
    due = timezone.localdate() + timedelta(days=number)
    make_promise(actor=world.amina, event=event, promise=PromiseDetails(f"Promise {number}", due))
