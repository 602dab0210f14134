"""Restricted records whose readers have all left come back through an administrator, who sees no word of them."""

from __future__ import annotations

import pytest

from crm.accounts.actions import close_account
from crm.audit.models import AuditEvent
from crm.base.rules import InputBlocked
from crm.people.actions import add_person, name_reader_of_person
from crm.people.details import PersonDetails
from crm.people.models import Person
from engagement.log.models import EngagementEvent
from tests.crm.privacy import helpers


@pytest.mark.parametrize("what", ["people", "contacts"])
def test_an_administrator_names_a_reader_without_seeing_what_is_kept(world, signed_in, what):
    record = helpers.a_lost_person(world) if what == "people" else helpers.a_lost_event(world)
    model = Person if what == "people" else EngagementEvent
    browser = signed_in(world.administrator)
    page = browser.get(f"/workspace/{what}/nobody-reads/").content.decode()
    assert f"/workspace/{what}/{record.pk}/reader/" in page
    assert "Joe" in page.replace("Only Joe Knows", "")
    for secret in ("Only Joe Knows", "Traveller", "carer can get help"):
        assert secret not in page
        assert secret not in browser.get(f"/workspace/{what}/{record.pk}/reader/").content.decode()
    record.refresh_from_db()
    typed = {"reader_named": world.amina.pk, "version": record.version}
    sent = browser.post(f"/workspace/{what}/{record.pk}/reader/", typed)
    assert sent.status_code == 302, sent.context["form"].errors
    assert sent["Location"] == f"/workspace/{what}/nobody-reads/"
    assert model.objects.visible_to(world.amina).filter(pk=record.pk).exists()
    assert not model.objects.visible_to(world.administrator).filter(pk=record.pk).exists()
    assert AuditEvent.objects.filter(verb="reader.named", actor=world.administrator).count() == 1
    assert browser.get(f"/workspace/{what}/{record.pk}/reader/").status_code == 404


@pytest.mark.parametrize("who", ["amina", "lead", "manager", "auditor", "chen"])
def test_nobody_else_may(world, signed_in, who):
    record = helpers.a_lost_person(world)
    assert signed_in(getattr(world, who)).get("/workspace/people/nobody-reads/").status_code == 403
    assert signed_in(getattr(world, who)).get(f"/workspace/people/{record.pk}/reader/").status_code == 403


def test_a_closed_account_reads_nothing_so_its_records_are_lost_too(world):
    details = PersonDetails(name="Only Joe Knows", restricted=True, named_readers=[world.joe])
    person = add_person(actor=world.joe, details=details)
    with pytest.raises(InputBlocked) as refusal:
        name_reader_of_person(actor=world.administrator, person=person, reader=world.amina)
    assert refusal.value.blockers[0].code == "has_readers"
    close_account(actor=world.administrator, user=world.joe)
    with pytest.raises(InputBlocked) as refusal:
        name_reader_of_person(actor=world.administrator, person=person, reader=world.analyst)
    assert refusal.value.blockers[0].code == "reader_missing"
    name_reader_of_person(actor=world.administrator, person=person, reader=world.amina)
    assert person in Person.objects.visible_to(world.amina)


@pytest.mark.parametrize("what", ["people", "contacts"])
def test_another_program_of_an_administrator_finds_them_and_names_a_reader(world, caller, what):
    record = helpers.a_lost_person(world) if what == "people" else helpers.a_lost_event(world)
    calls, path = caller(world.administrator), f"/lost-{what}/"
    (row,) = calls.get(path).json()["results"]
    assert row.keys() == {"id", "version", "created_at", "team", "locality", "could_be_read_by"}
    assert (row["id"], [one["name"] for one in row["could_be_read_by"]]) == (str(record.pk), ["Joe"])
    body, match = {"reader": str(world.amina.pk)}, f'"{row["version"]}"'
    assert calls.post(f"{path}{record.pk}/name-reader/", body).status_code == 428
    assert calls.post(f"{path}{record.pk}/name-reader/", body, match='"99"').status_code == 412
    wrong = calls.post(f"{path}{record.pk}/name-reader/", {"reader": str(world.analyst.pk)}, match=match)
    assert wrong.status_code == 400
    assert calls.post(f"{path}{record.pk}/name-reader/", body, match=match).status_code == 200
    assert calls.get(path).json()["results"] == []
    assert calls.post(f"{path}{record.pk}/name-reader/", body, match='"*"').status_code == 404
    assert type(record).objects.visible_to(world.amina).filter(pk=record.pk).exists()
    assert AuditEvent.objects.filter(verb="reader.named", actor=world.administrator).count() == 1


@pytest.mark.parametrize("what", ["people", "contacts"])
def test_the_list_is_nobody_elses_and_holds_no_record_that_somebody_reads(world, caller, what):
    add_person(actor=world.joe, details=PersonDetails(name="Kept", restricted=True, named_readers=[world.joe]))
    calls = caller(world.administrator)
    assert calls.get(f"/lost-{what}/").json()["results"] == []
    assert calls.post(f"/lost-{what}/{world.person.pk}/name-reader/", {}, match="*").status_code == 404
    assert {who: caller(getattr(world, who)).get(f"/lost-{what}/").status_code for who in
            ("amina", "chen", "lead", "manager", "auditor", "analyst")} == dict.fromkeys(
        ("amina", "chen", "lead", "manager", "auditor", "analyst"), 403)  # fmt: skip
