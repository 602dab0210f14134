"""Panels, their seats and members, and who is at the table, through the API."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.panels.models import Membership, Panel
from tests.crm.panels.helpers import a_member, a_panel, a_seat, declares, somebody
from tests.crm.privacy.helpers import stopped

PANELS, SEATS, MEMBERSHIPS, TABLE = "/panels/", "/seats/", "/memberships/", "/reports/table/"


def rows(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def pointers(answer):
    return {(error.get("pointer"), error["code"]) for error in answer.json()["errors"]}


def test_a_panel_is_added_once_read_changed_and_becomes_something_else(world, caller):
    lead = caller(world.lead)
    body = {
        "name": "Care panel",
        "kind": "citizen_panel",
        "purpose": "Say it",
        "communities": [str(world.community.pk)],
    }
    made = lead.post(PANELS, body, key="one")
    assert made.status_code == 201, made.content
    assert lead.post(PANELS, body, key="one").json() == made.json()
    url = made.json()["url"]
    row = lead.get(url).json()
    assert (row["kind"], row["agenda_power"], row["seats"], row["changes"]) == ("citizen_panel", "council", [], [])
    assert lead.patch(url, {"agenda_power": "panel"}, match='"1"').status_code == 200
    assert lead.patch(url, {"kind": "focus_group"}, match='"2"').status_code == 400
    answer = lead.post(f"{PANELS}{row['id']}/change-nature/", {"kind": "focus_group"}, match='"2"')
    assert pointers(answer) == {("/reason", "reason_missing")}
    sent = {"kind": "focus_group", "reason": "Smaller"}
    assert lead.post(f"{PANELS}{row['id']}/change-nature/", sent, match='"2"').status_code == 200
    grown = lead.post(PANELS, {"name": "Carers", "kind": "focus_group", "purpose": "Talk", "grew_from": row["id"]})
    row = lead.get(url).json()
    assert (row["kind"], row["agenda_power"], row["changes"][0]["old_kind"]) == (
        "focus_group",
        "panel",
        "citizen_panel",
    )
    assert [other["id"] for other in row["grew_into"]] == [grown.json()["id"]]
    assert lead.post(f"{PANELS}{row['id']}/end/", {"reason": "Done"}, match='"3"').status_code == 200
    assert [one["name"] for one in rows(lead.get(f"{PANELS}?current=true"))] == ["Carers"]
    answer = lead.patch(url, {"name": "Again"}, match='"4"')
    assert (answer.status_code, pointers(answer)) == (409, {("", "panel_ended")})
    assert caller(world.amina).post(PANELS, body).status_code == 403
    assert Panel.objects.count() == 2


def test_a_reserved_seat_and_who_may_sit_there(world, caller):
    lead, amina, panel = caller(world.lead), caller(world.amina), a_panel(world)
    body = {"panel": str(panel.pk), "name": "Kashmiri seat", "reserved_for": str(world.community.pk)}
    assert pointers(lead.post(SEATS, body)) == {("/aim", "aim_missing")}
    seat = lead.post(SEATS, {**body, "aim": "Nobody sits here"}).json()["id"]
    sits = {"panel": str(panel.pk), "person": str(world.person.pk), "seat": seat}
    answer = amina.post(MEMBERSHIPS, sits)
    assert pointers(answer) == {("/seat", "not_declared")}
    assert "told us themselves" in answer.json()["detail"]
    assert AuditEvent.objects.filter(verb="declaration.read", subject_id=str(world.person.pk)).count() == 1
    declares(world)
    made = amina.post(MEMBERSHIPS, sits)
    assert made.status_code == 201, made.content
    assert amina.get(made.json()["url"]).json()["seat"]["name"] == "Kashmiri seat"
    assert [row["taken"] for row in lead.get(f"{PANELS}{panel.pk}/").json()["seats"]] == [True]
    assert [row["taken"] for row in amina.get(f"{PANELS}{panel.pk}/").json()["seats"]] == [None]
    answer = lead.post(f"{SEATS}{seat}/end/", {}, match='"1"')
    assert (answer.status_code, pointers(answer)) == (409, {("", "seat_in_use")})


def test_a_member_changes_is_noted_about_and_leaves(world, caller):
    amina, member = caller(world.amina), a_member(world)
    url = f"{MEMBERSHIPS}{member.pk}/"
    assert amina.patch(url, {"role": "chair"}, match='"1"').status_code == 200
    assert amina.post(f"{url}note/", {"kind": "interest", "words": "Her son"}, match='"2"').status_code == 200
    assert [note["words"] for note in amina.get(url).json()["notes"]] == ["Her son"]
    assert pointers(amina.post(f"{url}leave/", {}, match='"3"')) == {("/because", "reason_missing")}
    sent = {"because": "access", "words": "No lift"}
    assert amina.post(f"{url}leave/", sent, match='"3"').status_code == 200
    row = amina.get(url).json()
    assert (row["last_day"], row["left_words"]) == (timezone.localdate().isoformat(), "No lift")


def test_a_champion_cannot_reach_the_members_of_another_locality(world, caller):
    south = somebody(world, "Southern Sam", actor=world.joe, area=world.south_ward)
    member = a_member(world, south, actor=world.joe)
    chen = caller(world.chen)
    assert rows(chen.get(MEMBERSHIPS)) == []
    assert chen.get(f"{MEMBERSHIPS}{member.pk}/").status_code == 404
    guess = chen.get(f"{MEMBERSHIPS}?person={south.pk}")
    assert guess.status_code == 400
    nobody = chen.get(f"{MEMBERSHIPS}?person={member.pk}")
    assert guess.json()["detail"] == nobody.json()["detail"]
    assert rows(chen.get(f"{MEMBERSHIPS}?panel={member.panel_id}")) == []
    assert "Southern Sam" not in chen.get(f"{PANELS}{member.panel_id}/").content.decode()
    assert chen.get(TABLE).status_code == 403


def test_a_champion_is_told_neither_the_seat_nor_why_somebody_left(world, caller):
    friend = somebody(world, "Friend of Chen", actor=world.chen)
    declares(world, friend, actor=world.lead)
    member = a_member(world, friend, actor=world.lead, seat=a_seat(world, reserved_for=world.community))
    url = f"{MEMBERSHIPS}{member.pk}/"
    sent = {"because": "not_heard", "words": "You decided before we came"}
    lead = caller(world.lead)
    assert lead.post(f"{url}leave/", sent, match='"1"').status_code == 200
    chen = caller(world.chen)
    for row in (chen.get(url).json(), *rows(chen.get(MEMBERSHIPS))):
        assert (row["seat"], row["left_words"]) == (None, "")
    assert lead.get(url).json()["seat"]["name"] == "Seat 1"
    assert not AuditEvent.objects.filter(verb="declaration.read", actor_id=world.chen.pk).exists()


def test_memberships_are_narrowed_and_a_stopped_person_is_in_no_list(world, caller):
    today = timezone.localdate()
    over = a_member(world, first_day=today - timedelta(days=9), last_day=today - timedelta(days=1))
    now = a_member(world, last_day=today)
    amina = caller(world.amina)
    assert [row["id"] for row in rows(amina.get(f"{MEMBERSHIPS}?current=true"))] == [str(now.pk)]
    assert [row["id"] for row in rows(amina.get(f"{MEMBERSHIPS}?current=false"))] == [str(over.pk)]
    stopped(world)
    assert rows(amina.get(MEMBERSHIPS)) == []
    assert Membership.objects.count() == 2


def test_the_table_says_the_same_words_as_the_page_and_empty_seats_to_leads_only(world, caller):
    panel = a_panel(world, communities=[world.community])
    seat = a_seat(world, reserved_for=world.community)
    a_member(world)
    lead = caller(world.lead)
    report = lead.get(TABLE).json()
    point = next(row for row in report["results"] if row["panel"] and row["about"] == "community")
    assert (point["panel"]["id"], point["people"], point["members"]) == (str(panel.pk), None, None)
    assert point["words"] == "Nobody has said that they belong to the Kashmiri community; the terms ask for them."
    assert point["less"]
    assert [row["id"] for row in report["empty_seats"]] == [str(seat.pk)]
    report = caller(world.analyst).get(TABLE).json()
    assert report["empty_seats"] is None
    assert not any(row["less"] for row in report["results"])
    assert lead.get(f"{TABLE}?since=2026-01-01").status_code == 400


def queries(call):
    with CaptureQueriesContext(connection) as seen:
        assert call().status_code < 300
    return len(seen)


def test_lists_and_creates_stay_within_their_budgets(world, caller):
    amina, panel, other = caller(world.amina), a_panel(world), a_panel(world, "Other panel")
    seat = a_seat(world, reserved_for=world.community)
    declares(world)
    body = {"panel": str(other.pk), "person": str(world.person.pk)}
    assert queries(lambda: amina.post(MEMBERSHIPS, body)) <= 16
    for path in (PANELS, SEATS, MEMBERSHIPS):
        assert queries(lambda path=path: amina.get(path)) <= 6
    body = {"panel": str(panel.pk), "person": str(world.person.pk), "seat": str(seat.pk)}
    assert (
        queries(lambda: amina.post(MEMBERSHIPS, body)) <= 24
    )  # what they declared is asked, and that it was asked kept
    assert queries(lambda: amina.get(MEMBERSHIPS)) <= 8  # with the trail of who read it
    assert queries(lambda: caller(world.lead).get(TABLE)) <= 14
