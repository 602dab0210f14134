"""A person who asked us to stop vanishes in the same moment, through every door, for everybody, and stays in what we
count. A lead or manager finds them again."""

from __future__ import annotations

import pytest
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.timeline import cards_about
from crm.people.actions import add_person
from crm.people.details import PersonDetails, RoleDetails, SafeRuleDetails, WayDetails
from crm.people.models import Person
from crm.privacy.actions import lift_restriction
from engagement.log.details import PointDetails, PromiseDetails, ReachDetails
from engagement.log.models import EngagementEvent, Point, Reach
from engagement.log.reports import recent_for
from tests import grounds
from tests.crm.privacy import helpers

NAME = "Zubeida Qureshi"
SEEING = ("amina", "lead", "manager")


@pytest.fixture(scope="module")
def known(django_db_setup, django_db_blocker):
    """She is made once for all tests of this file: what one of them writes is taken back."""
    with grounds.with_more(django_db_blocker) as world:
        yield _made(world)


@pytest.fixture
def zubeida(known, world):
    """She, and beside the world her contact, as objects of the test's own."""
    person, event = (type(record)._base_manager.get(pk=record.pk) for record in known)
    world.event = event
    return person


def _made(world):
    """Known in every way there is: a role, a contact, a point, a promise, a supporter's record, a declaration."""
    person = add_person(
        actor=world.amina,
        details=PersonDetails(
            name=NAME,
            area=world.east_ward,
            ways=[WayDetails("phone", "07700 900777", is_preferred=True)],
            roles=[RoleDetails(world.group, "treasurer")],
            safe_rules=[SafeRuleDetails("no_voicemail")],
        ),
    )
    event = world.contact(
        organisations=[],
        people=[person],
        area=world.east_ward,
        reach=[ReachDetails(world.community, 5)],
        points=[PointDetails("Nobody rang back.", raised_by=person)],
        promises=[PromiseDetails("Ring back", timezone.localdate(), to_person=person)],
    )
    helpers.a_supporter(world, supporter=person)
    helpers.an_intermediary(world, through_organisation=None, through_person=person)
    helpers.a_permission(world, person)
    helpers.a_declaration(world, person)
    return person, event


def pages(world, person):
    """Every page on which the person stood."""
    promise = world.event.promises.get()
    return [
        "/workspace/",
        "/workspace/people/",
        "/workspace/contacts/",
        f"/workspace/contacts/{world.event.pk}/",
        f"/workspace/contacts/{world.event.pk}/correct/",
        f"/workspace/contacts/{world.event.pk}/points/{world.event.points.get().pk}/correct/",
        f"/workspace/contacts/?person={person.pk}",
        "/workspace/contacts/new/",
        f"/workspace/contacts/new/?with={person.pk}",
        "/workspace/promises/",
        f"/workspace/promises/{promise.pk}/",
        f"/workspace/groups/{world.group.pk}/",
        f"/workspace/communities/{world.community.pk}/",
        f"/workspace/people/{world.person.pk}/",
        "/workspace/access-needs/",
    ]


def words_of(response):
    if response.streaming:
        return b"".join(response.streaming_content).decode()
    return response.content.decode()


def test_before_they_ask_they_stand_on_these_pages(world, zubeida, signed_in):
    browser = signed_in(world.amina)
    shown = [path for path in pages(world, zubeida) if NAME in words_of(browser.get(path))]
    assert len(shown) >= 7, shown


@pytest.mark.parametrize("who", ["amina", "chen", "lead", "manager", "administrator", "auditor"])
def test_no_page_names_them_any_more_to_anybody(world, zubeida, signed_in, who):
    helpers.stopped(world, zubeida)
    browser = signed_in(getattr(world, who))
    for path in [*pages(world, zubeida), "/workspace/audit/"]:
        response = browser.get(path)
        assert response.status_code in (200, 302, 400, 403, 404), path
        assert NAME not in words_of(response), path
        assert "900777" not in words_of(response), path
    assert NAME not in words_of(browser.post("/workspace/contacts/export/"))
    own = f"/workspace/people/{zubeida.pk}/"
    for end in ("", "change/", "privacy/", "declared/", "supporters/new/", "privacy/stop/"):
        assert browser.get(own + end).status_code in (403, 404), end


@pytest.mark.parametrize("who", SEEING)
def test_search_does_not_find_them_on_the_page_or_through_the_api(world, zubeida, signed_in, caller, who):
    member = getattr(world, who)
    assert NAME in words_of(signed_in(member).post("/workspace/search/", {"words": "zubeda", "kind": "person"}))
    helpers.stopped(world, zubeida)
    assert NAME not in words_of(signed_in(member).post("/workspace/search/", {"words": "zubeda", "kind": "person"}))
    calls = caller(member)
    assert calls.post("/people/search/", {"words": NAME}).json()["results"] == []
    assert str(zubeida.pk) not in calls.post("/people/similar/", {"name": NAME}).content.decode()


