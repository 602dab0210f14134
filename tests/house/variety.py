"""Records of every kind for guards that count queries or compare what is seen: one of each, and then more of each."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from crm.access.actions import review_need, share_need
from crm.access.details import ReviewDetails
from crm.areas.models import Area, AreaGrouping
from crm.base.writing import writing_allowed
from crm.communities.actions import add_community, add_community_fact
from crm.communities.details import CommunityDetails, CommunityFactDetails
from crm.organisations.actions import (
    add_organisation,
    add_service,
    add_support_given,
    confirm_organisation,
    confirm_service,
)
from crm.organisations.details import (
    CommunityLinkDetails,
    NetworkDetails,
    OrganisationDetails,
    ServiceDetails,
    SupportGivenDetails,
)
from crm.people.actions import add_person
from crm.people.details import LanguageUseDetails, PersonDetails, RoleDetails, WayDetails
from crm.venues.actions import add_venue
from crm.venues.details import VenueDetails, VenueFactDetails
from engagement.log.actions import add_point, add_topic, make_promise
from engagement.log.details import BarrierDetails, PointDetails, PromiseDetails, ReachDetails, SafeguardingDetails
from engagement.log.models import AccessSupport, Barrier, EngagementEvent
from tests.crm.access.helpers import a_need, her_father
from tests.engagement.needs.helpers import an_outcome
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
    add_community_fact(
        actor=world.amina, community=world.community, details=CommunityFactDetails(words=f"Fact {number}")
    )
    group = add_organisation(actor=world.amina, details=_group(world, number, ward, community))
    _offers(world, number, group)
    person = add_person(actor=world.amina, details=_person(world, number, group))
    _needs(world, person, number)
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
        areas_served=[ward, world.east],
        networks=[NetworkDetails(world.group), NetworkDetails(world.south_group, part="leads")],
    )


def _offers(world: World, number: int, group: Any) -> None:
    """A service of the world's group and of another, and support given to both."""
    for one in (world.group, group):
        service = ServiceDetails(name=f"Service {number}", languages=[world.urdu])
        confirm_service(actor=world.amina, service=add_service(actor=world.amina, organisation=one, details=service))
        support = SupportGivenDetails(given_on=timezone.localdate(), words=f"Support {number}", hours=Decimal(1))
        add_support_given(actor=world.amina, organisation=one, details=support)
    confirm_organisation(actor=world.amina, organisation=group, with_whom="the chair")
    details = VenueDetails(name=f"Venue {number}", organisation=group, area=world.east_ward)
    fact = VenueFactDetails("step_free", "yes", checked_on=timezone.localdate())
    add_venue(actor=world.amina, details=details, facts=[fact])


def _person(world: World, number: int, group: Any) -> PersonDetails:
    return PersonDetails(
        name=f"Person {number}",
        area=world.east_ward,
        ways=[WayDetails(kind="letter", value="At the mosque", is_preferred=True)],
        languages=[LanguageUseDetails(world.urdu, "speaks")],
        roles=[RoleDetails(world.group, "member"), RoleDetails(group, "chair")],
    )


def _needs(world: World, person: Any, number: int) -> None:
    """A need of the new person's, shared and asked about again; one of a supporter's; one of the world's own person."""
    need = a_need(world, person=person, may_share="yes")
    share_need(actor=world.amina, need=need, shared_with="The agency")
    review_need(actor=world.amina, need=need, details=ReviewDetails(next_on=timezone.localdate() + timedelta(days=9)))
    a_need(world, "spoken-interpreter", person=person, supporter=her_father(world, person), language=world.urdu)
    print_ = a_need(world, "large-print-18", own_words=f"Need {number}")
    an_outcome(world, print_, met="not_met", why="not_booked")


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
