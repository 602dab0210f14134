"""Calls are opened and closed, and people chosen without anybody reading a name; everybody gets a reason."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from crm.audit.models import AuditEvent, Revision
from crm.base.permissions import Refused
from crm.base.rules import Blocked, InputBlocked
from crm.base.writing import writing_allowed
from crm.panels.actions import applying, calls, choosing
from crm.panels.details.recruitment import Answers, Decision
from crm.panels.models import Application, Membership, RecruitmentCall
from crm.panels.models.recruitment import recordings
from crm.people.models import Person
from tests.crm.panels import calling
from tests.crm.panels.helpers import a_seat

SECRETS = ("Halina", "Zielinska", "halina@post.example", "Amina")
MP3 = b"ID3" + b"\0" * 40


def _somebody_else(world, number=2, **changes):
    answers = Answers(name=f"Person {number}", reach_by="link", topics="Buses")
    return calling.an_application(world, answers=answers, secret=str(number) * 43, **changes)


def test_a_call_is_added_as_a_draft_opened_and_closed(world, signed_in):
    lead, today = signed_in(world.lead), timezone.localdate()
    panel = calling.a_panel(world)
    days = {}
    for name, day in (("opens_on", today), ("closes_on", today), ("answer_by", today + timedelta(days=9))):
        days |= {f"{name}_0": day.day, f"{name}_1": day.month, f"{name}_2": day.year}
    sent = {"panel": panel.pk, "title": "Join us", "slug": "join-us", "places": 3, "words": "Monthly", **days}
    page = lead.get("/workspace/recruitment/new/").content.decode()
    names = [part.split('"')[0] for part in page.split('name="')[1:]]
    boxes = [name for name in names if name.startswith("opens_on")]
    sent |= {
        box.replace("opens_on", name): value
        for name, day in (("opens_on", today), ("closes_on", today), ("answer_by", today + timedelta(days=9)))
        for box, value in zip(boxes, (day.day, day.month, day.year), strict=True)
    }
    answer = lead.post("/workspace/recruitment/new/", sent)
    assert answer.status_code == 302
    call = RecruitmentCall.objects.get()
    assert call.state == "draft"
    for verb, state in (("open", "open"), ("close", "choosing"), ("finish", "decided")):
        lead.post(f"/workspace/recruitment/{call.pk}/{verb}/")
        call.refresh_from_db()
        assert call.state == state


def test_an_officer_may_read_calls_and_not_open_them(world, signed_in):
    call = calling.a_call(world, "draft")
    assert signed_in(world.amina).get(f"/workspace/recruitment/{call.pk}/").status_code == 200
    assert signed_in(world.amina).post(f"/workspace/recruitment/{call.pk}/open/").status_code == 403
    with pytest.raises(Refused):
        calls.open_call(actor=world.amina, call=call)


def test_what_is_missing_in_a_call_is_said_at_once(world):
    with pytest.raises(InputBlocked) as refusal:
        calls.add_call(actor=world.lead, details=calling.CallDetails())
    assert {"panel", "title", "slug", "places", "closes_on"} <= set(refusal.value.by_field())


def test_two_calls_cannot_share_an_address(world):
    calling.a_call(world)
    with pytest.raises(InputBlocked, match="short address"):
        calls.add_call(actor=world.lead, details=calling.call_details(world))


def test_a_call_is_finished_only_when_everybody_has_an_answer(world):
    application = calling.sent_and_closed(world)
    with pytest.raises(Blocked, match="no answer yet"):
        calls.finish_call(actor=world.lead, call=application.call)
    calling.decided(world, application, "not_chosen")
    assert calls.finish_call(actor=world.lead, call=application.call).state == "decided"


def test_nobody_who_chooses_reads_a_name_before_a_place_is_offered(world, signed_in):
    application = calling.sent_and_closed(world)
    lead = signed_in(world.lead)
    seen = [
        lead.get(address)
        for address in (
            "/workspace/applications/",
            f"/workspace/applications/{application.pk}/",
            f"/workspace/applications/{application.pk}/decide/",
            f"/workspace/recruitment/{application.call_id}/",
            "/api/v1/applications/",
            f"/api/v1/applications/{application.pk}/",
        )
    ]
    for answer in seen:
        assert answer.status_code == 200
        assert not [word for word in SECRETS if word in answer.content.decode()]
    assert application.number in seen[0].content.decode()
    calling.decided(world, application)
    assert "Halina Zielinska" in lead.get(f"/workspace/applications/{application.pk}/").content.decode()
    assert "Halina Zielinska" in lead.get(f"/api/v1/applications/{application.pk}/").content.decode()


def test_who_entered_an_application_is_hidden_too(world, signed_in):
    call = calling.a_call(world)
    entered = applying.enter_application(actor=world.amina, call=call, how="phone", answers=calling.HALINA)
    for address in (f"/workspace/applications/{entered.pk}/", f"/api/v1/applications/{entered.pk}/"):
        words = signed_in(world.lead).get(address).content.decode()
        assert not [word for word in SECRETS if word in words]


def test_drafts_are_read_by_nobody_and_an_officer_reads_what_they_entered(world):
    calling.an_application(world, send=False)
    entered = applying.enter_application(
        actor=world.amina, call=calling.a_call(world), how="paper", answers=calling.HALINA
    )
    assert list(Application.objects.visible_to(world.lead)) == [entered]
    assert list(Application.objects.visible_to(world.amina)) == [entered]
    assert not Application.objects.visible_to(world.joe).exists()


def test_reading_is_audited(world, signed_in):
    application = calling.an_application(world)
    signed_in(world.lead).get(f"/workspace/applications/{application.pk}/")
    event = AuditEvent.objects.get(verb="application.read")
    assert (event.actor_id, event.subject_id) == (world.lead.pk, str(application.pk))


def test_a_decision_without_a_reason_is_refused(world):
    application = calling.sent_and_closed(world)
    with pytest.raises(InputBlocked, match="in words the applicant can read"):
        choosing.decide_application(actor=world.lead, application=application, decision=Decision("not_chosen", " "))


def test_the_applicant_reads_the_reason_by_their_link(world):
    application = calling.sent_and_closed(world)
    calling.decided(world, application, "not_chosen", "Four others live nearer.")
    words = Client().get(f"/join/my/{calling.SECRET}/").content.decode()
    assert "Four others live nearer." in words
    assert "offer you a place this time" in words


def test_more_places_than_there_are_cannot_be_offered(world):
    calling.a_call(world, places=1)
    first, second = calling.an_application(world), _somebody_else(world)
    calling.closed(world, first.call)
    calling.decided(world, first)
    with pytest.raises(InputBlocked, match="Every place has been offered"):
        calling.decided(world, second)


def test_when_somebody_says_no_the_next_of_the_reserve_list_is_proposed(world, signed_in):
    calling.a_call(world, places=1)
    first, second, third = calling.an_application(world), _somebody_else(world), _somebody_else(world, 3)
    calling.closed(world, first.call)
    calling.decided(world, first)
    calling.decided(world, third, "reserve")
    calling.decided(world, second, "reserve")
    page = f"/workspace/recruitment/{first.call_id}/"
    assert "Next on the reserve list" not in signed_in(world.lead).get(page).content.decode()
    Client().post(f"/join/my/{calling.SECRET}/offer/", {"accepts": "no"})
    words = signed_in(world.lead).get(page).content.decode()
    assert "Next on the reserve list" in words
    assert third.number in words
    assert second.number not in words


def test_who_says_yes_by_their_link_becomes_a_person_and_a_member(world, signed_in):
    application = calling.sent_and_closed(world)
    calling.decided(world, application)
    Client().post(f"/join/my/{calling.SECRET}/offer/", {"accepts": "yes"})
    lead = signed_in(world.lead)
    lead.post(f"/workspace/applications/{application.pk}/place/", {})
    member = Membership.objects.get()
    assert (member.person.name, member.panel) == ("Halina Zielinska", application.call.panel)
    assert member.person.ways.get().value == "halina@post.example"
    application.refresh_from_db()
    assert (application.person, application.membership) == (member.person, member)


def test_who_is_known_already_gets_no_second_record(world):
    application = calling.sent_and_closed(world)
    calling.decided(world, application)
    told = choosing_yes(world, application)
    people = Person.objects.count()
    choosing.seat_applicant(actor=world.lead, application=told, person=world.person, seat=a_seat(world))
    assert Person.objects.count() == people
    assert Membership.objects.get().person == world.person


def choosing_yes(world, application):
    return applying.record_offer_answer(actor=world.lead, application=application, accepts=True)


def test_a_reserved_seat_refuses_an_applicant_without_their_own_declaration(world):
    application = calling.sent_and_closed(world)
    calling.decided(world, application)
    told = choosing_yes(world, application)
    seat = a_seat(world, reserved_for=world.community)
    with pytest.raises(InputBlocked, match="Please never guess"):
        choosing.seat_applicant(actor=world.lead, application=told, seat=seat)
    assert not Membership.objects.exists()


def test_an_officer_enters_what_somebody_said_with_the_recording(world, signed_in):
    call = calling.a_call(world)
    file = SimpleUploadedFile("Halina tells.mp3", MP3)
    sent = {"how": "recording", "name": "Halina", "reach_by": "link", "topics": "Forms", "recording": file}
    answer = signed_in(world.amina).post(f"/workspace/recruitment/{call.pk}/enter/", sent)
    entered = Application.objects.get()
    assert answer["Location"] == f"/workspace/applications/{entered.pk}/"
    assert entered.entered_by == world.amina
    assert "Halina" not in entered.recording.name
    address = f"/workspace/applications/{entered.pk}/recording/"
    heard = signed_in(world.amina).get(address)
    assert b"".join(heard.streaming_content) == MP3
    assert heard["Content-Disposition"].startswith("attachment")
    assert signed_in(world.joe).get(address).status_code == 404
    assert signed_in(world.analyst).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_a_file_that_is_no_recording_is_refused_whatever_it_is_called(world, signed_in):
    call = calling.a_call(world)
    sent = {"how": "recording", "name": "Sam", "reach_by": "link", "topics": "Buses",
            "recording": SimpleUploadedFile("voice.mp3", b"<script>alert(1)</script>")}  # fmt: skip
    words = signed_in(world.amina).post(f"/workspace/recruitment/{call.pk}/enter/", sent).content.decode()
    assert "Choose a sound or video file" in words
    assert "Buses" in words
    assert not Application.objects.exists()


def test_a_recording_is_kept_with_its_row_alone_and_goes_when_its_words_are_gone_for_good(
    world, django_capture_on_commit_callbacks
):
    calling.with_recording(world)
    folder = recordings().listdir("applications")[1]
    entering = {"actor": world.amina, "call": calling.a_call(world), "how": "recording"}
    too_long = replace(calling.HALINA, name="H" * 151)
    with pytest.raises(InputBlocked):
        applying.enter_application(**entering, answers=too_long, recording=ContentFile(MP3))
    assert recordings().listdir("applications")[1] == folder, "a voice was left behind"
    entered = applying.enter_application(**entering, answers=calling.HALINA, recording=ContentFile(MP3))
    with writing_allowed(), django_capture_on_commit_callbacks() as later:
        file = applying.blank(entered).recording
    assert not file
    assert len(recordings().listdir("applications")[1]) == len(folder) + 1, "a change that fails would have lost it"
    for delete in later:
        delete()
    assert recordings().listdir("applications")[1] == folder


def test_a_person_who_asked_us_to_stop_is_in_no_list_of_applications(world):
    application = calling.sent_and_closed(world)
    with writing_allowed():
        Application.objects.update(person=world.person)
        Person.objects.update(stopped_on=timezone.localdate())
    assert not Application.objects.visible_to(world.lead).filter(pk=application.pk).exists()


def test_words_of_who_got_no_place_are_deleted_when_they_were_kept_long_enough(world, settings):
    application = calling.sent_and_closed(world)
    name, topics = application.name, application.topics
    assert name in str(list(Revision.objects.values_list("values", flat=True)))
    calling.decided(world, application, "not_chosen", "Four others live nearer.")
    call_command("forget_applications", verbosity=0)
    application.refresh_from_db()
    assert application.name
    with writing_allowed():
        long_ago = timezone.localdate() - timedelta(days=settings.APPLICATIONS_KEPT_DAYS + 1)
        RecruitmentCall.objects.update(opens_on=long_ago, closes_on=long_ago, answer_by=long_ago)
    call_command("forget_applications", verbosity=0)
    application.refresh_from_db()
    assert application.name == application.topics == application.reach_at == ""
    kept = str(list(Revision.objects.values_list("values", flat=True)))
    assert name not in kept
    assert topics not in kept
    assert application.reason == "Four others live nearer."
    assert "Four others live nearer." in Client().get(f"/join/my/{calling.SECRET}/").content.decode()


def test_applications_by_api_are_shortlisted_and_decided(world, signed_in):
    application = calling.sent_and_closed(world)
    lead, address = signed_in(world.lead), f"/api/v1/applications/{application.pk}/"

    def post(verb, **body):
        tag = lead.get(address)["ETag"]
        token = lead.get("/workspace/").wsgi_request.META.get("CSRF_COOKIE", "")
        return lead.post(f"{address}{verb}/", json.dumps(body), content_type="application/json", headers={
            "If-Match": tag, "X-CSRFToken": token})  # fmt: skip

    assert post("shortlist").status_code == 200
    assert post("decide", outcome="offered").status_code == 400
    assert post("decide", outcome="offered", reason="You know caring.").status_code == 200
    assert post("answer-offer", accepts=True).status_code == 200
    assert post("place").status_code == 200
    assert Membership.objects.get().person.name == "Halina Zielinska"
