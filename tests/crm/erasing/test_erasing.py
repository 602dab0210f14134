"""A person is erased from every table, index and file, and the thread stands without them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from cms.editions import this_edition
from cms.models import HomePage, InformationPage
from cms.models.glossary import HardWord
from crm.access.models import AccessNeed
from crm.accounts.models import IdempotencyKey
from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked
from crm.base.writing import writing_allowed
from crm.erasing.actions import decide_erasure, erase_person, record_erasure
from crm.erasing.details import ErasureDetails
from crm.erasing.mentions import mentions
from crm.erasing.models import ErasureRequest
from crm.erasing.traces import traces_of
from crm.people.actions import add_person, change_person
from crm.people.details import PersonDetails, WayDetails
from crm.people.models import Person
from engagement.coproduction.decisions.models import AnsweredPoint
from engagement.coproduction.thread.reports.chain import chain_of
from engagement.log.actions import correct_point
from engagement.log.details import PointDetails, PromiseDetails
from engagement.log.models import Contribution, Point
from tests.crm.access.helpers import a_need
from tests.crm.erasing.helpers import EVERYWHERE, LOOKED, a_request, granted
from tests.crm.erasing.traces import every_row
from tests.crm.privacy.helpers import stopped
from tests.engagement.coproduction.deciding import a_decision
from tests.engagement.coproduction.helpers import a_place, a_theme
from tests.house.variety import one_more
from tests.world import make_world

NAME, EMAIL, PHONE = "Zubeda Kauser Mir", "zubeda.mir@example.org", "+447700900456"
TRACES = (NAME, "zubeda", "kauser", EMAIL, PHONE, "07700 900456", "07700900456")
WHY = "We have no need of it any more."


def somebody_known(world):
    """Somebody whose name, number and address stand in many places, words of others among them."""
    person = world.person
    ways = [WayDetails("email", EMAIL), WayDetails("phone", PHONE)]
    details = PersonDetails(name=NAME, area=world.east_ward, ways=ways)
    change_person(actor=world.amina, person=person, details=details)
    point = PointDetails(f"{NAME} says nobody rang her on 07700 900456.", raised_by=person, kind="ask")
    promise = PromiseDetails(f"Ring {NAME} back", timezone.localdate() + timedelta(days=3), to_person=person)
    event = world.contact(people=[person], points=[point], promises=[promise], follow_up=f"Write to {EMAIL}")
    corrected = PointDetails(f"Nobody rang {NAME}.", raised_by=person, kind="ask")
    correct_point(actor=world.amina, event=event, point=event.points.get(), corrected=corrected, reason="Said again")
    with writing_allowed():
        IdempotencyKey.objects.create(owner="user:x", method="POST", path="/x/", key="k", body_digest="d",
                                      answer={"name": NAME})  # fmt: skip
    return event


def traces_left():
    return sorted({(place, trace) for place, kept in every_row() for trace in TRACES if trace.lower() in kept.lower()})


def test_no_table_and_no_index_holds_a_trace_and_the_thread_stands(world):
    one_more(world, 1)
    event = somebody_known(world)
    point = event.points.get()
    theme, decision = a_theme(world, "Nobody rings back", points=[point]), a_decision(world, point)
    assert traces_left(), "the search finds what is there"
    request = decide_erasure(actor=world.lead, request=a_request(world), outcome="granted", reason=WHY, looked=LOOKED)
    assert traces_left() == []
    assert not Person.objects.filter(pk=world.person.pk).exists()
    assert (request.person, request.erased_on, request.words) == (None, timezone.localdate(), "")
    assert request.what_happened["way to reach a person: deleted"] == 2
    point.refresh_from_db()
    assert point.words == "Nobody rang (taken out)."
    assert Contribution.objects.filter(event=event, person=None).count() == 1
    assert AnsweredPoint.objects.standing().filter(decision=decision, point=point).exists()
    stages = {stage.key: [step.pk for step in stage.steps] for stage in chain_of(theme, reader=world.amina).stages}
    assert (stages["heard"], stages["decided"]) == ([point.pk], [decision.pk])
    assert AuditEvent.objects.filter(verb="person.erased", subject_id=str(world.person.pk)).count() == 0
    assert AuditEvent.objects.filter(verb="person.erased", subject_type="person").count() == 1


@pytest.mark.only_on("sqlite")
@pytest.mark.django_db(transaction=True)
def test_no_file_of_the_database_holds_a_trace():
    world = make_world()
    somebody_known(world)
    file = Path(str(connection.settings_dict["NAME"]))
    files = [file, file.with_name(f"{file.name}-wal")]

    def held():
        words = b"".join(one.read_bytes() for one in files if one.exists()).lower()
        return [trace for trace in TRACES if trace.lower().encode() in words]

    assert held(), "the search finds what is there"
    decide_erasure(actor=world.lead, request=a_request(world), outcome="granted", reason=WHY, looked=LOOKED)
    assert held() == []


def test_a_namesake_keeps_their_name_and_a_shared_number_stays(world):
    somebody_known(world)
    other = add_person(actor=world.joe, details=PersonDetails(
        name=NAME, area=world.south_ward, ways=[WayDetails("phone", PHONE)]))  # fmt: skip
    said = world.contact(actor=world.joe, people=[other], points=[PointDetails(f"{NAME} came.", raised_by=other)])
    loose = world.contact(points=[PointDetails(f"{NAME} was not there.")]).points.get()
    decide_erasure(actor=world.lead, request=a_request(world), outcome="granted", reason=WHY, looked=LOOKED)
    other.refresh_from_db()
    assert other.name == NAME
    assert [way.value for way in other.ways.all()] == [PHONE]
    assert said.points.get().words == f"{NAME} came."
    assert Point.objects.get(pk=loose.pk).words == f"{NAME} was not there."


def test_their_name_goes_elsewhere_too_where_somebody_looked(world):
    somebody_known(world)
    loose = world.contact(points=[PointDetails(f"{NAME.upper()} was not there. {EMAIL}")]).points.get()
    decide_erasure(actor=world.lead, request=a_request(world), outcome="granted", reason=WHY, looked=EVERYWHERE)
    assert Point.objects.get(pk=loose.pk).words == "(taken out) was not there. (taken out)"
    assert traces_left() == []


def test_who_takes_part_in_a_project_stands_without_a_name(world):
    place = a_place(world)
    decide_erasure(actor=world.lead, request=a_request(world), outcome="granted", reason=WHY, looked=LOOKED)
    place.refresh_from_db()
    assert (place.person, place.part) == (None, "lived")


def test_a_refusal_and_a_part_need_a_reason_and_erase_nobody(world):
    request = a_request(world)
    with pytest.raises(InputBlocked) as refusal:
        decide_erasure(actor=world.lead, request=request, outcome="open", reason="")
    assert {blocker.code for blocker in refusal.value.blockers} == {"outcome_missing", "reason_missing"}
    with pytest.raises(InputBlocked) as refusal:
        decide_erasure(actor=world.lead, request=request, outcome="refused", reason="Parveen Begum has a claim")
    assert {blocker.code for blocker in refusal.value.blockers} == {"name_in_reason"}
    with pytest.raises(Refused):
        decide_erasure(actor=world.amina, request=request, outcome="granted", reason=WHY, looked=LOOKED)
    decide_erasure(actor=world.lead, request=request, outcome="refused", reason="A court needs it.", expected_version=1)
    with pytest.raises(Blocked):
        decide_erasure(actor=world.lead, request=request, outcome="granted", reason=WHY, looked=LOOKED)
    with pytest.raises(Blocked) as blocked:
        erase_person(actor=world.lead, request=request, looked=LOOKED)
    assert {blocker.code for blocker in blocked.value.blockers} == {"erasure_not_granted"}
    assert Person.objects.filter(pk=world.person.pk).exists()


def test_in_part_what_was_chosen_goes_and_what_protects_them_stays(world, signed_in):
    somebody_known(world)
    need = a_need(world)
    request = a_request(world)
    with pytest.raises(InputBlocked) as refusal:
        decide_erasure(actor=world.lead, request=request, outcome="part", reason="A court needs the rest.")
    assert {blocker.code for blocker in refusal.value.blockers} == {"parts_missing"}
    for outcome, parts, code in (
        ("part", ["safecontactrule.person"], "part_unknown"),
        ("refused", ["accessneed.person"], "parts_unused"),
    ):
        with pytest.raises(InputBlocked) as refusal:
            decide_erasure(actor=world.lead, request=request, outcome=outcome, reason=WHY, parts=parts)
        assert {blocker.code for blocker in refusal.value.blockers} == {code}
    page = signed_in(world.lead).get(f"/workspace/erasures/{request.pk}/decide/").content.decode()
    assert "Access need (1): deleted" in page
    assert "Way to reach a person (2): deleted" in page
    sent = {"outcome": "part", "reason": "A court needs the rest.", "version": request.version, "once": "a",
            "parts": ["accessneed.person", "contribution.person"]}  # fmt: skip
    assert signed_in(world.lead).post(f"/workspace/erasures/{request.pk}/decide/", sent).status_code == 302
    assert not AccessNeed.objects.filter(pk=need.pk).exists()
    assert not Contribution.objects.filter(person=world.person).exists()
    assert world.person.ways.count() == 2
    request.refresh_from_db()
    assert (request.outcome, request.person, request.erased_on) == ("part", world.person, timezone.localdate())
    assert request.what_happened["access need: deleted"] == 1


def test_the_public_site_its_past_versions_and_its_search_hold_no_trace(public_pages):
    """Numbers and addresses always; a name only where somebody looked: it may be somebody else's."""
    world = public_pages
    somebody_known(world)
    body = [("paragraph", f"<p>{NAME} speaks here. Ring 07700 900456 or write to {EMAIL}.</p>")]
    home = HomePage.objects.get(locale__language_code="en")
    for title in ("About us", f"Meet {NAME}"):
        page = InformationPage(title=title, slug=f"page-{len(title)}", summary=f"{NAME} tells", body=body)
        home.add_child(instance=page)
        page.save_revision().publish()
    HardWord.objects.create(word="respite", meaning=f"What {NAME} calls a rest", language="en")
    other = add_person(actor=world.amina, details=PersonDetails(name=NAME, area=world.east_ward, ways=[
        WayDetails("email", "another@example.org")]))  # fmt: skip
    request = a_request(world, other)
    assert "records of the public site" in str(mentions(traces_of(other)))
    decide_erasure(actor=world.lead, request=request, outcome="granted", reason=WHY, looked=LOOKED)
    assert InformationPage.objects.filter(title=f"Meet {NAME}").exists(), "nobody looked"
    request = a_request(world)
    mark = this_edition()
    decide_erasure(actor=world.lead, request=request, outcome="granted", reason=WHY, looked=EVERYWHERE)
    assert traces_left() == []
    page = InformationPage.objects.get(title="About us")
    assert page.summary == "(taken out) tells"
    assert "(taken out) speaks here. Ring (taken out)" in str(page.body)
    assert "(taken out)" in page.get_latest_revision_as_object().summary
    assert this_edition() != mark, "readers get the page anew"


