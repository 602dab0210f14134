"""Records of every kind for guards that count queries or compare what is seen: one of each, and then more of each."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from crm.access.actions import review_need, share_need
from crm.access.details import ReviewDetails
from crm.areas.models import Area, AreaGrouping
from crm.audit.actions import one_transaction
from crm.base.writing import writing_allowed
from crm.champions.actions import add_governance_role, add_learning, appoint_champion, note_influence
from crm.champions.details import GovernanceRoleDetails, LearningDetails
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
from crm.panels.actions.applying import enter_application
from crm.panels.actions.members import note_about_member
from crm.panels.actions.panels import change_panel_nature
from crm.panels.details.panels import NatureDetails, NoteDetails
from crm.panels.models import Application
from crm.people.actions import add_person
from crm.people.details import LanguageUseDetails, PersonDetails, RoleDetails, WayDetails
from crm.sending.actions import add_letter_version
from crm.sending.details import Recipient, VersionDetails
from crm.venues.actions import add_venue
from crm.venues.details import VenueDetails, VenueFactDetails
from engagement.coproduction.decisions.actions import check_outcome
from engagement.coproduction.decisions.details import CheckDetails
from engagement.coproduction.decisions.models import Decision
from engagement.coproduction.telling.actions import draft_tellings
from engagement.forums.actions.forums import open_forum
from engagement.log.actions import add_point, add_topic, make_promise
from engagement.log.details import BarrierDetails, PointDetails, PromiseDetails, ReachDetails, SafeguardingDetails
from engagement.log.models import AccessSupport, Barrier, EngagementEvent
from tests.crm.access.helpers import a_need, her_father, somebody_who_needs_nothing
from tests.crm.champions.helpers import term
from tests.crm.panels import calling
from tests.crm.panels.helpers import a_member, a_panel, a_seat, declares
from tests.crm.privacy.helpers import lost_to_everybody
from tests.crm.sending import helpers as sending
from tests.engagement.coproduction import deciding
from tests.engagement.coproduction import helpers as together
from tests.engagement.coproduction import telling_helpers as telling
from tests.engagement.formats import helpers as asking
from tests.engagement.forums import coming as arranging
from tests.engagement.forums import helpers as planning
from tests.engagement.forums import holding
from tests.engagement.needs.helpers import an_outcome
from tests.house.addresses import token
from tests.world import LONG_AGO, World


@one_transaction()
def one_more(world: World, number: int) -> EngagementEvent:
    """One more ward, community, group, person, topic, key and contact; the contact links to all of them and to the
    world's own. A savepoint for each of its hundred actions took SQLite a tenth of the time."""
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
    _panels(world, person, number, community)
    _calls(world, number)
    _stands(world, number, community, person)
    _messages(world, person, number)
    _forums(world, number, community, person)
    lost_to_everybody(world, f"Lost {number}")
    _decided(world, number, community)
    topic = add_topic(actor=world.lead, name=f"Topic {number}")
    token(world, digest=f"{number:064d}")
    return _contact(world, number, community, [world.group, group], [world.person, person], [world.topic, topic])


def _messages(world: World, person: Any, number: int) -> None:
    """A draft to the new person, one that waits and one that failed to the world's own, a letter to print, a call to
    make, and new words of a letter."""
    letter = sending.letters(world)
    sending.a_draft(world, person)
    somebody = sending.reachable(world, name=f"Reader {number}")
    sending.answered(world, "refused", "The mail server refused it", person=somebody)
    sending.answered(world, "taken", person=somebody)
    sending.to_print(world, name=f"Printed {number}")
    sending.to_phone(world, name=f"Phoned {number}")
    sending.a_draft(world, to=Recipient(organisation=world.group))
    words = VersionDetails(f"Thank you {number} times", "{words}", made_from=letter.versions.first())
    add_letter_version(actor=world.lead, letter=letter, details=words)


def _forums(world: World, number: int, community: Any, person: Any) -> None:
    """One more forum of the world's own community, open, to which somebody with needs comes, and one more series, with
    every link set."""
    links = {
        "communities": [world.community, community],
        "topics": [world.topic],
        "organisers": [world.chen, world.manager],
        "offers": planning.offers(world, "bsl-interpreters", "easy-read-agenda"),
    }
    forum = open_forum(actor=world.amina, forum=planning.a_forum(world, title=f"Forum {number}", **links))
    arranging.answers(world, forum, person, help_words="A chair by the door", ticks=["step-free"])
    row = holding.came(world, holding.invited(world, person), spoke=True)
    holding.came(world, arranging.answers(world, row.forum, world.person, place="has"))
    holding.said(world, row.forum, f"Said {number}.", raised_by=row, language=world.urdu)
    holding.notes(world)
    planning.a_series(world, title=f"Series {number}", dates=2, **links)


