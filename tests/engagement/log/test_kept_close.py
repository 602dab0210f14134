"""What a reader must not learn, and what must not get lost because they may not see it."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked
from crm.base.spreadsheets import safe_cells
from crm.base.writing import writing_allowed
from engagement.log.actions import change_promise, make_promise, restrict_event
from engagement.log.details import PointDetails, PromiseDetails
from engagement.log.models import EngagementEvent


def test_whoever_restricts_a_contact_while_logging_it_can_still_read_it(world):
    event = world.contact(restricted=True, named_readers=[world.lead])
    assert set(event.named_readers.all()) == {world.amina, world.lead}
    assert event in EngagementEvent.objects.visible_to(world.amina)


@pytest.mark.parametrize(("restricted", "refusal"), [(True, Refused), (False, InputBlocked)])
def test_a_champion_does_not_choose_readers_by_logging(world, restricted, refusal):
    with pytest.raises(refusal):
        world.contact(actor=world.chen, restricted=restricted, named_readers=[world.joe])
    assert not EngagementEvent.objects.exists()


def test_other_readers_are_a_new_version_of_the_contact(world):
    event = restrict_event(actor=world.amina, event=world.contact(), readers=[world.lead])
    again = restrict_event(actor=world.amina, event=event, readers=[world.manager])
    assert again.version == event.version + 1
    assert set(again.named_readers.all()) == {world.amina, world.manager}
    assert AuditEvent.objects.filter(verb="contact.restricted", subject_id=str(event.pk)).count() == 2


@pytest.mark.parametrize("wrong", [{"topic": "0190f6a0-0000-7000-8000-000000000000"}, {"occurred_from": "soon"}])
def test_a_filter_that_does_not_exist_exports_nothing_rather_than_everything(world, signed_in, wrong):
    world.contact()
    answer = signed_in(world.amina).post("/workspace/contacts/export/", wrong, follow=True)
    assert answer.redirect_chain == [("/workspace/contacts/", 302)]
    assert "Nothing was exported" in answer.content.decode()
    assert not AuditEvent.objects.filter(verb="contact.exported").exists()


def _restrict(person):
    with writing_allowed():
        person.restricted = True
        person.save()


def test_correcting_a_point_does_not_unlink_a_person_one_may_not_see(world, signed_in):
    event = world.contact(people=[world.person], points=[PointDetails(words="Before", raised_by=world.person)])
    _restrict(world.person)
    point = event.points.get()
    sent = {"words": "After", "version": point.version, "kind": "idea", "reason": "A slip"}
    answer = signed_in(world.amina).post(f"/workspace/contacts/{event.pk}/points/{point.pk}/", sent)
    point.refresh_from_db()
    assert (answer.status_code, point.words, point.raised_by.person) == (302, "After", world.person)


def test_correcting_a_point_can_unlink_a_person_one_sees(world, signed_in):
    event = world.contact(people=[world.person], points=[PointDetails(words="Before", raised_by=world.person)])
    point = event.points.get()
    sent = {"words": "After", "version": point.version, "kind": "idea", "reason": "A slip"}
    signed_in(world.amina).post(f"/workspace/contacts/{event.pk}/points/{point.pk}/", sent)
    point.refresh_from_db()
    assert point.raised_by is None


def test_nobody_who_never_signed_in_fills_the_store_of_kept_forms(db):
    answer = Client().post("/workspace/contacts/new/", {"words": "x" * 100_000, "who_writes": "made:up"})
    assert answer.status_code == 302
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t=", "\u00a0=", "\u3000=", "\u200b=", "\ufeff=", "\x0b=", " \u200b ="]
)
def test_no_cell_runs_in_a_spreadsheet_whatever_unseen_letters_stand_before_it(start):
    assert safe_cells([f"{start}1+1"]) == [f"'{start}1+1"]


def test_a_semicolon_in_a_cell_begins_no_new_cell(world, signed_in):
    world.contact(met_in_words=";=1+1")
    answer = signed_in(world.amina).post("/workspace/contacts/export/")
    assert b'"Al-Noor Mosque, women\'s group; ;=1+1"' in b"".join(answer.streaming_content)


@pytest.mark.parametrize("who", ["analyst", "auditor", "leaver", "stranger"])
def test_a_promise_is_not_given_to_somebody_who_could_not_see_it(world, who):
    somebody, promise = getattr(world, who), world.promise()
    due = timezone.localdate()
    with pytest.raises(InputBlocked, match="meets people"):
        make_promise(actor=world.amina, event=promise.event, promise=PromiseDetails("Ring", due, owner=somebody))
    changed = PromiseDetails(promise.words, promise.due_on, owner=somebody)
    with pytest.raises(InputBlocked, match="meets people"):
        change_promise(actor=world.amina, promise=promise, changed=changed, reason="Holiday")


def test_a_promise_of_somebody_who_left_can_still_be_changed_and_passed_on(world):
    promise = world.promise()
    with writing_allowed():
        promise.owner = world.leaver
        promise.save()
    same = PromiseDetails("Send it in Urdu and English", promise.due_on, owner=world.leaver)
    promise = change_promise(actor=world.amina, promise=promise, changed=same, reason="They asked")
    passed_on = PromiseDetails(promise.words, promise.due_on, owner=world.joe)
    assert change_promise(actor=world.amina, promise=promise, changed=passed_on, reason="Left").owner == world.joe