def test_a_request_is_written_down_once_and_found_again_when_the_record_is_stopped(world):
    with pytest.raises(InputBlocked) as refusal:
        record_erasure(actor=world.amina, person=world.person, details=ErasureDetails(None))
    assert {blocker.code for blocker in refusal.value.blockers} == {"day_missing", "how_missing"}
    request = a_request(world)
    with pytest.raises(InputBlocked) as refusal:
        record_erasure(actor=world.amina, person=world.person, details=ErasureDetails(timezone.localdate(), "Phone"))
    assert {blocker.code for blocker in refusal.value.blockers} == {"asked_already"}
    stopped(world)
    assert not ErasureRequest.objects.visible_to(world.amina).exists()
    decide_erasure(actor=world.lead, request=request, outcome="granted", reason=WHY, looked=LOOKED)
    assert not Person.objects.filter(pk=world.person.pk).exists()


def test_nobody_is_asked_a_second_time_what_waits_to_be_decided(world, signed_in):
    a_request(world)
    answer = signed_in(world.amina).get(f"/workspace/people/{world.person.pk}/erase/", follow=True)
    assert answer.redirect_chain == [(f"/workspace/people/{world.person.pk}/", 302)]
    assert "They asked already. Decide on that request." in answer.content.decode()


def test_the_pages_ask_show_where_the_name_stands_and_erase(world, signed_in):
    somebody_known(world)
    amina, lead = signed_in(world.amina), signed_in(world.lead)
    address = f"/workspace/people/{world.person.pk}/"
    assert "delete what we know about them" in amina.get(address).content.decode()
    today = timezone.localdate()
    when = {"asked_on_day": today.day, "asked_on_month": today.month, "asked_on_year": today.year}
    assert "Write how they asked" in amina.post(f"{address}erase/", {**when, "once": "a"}).content.decode()
    amina.post(f"{address}erase/", {**when, "how": "By letter", "once": "b"})
    request = ErasureRequest.objects.get()
    assert amina.get(f"/workspace/erasures/{request.pk}/decide/").status_code == 403
    page = lead.get(f"/workspace/erasures/{request.pk}/decide/").content.decode()
    assert "1 point" in page
    assert "1 promise" in page
    sent = {"outcome": "granted", "reason": WHY, "looked": "on", "version": request.version, "once": "c"}
    assert lead.post(f"/workspace/erasures/{request.pk}/decide/", sent).status_code == 302
    assert lead.get(address).status_code == 404
    page = lead.get("/workspace/erasures/").content.decode()
    assert "Somebody who was erased" in page
    assert NAME not in page


def test_granted_is_carried_out_once(world):
    request = granted(world)
    erase_person(actor=world.lead, request=request, looked=LOOKED)
    with pytest.raises(Blocked):
        erase_person(actor=world.lead, request=request, looked=LOOKED)