def _decided(world: World, number: int, community: Any) -> None:
    """One more framework; one more decision about two points, with an outcome linked to parts and checked; one more of
    each on the world's own decision."""
    framework = deciding.a_framework(world, name=f"Plan {number}")
    own = Decision.objects.order_by("created_at").first()
    new = deciding.a_decision(world, deciding.a_point(world), deciding.a_point(world))
    for decision in (own or new, new):
        details = {"parts": list(framework.parts.all()), "communities": [world.community, community]}
        outcome = deciding.an_outcome(world, decision, **details)
        check_outcome(actor=world.amina, outcome=outcome, details=CheckDetails(f"Carers {number}"))
        telling.urdu_words(world, decision)
        if not hasattr(Decision.objects.get(pk=decision.pk), "public_line"):
            telling.a_line(world, decision)
        telling.letters_of_answers(world)
        draft_tellings(actor=world.amina, tellings=list(decision.tellings.all()[:1]))


def _stands(world: World, number: int, community: Any, person: Any) -> None:
    today = timezone.localdate()
    details = term(world, name=f"Champion {number}", user=None, communities=[world.community, community], days=9)
    champion = appoint_champion(actor=world.lead, details=details)
    add_learning(actor=world.lead, appointment=champion, details=LearningDetails("training", f"Lesson {number}"))
    role = add_governance_role(actor=world.lead, person=person, details=GovernanceRoleDetails("leader", "Board", today))
    note_influence(actor=world.lead, role=role, words=f"Influence {number}", happened_on=today)


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
    somebody_who_needs_nothing(world, f"Needs nothing {number}")
    print_ = a_need(world, "large-print-18", own_words=f"Need {number}")
    an_outcome(world, print_, met="not_met", why="not_booked")
    asking.a_request(world, about=f"Page {number}", name=f"Reader {number}", owner=world.joe)


def _calls(world: World, number: int) -> None:
    """One more call, drawn, with one who applied by the public page and one whom Amina wrote down."""
    calling.a_draw(world, f"drawn-{number}")
    call = calling.a_call(world)
    calling.an_application(world, call=call, secret=str(number) * 20)
    entered = enter_application(actor=world.amina, call=call, how="phone", answers=calling.HALINA)
    with writing_allowed():
        Application.objects.filter(pk=entered.pk).update(state="offered")


def _panels(world: World, person: Any, number: int, community: Any) -> None:
    """One more panel that grew out of the world's own, and one more member of both, in a reserved seat and with
    somebody who stands in for them."""
    first = a_panel(world)
    panel = a_panel(world, f"Panel {number}", grew_from=first, communities=[world.community, community],
                    locality=None, lived_experience_wanted=5)  # fmt: skip
    declares(world, person)
    seat = a_seat(world, f"Seat {number}", panel=first, reserved_for=world.community)
    member = a_member(world, person, panel=first, seat=seat)
    add = PersonDetails(name=f"Substitute {number}", area=world.east_ward)
    substitute = add_person(actor=world.amina, details=add)
    declares(world, substitute)
    a_member(world, substitute, panel=first, role="substitute", substitutes=member)
    a_member(world, person, panel=panel)
    a_member(world, panel=panel)
    for kind in ("interest", "training"):
        note_about_member(actor=world.amina, membership=member, details=NoteDetails(kind, f"Note {number}"))
    nature = NatureDetails("focus_group", f"Talk {number}", "They asked")
    change_panel_nature(actor=world.lead, panel=first, details=nature)


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


@one_transaction()
def more_in(world: World, event: EngagementEvent, number: int) -> None:
    """One more point and promise in a contact, and one more of everything that came of them."""
    added = add_point(actor=world.amina, event=event, point=PointDetails(f"Point {number}", raised_by=world.person))
    together.one_more(world, number, added)
    due = timezone.localdate() + timedelta(days=number)
    make_promise(actor=world.amina, event=event, promise=PromiseDetails(f"Promise {number}", due))
