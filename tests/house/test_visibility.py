"""Page, API and visibility agree: 200 for what `visible_to` shows, 404 for what it hides."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest
from django.db import models
from django.test import Client

from crm.access.models import AccessNeed, NeedType, NoNeed
from crm.areas.models import Area
from crm.base.writing import writing_allowed
from crm.champions.models import Appointment, GovernanceRole
from crm.communities.models import Community, CommunityFact
from crm.declared.models import DeclaredCommunity
from crm.directory.models import DirectoryEntry
from crm.erasing.models import ErasureRequest
from crm.languages.models import Language
from crm.organisations.models import Organisation, Service, SupportGiven
from crm.panels.models import Application, Membership, Panel, RecruitmentCall, Seat
from crm.people.actions import add_person
from crm.people.details import PersonDetails
from crm.people.models import Intermediary, Person, Supporter
from crm.privacy.models import ContactPermission, Objection, PrivacyNotice, Purpose, Restriction
from crm.sending.details import Recipient
from crm.sending.models import LetterTemplate, Message
from crm.venues.models import Venue
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.frameworks.models import Framework
from engagement.coproduction.projects.models import Project, ProjectPerson
from engagement.coproduction.telling.models import AnswerWords, PublicLine, Telling
from engagement.coproduction.themes.models import Theme
from engagement.formats.models import FormatRequest
from engagement.forums.actions.calendars import make_calendar_link
from engagement.forums.models import (
    Arrangement,
    Attendance,
    CalendarLink,
    Captured,
    Forum,
    ForumNotes,
    Invitation,
    Job,
    Series,
)
from engagement.log.actions import restrict_event
from engagement.log.models import AccessSupport, Barrier, EngagementEvent, Point, Promise, Topic
from engagement.needs.models import NeedOutcome
from tests.crm.access.helpers import a_need, somebody_who_needs_nothing
from tests.crm.champions.helpers import a_governance_role, an_appointment
from tests.crm.directory import helpers as listing
from tests.crm.erasing import helpers as forgetting
from tests.crm.panels import calling
from tests.crm.panels.helpers import a_member, a_seat, somebody
from tests.crm.privacy import helpers as around
from tests.crm.sending import helpers as sending
from tests.engagement.coproduction import deciding
from tests.engagement.coproduction import helpers as together
from tests.engagement.coproduction import telling_helpers as telling
from tests.engagement.forums import coming as arranging
from tests.engagement.forums import helpers as planning
from tests.engagement.forums import holding
from tests.engagement.needs.helpers import an_outcome
from tests.house.addresses import Address, our_addresses
from tests.house.shared import one_world
from tests.house.variety import one_more

# The first word of a record's own address, and the model it shows. A new resource stands here once.
SHOWS: dict[str, type[models.Model]] = {
    "contacts": EngagementEvent,
    "engagement-events": EngagementEvent,
    "points": Point,
    "promises": Promise,
    "people": Person,
    "groups": Organisation,
    "organisations": Organisation,
    "services": Service,
    "directory": DirectoryEntry,
    "directory-entries": DirectoryEntry,
    "support-given": SupportGiven,
    "venues": Venue,
    "forums": Forum,
    "format-requests": FormatRequest,
    "invitations": Invitation,
    "series": Series,
    "jobs": Job,
    "attendances": Attendance,
    "captured": Captured,
    "private-calendars": CalendarLink,
    "forum-notes": ForumNotes,
    "arrangements": Arrangement,
    "panels": Panel,
    "themes": Theme,
    "projects": Project,
    "project-people": ProjectPerson,
    "recruitment": RecruitmentCall,
    "recruitment-calls": RecruitmentCall,
    "applications": Application,
    "seats": Seat,
    "memberships": Membership,
    "communities": Community,
    "community-facts": CommunityFact,
    "topics": Topic,
    "barriers": Barrier,
    "access-support": AccessSupport,
    "languages": Language,
    "access-needs": AccessNeed,
    "need-types": NeedType,
    "need-outcomes": NeedOutcome,
    "no-needs": NoNeed,
    "areas": Area,
    "supporters": Supporter,
    "intermediaries": Intermediary,
    "purposes": Purpose,
    "contact-permissions": ContactPermission,
    "objections": Objection,
    "restrictions": Restriction,
    "erasure-requests": ErasureRequest,
    "privacy-notices": PrivacyNotice,
    "declared-communities": DeclaredCommunity,
    "champions": Appointment,
    "appointments": Appointment,
    "governance-roles": GovernanceRole,
    "sending": Message,
    "messages": Message,
    "frameworks": Framework,
    "decisions": Decision,
    "outcomes": Outcome,
    "answers": Telling,
    "tellings": Telling,
    "answer-words": AnswerWords,
    "public-lines": PublicLine,
    "letters": LetterTemplate,
    "letter-templates": LetterTemplate,
}
OWN_ADDRESS = re.compile(r"^(?:workspace|api/v1)/([\w-]+)/<uuid:pk>/$")
DETAILS = [address for address in our_addresses() if OWN_ADDRESS.match(address.route) and "GET" in address.rows()]


@pytest.fixture(scope="module")
def varied(django_db_setup, django_db_blocker):
    """One world for all addresses: filling it takes longer than asking."""
    with one_world(django_db_blocker, vary) as world:
        yield world


@pytest.fixture(scope="module")
def browsers(varied, django_db_blocker):
    """A browser for each of the cast, signed in once for all addresses."""
    with django_db_blocker.unblock():
        found = {name: Client() for name in varied.everybody()}
        for name, member in varied.everybody().items():
            if member.is_authenticated:
                found[name].force_login(member)
    return found


def vary(world):
    """Contacts and people of both localities, open and restricted, so that each member of the cast misses some."""
    one_more(world, 1)
    assert world.service
    assert world.support_given
    assert world.venue
    world.contact(actor=world.joe, organisations=[world.south_group])
    world.promise(actor=world.joe, organisations=[world.south_group])
    closed = world.promise().event
    restrict_event(actor=world.amina, event=closed, readers=[world.lead])
    add_person(actor=world.joe, details=PersonDetails(name="Sam", area=world.south_ward))
    add_person(
        actor=world.joe,
        details=PersonDetails(name="Alex", area=world.south_ward, restricted=True, named_readers=[world.joe]),
    )
    for make in (around.a_supporter, around.an_intermediary, around.a_permission, around.an_objection,
                 around.a_notice, around.a_declaration, around.stopped_somebody_else):  # fmt: skip
        make(world)
    with writing_allowed():
        for kept in (Topic, Barrier, AccessSupport):
            kept.objects.create(name="Retired", retired=True)
    an_appointment(world)
    an_appointment(world, name="Sam", locality=world.south, user=None)
    a_governance_role(world)
    calling.with_recording(world)
    calling.sent_and_closed(world)
    for_messages(world)
    planning.a_series(world, locality=world.south, actor=world.joe, dates=2)
    deciding.a_framework(world)
    deciding.an_outcome(world)
    telling.urdu_words(world)
    telling.a_line(world)
    planning.a_forum(world, locality=world.south, organisers=[world.chen])
    arranging.an_arrangement(world)
    arranging.an_arrangement(world, "easy-read", person=arranging.somebody(world, "Rosa"), may_share="no")
    south = arranging.an_open_forum(world, locality=world.south)
    lee = arranging.somebody(world, "Lee", area=world.south_ward, by=world.joe)
    arranging.an_arrangement(world, "quiet-room", forum=south, person=lee, actor=world.joe)
    forgetting.a_request(world)
    together.themed(world)
    who_came(world)
    together.a_place(world)
    together.a_place(world, somebody(world, "Ash", actor=world.joe, area=world.south_ward), actor=world.joe)
    listing.an_entry(world)
    a_need(world)
    somebody_who_needs_nothing(world)
    an_outcome(world, a_need(world, "easy-read", may_share="no"))
    a_member(world, seat=a_seat(world, "Kept by nobody"))
    a_member(world, somebody(world, "Friend of Chen", actor=world.chen), actor=world.lead)
    a_member(world, somebody(world, "Kit", actor=world.joe, area=world.south_ward), actor=world.joe)


def who_came(world):
    """Who came, and what was said, at forums of both localities: somebody restricted among them."""
    for one in (world.person, arranging.somebody(world, "Kept", restricted=True, named_readers=[world.amina]), None):
        row = holding.came(world, holding.invited(world, one) if one else holding.guest(world))
        holding.said(world, row.forum, raised_by=row)
    south = holding.held(world, locality=world.south)
    ray = arranging.somebody(world, "Ray", area=world.south_ward, by=world.joe)
    holding.came(world, arranging.answers(world, south, ray, place="has"), actor=world.joe)
    holding.said(world, south)
    holding.notes(world)
    for whose in (None, world.person):
        make_calendar_link(actor=world.amina, person=whose)
    make_calendar_link(actor=world.joe, person=ray)
    holding.notes(
        world, holding.closed(world, holding.held(world, locality=world.south, is_public=False), nobody_came=True)
    )


def for_messages(world):
    """To people of both localities, to a restricted one, to a group, and to an address without a name."""
    sending.a_draft(world)
    south = sending.reachable(world, name="Sami", actor=world.joe, restricted=True, named_readers=[world.joe])
    sending.a_draft(world, south, actor=world.joe)
    sending.a_draft(world, to=Recipient(organisation=world.group))
    sending.a_draft(world, to=Recipient(guest="somebody@example.org"), actor=world.joe)
    friend = sending.reachable(world, name="Friend of Chen's", actor=world.chen)
    sending.a_draft(world, friend, actor=world.chen)


@pytest.mark.django_db
@pytest.mark.parametrize("address", DETAILS, ids=str)
def test_who_opens_a_record_and_who_is_shown_it_are_the_same(address: Address, varied: Any, browsers: Any):
    word = OWN_ADDRESS.match(address.route)[1]
    assert word in SHOWS, f"Say in SHOWS which model {address} shows."
    model, row, wrong = SHOWS[word], address.rows()["GET"], []
    records = list(model._default_manager.all()[:12])
    assert records
    opened: Counter[Any] = Counter()
    for name, member in varied.everybody().items():
        if not row.open_to(member):
            continue  # tests/house/test_addresses.py
        seen = set(model._default_manager.all().visible_to(member).values_list("pk", flat=True))
        for record in _to_open(records, seen, opened):
            status = browsers[name].get("/" + address.route.replace("<uuid:pk>", str(record.pk))).status_code
            if status != (200 if record.pk in seen else 404):
                wrong.append(f"{name} gets {status} for {record!r}, {'shown' if record.pk in seen else 'hidden'}")
    assert not wrong, "\n".join([str(address), *wrong])


def _to_open(records: list[Any], seen: set[Any], opened: Counter[Any]) -> list[Any]:
    """Everything that is hidden from this member; of what is shown, which takes ten times as long to answer, what fewer
    than two have opened, and at least one."""
    shown = sorted((record for record in records if record.pk in seen), key=lambda record: opened[record.pk])
    chosen = [record for number, record in enumerate(shown) if not number or opened[record.pk] < 2]
    opened.update(record.pk for record in chosen)
    return [record for record in records if record.pk not in seen] + chosen