@pytest.mark.parametrize("who", SEEING)
def test_the_api_lists_and_reads_nothing_of_them(world, zubeida, caller, who):
    helpers.stopped(world, zubeida)
    calls = caller(getattr(world, who))
    for path in ("/people/", "/promises/", "/points/", "/engagement-events/", "/contact-permissions/", "/supporters/",
                 "/intermediaries/", "/declared-communities/", "/privacy-notices/", "/access-needs/",
                 f"/engagement-events/{world.event.pk}/"):  # fmt: skip
        answer = calls.get(path)
        assert answer.status_code == 200, path
        assert NAME not in answer.content.decode(), path
        assert str(zubeida.pk) not in answer.content.decode(), path
    for end in ("", "ways/"):
        assert calls.get(f"/people/{zubeida.pk}/{end}").status_code == 404
    assert calls.patch(f"/people/{zubeida.pk}/", {"name": "x"}, match='"1"').status_code == 404


def test_nobody_can_choose_them_for_a_contact_a_promise_or_a_supporter(world, zubeida, signed_in, caller):
    helpers.stopped(world, zubeida)
    body = {"occurred_on": timezone.localdate().isoformat(), "people": [str(zubeida.pk)], "points": [{"words": "x"}]}
    assert caller(world.amina).post("/engagement-events/", body).status_code == 400
    form = signed_in(world.amina).get("/workspace/contacts/new/").context["form"]
    assert str(zubeida.pk) not in form.subjects
    assert zubeida.pk not in [recent.pk for recent in recent_for(world.amina)]
    typed = {"relation": "her friend", "supporter": NAME}
    page = signed_in(world.amina).post(f"/workspace/people/{world.person.pk}/supporters/new/", typed)
    assert "We do not know this person" in words_of(page)


def test_their_contact_counts_them_and_does_not_name_them(world, zubeida, signed_in):
    helpers.stopped(world, zubeida)
    page = words_of(signed_in(world.amina).get(f"/workspace/contacts/{world.event.pk}/"))
    assert "A person you cannot see" in page
    assert "Nobody rang back." in page


def test_they_stay_in_the_statistics(world, zubeida):
    before = (Reach.objects.count(), Point.objects.count(), EngagementEvent.objects.standing().count())
    people = sum(Reach.objects.values_list("people", flat=True))
    helpers.stopped(world, zubeida)
    assert (Reach.objects.count(), Point.objects.count(), EngagementEvent.objects.standing().count()) == before
    assert sum(Reach.objects.values_list("people", flat=True)) == people


def test_no_card_about_anybody_else_names_them(world, zubeida):
    helpers.stopped(world, zubeida)
    for subject in (world.person, world.group, world.community):
        assert NAME not in str([card.shows for card in cards_about(subject, reader=world.amina)])


@pytest.mark.parametrize(
    ("who", "found"), [("lead", True), ("manager", True), ("amina", None), ("chen", None), ("administrator", None)]
)
def test_leads_and_managers_find_them_read_why_and_can_lift_it_and_the_reading_is_audited(
    world, zubeida, signed_in, who, found
):
    restriction = helpers.stopped(world, zubeida)
    browser = signed_in(getattr(world, who))
    response = browser.get("/workspace/people/stopped/")
    if found is None:
        assert response.status_code == 403
        assert browser.get(f"/workspace/restrictions/{restriction.pk}/lift/").status_code in (403, 404)
        return
    assert NAME in words_of(response)
    assert "900777" not in words_of(response)
    assert AuditEvent.objects.filter(verb="person.stopped_read", actor=getattr(world, who)).count() == 1
    sent = browser.post(f"/workspace/restrictions/{restriction.pk}/lift/", {"reason": "She came back", "version": "1"})
    assert sent["Location"] == f"/workspace/people/{zubeida.pk}/privacy/"
    assert NAME in words_of(signed_in(world.amina).get("/workspace/people/"))


def test_a_lead_of_another_place_neither_finds_nor_lifts(world, zubeida):
    restriction = helpers.stopped(world, zubeida)
    held = {name: zubeida in Person.objects.held_for(member) for name, member in world.everybody().items()}
    assert {name for name, found in held.items() if found} == {"lead", "manager"}
    lift_restriction(actor=world.manager, restriction=restriction, reason="She came back")
    assert zubeida in Person.objects.visible_to(world.amina)


def test_a_person_only_named_readers_saw_is_held_for_those_readers_alone(world):
    details = PersonDetails(name="Kept Close", restricted=True, named_readers=[world.lead])
    person = add_person(actor=world.amina, details=details)
    helpers.stopped(world, person)
    assert person in Person.objects.held_for(world.lead)
    assert person not in Person.objects.held_for(world.manager)


def test_an_objection_is_decided_while_the_record_is_stopped(world, zubeida, signed_in):
    objection = helpers.an_objection(world, zubeida)
    helpers.stopped(world, zubeida)
    sent = signed_in(world.lead).post(
        f"/workspace/objections/{objection.pk}/decide/", {"outcome": "granted", "reason": "We stopped", "version": "1"}
    )
    assert sent["Location"] == "/workspace/people/stopped/"
    objection.refresh_from_db()
    assert objection.outcome == "granted"


def test_stopping_leads_back_to_the_people_that_are_left(world, zubeida, signed_in):
    today = timezone.localdate()
    typed = {"ground": "asked", "asked_on_day": today.day, "asked_on_month": today.month, "asked_on_year": today.year}
    sent = signed_in(world.amina).post(f"/workspace/people/{zubeida.pk}/privacy/stop/", typed, follow=True)
    assert sent.redirect_chain == [("/workspace/people/", 302)]
    assert "The record is stopped." in words_of(sent)
