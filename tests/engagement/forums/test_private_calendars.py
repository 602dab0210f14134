"""Private calendars: made by whom, read by their address alone, dead at once when they are ended."""

from __future__ import annotations

import logging

import icalendar
import pytest
from django.test import Client

from crm.accounts.actions import close_account
from crm.base.logs import without_personal_data
from crm.base.permissions import Refused
from crm.base.writing import writing_allowed
from engagement.forums.actions.calendars import end_calendar_link, make_calendar_link
from engagement.forums.actions.forums import cancel_forum
from engagement.forums.models import CalendarLink, Invitation
from tests.crm.privacy.helpers import stopped
from tests.engagement.forums.helpers import a_forum, a_public_forum


@pytest.fixture
def anybody() -> Client:
    return Client()


def address(link: CalendarLink) -> str:
    return f"/calendars/my/{link.secret}.ics"


def titles(response) -> list[str]:
    assert response.status_code == 200
    return [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(response.content).walk("VEVENT")]


def invite(world, forum, answer: str = "none") -> Invitation:
    with writing_allowed():
        return Invitation.objects.create(forum=forum, person=world.person, answer=answer)


def test_a_person_reads_what_they_are_invited_to_and_how_to_join(world, anybody):
    link = make_calendar_link(actor=world.amina, person=world.person)
    forum = a_public_forum(world, is_public=False, mode="both", online_link="https://meet.example/abc")
    a_public_forum(world, title="Not invited")
    invite(world, forum, "yes")
    invite(world, a_forum(world, title="Being planned"))
    invite(world, a_public_forum(world, title="Said no"), "no")
    response = anybody.get(address(link))
    assert titles(response) == ["Care at home"]
    unfolded = response.content.replace(b"\r\n ", b"")
    assert b"https://meet.example/abc" in unfolded
    assert b"Parveen" not in unfolded
    assert b"ATTENDEE" not in unfolded
    assert link.secret.encode() not in unfolded


def test_a_person_hears_why_a_forum_is_cancelled_and_no_longer_how_to_join(world, anybody):
    link = make_calendar_link(actor=world.amina, person=world.person)
    forum = a_public_forum(world, mode="online", online_link="https://meet.example/abc")
    invite(world, forum)
    cancel_forum(actor=world.amina, forum=forum, reason="The hall is flooded")
    text = anybody.get(address(link)).content.replace(b"\r\n ", b"")
    assert b"The hall is flooded" in text
    assert b"meet.example" not in text


def test_a_champion_reads_the_forums_of_their_locality_and_those_they_organise(world, anybody):
    a_forum(world, title="East, being planned")
    a_public_forum(world, title="South", locality=world.south)
    a_public_forum(world, title="South, organised", locality=world.south, organisers=[world.chen])
    found = titles(anybody.get(address(make_calendar_link(actor=world.chen))))
    assert sorted(found) == ["East, being planned", "South, organised"]


def test_an_officer_reads_the_forums_they_look_after(world, anybody):
    a_forum(world, actor=world.joe, title="Joe's", locality=world.south)
    a_forum(world, title="Amina's")
    assert titles(anybody.get(address(make_calendar_link(actor=world.amina)))) == ["Amina's"]


def test_an_ended_address_is_missing_at_once_and_a_new_one_is_another(world, anybody):
    link = make_calendar_link(actor=world.amina, person=world.person)
    first = anybody.get(address(link))
    end_calendar_link(actor=world.amina, link=link)
    gone = anybody.get(address(link), headers={"If-None-Match": first.headers["ETag"]})
    assert gone.status_code == 404
    assert gone.headers["Cache-Control"] == "no-store, private"
    new = make_calendar_link(actor=world.amina, person=world.person)
    assert new.secret != link.secret
    assert anybody.get(address(new)).status_code == 200


def test_making_it_again_keeps_the_address(world):
    assert make_calendar_link(actor=world.amina) == make_calendar_link(actor=world.amina)
    assert CalendarLink.objects.count() == 1


def test_a_person_who_asked_us_to_stop_and_a_closed_account_have_no_calendar(world, anybody):
    of_person = make_calendar_link(actor=world.amina, person=world.person)
    of_chen = make_calendar_link(actor=world.chen)
    stopped(world)
    close_account(actor=world.administrator, user=world.chen)
    for link in (of_person, of_chen):
        assert anybody.get(address(link)).status_code == 404


def test_nobody_between_us_and_the_reader_keeps_it_and_no_page_after_learns_its_address(world, anybody):
    response = anybody.get(address(make_calendar_link(actor=world.amina)))
    assert response.headers["Cache-Control"] == "no-store, private"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    again = anybody.get(response.request["PATH_INFO"], headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_its_secret_is_kept_nowhere_and_reaches_no_log(world, anybody, caplog):
    link = make_calendar_link(actor=world.amina)
    stored = CalendarLink.objects.values().get()
    assert link.secret not in str(stored)
    assert len(link.secret) == 52  # 256 bits
    with caplog.at_level(logging.INFO, logger="heard.requests"):
        anybody.get(address(link))
    facts = [record.__dict__.get("facts", {}) for record in caplog.records]
    assert not [fact for fact in facts if link.secret in str(fact)]
    assert link.secret not in without_personal_data(f"Not Found: {address(link)}")


def test_a_guess_is_missing(world, anybody):
    for guess in ("x", "a" * 52, str(world.person.pk)):
        assert anybody.get(f"/calendars/my/{guess}.ics").status_code == 404


def test_an_officer_makes_and_ends_one_for_a_person_on_their_page(world, signed_in):
    browser, page = signed_in(world.amina), f"/workspace/people/{world.person.pk}/calendar/"
    assert page in browser.get(f"/workspace/people/{world.person.pk}/").content.decode()
    assert browser.post(page).status_code == 302
    link = CalendarLink.objects.get()
    assert address(link) in browser.get(page).content.decode()
    browser.post(f"/workspace/calendar-links/{link.pk}/end/")
    assert address(link) not in browser.get(page).content.decode()


def test_a_colleague_makes_and_ends_their_own(world, signed_in):
    browser = signed_in(world.chen)
    page = browser.get("/workspace/calendars/").content.decode()
    assert "/calendars/all/forums.ics" in page
    assert f"/calendars/locality/{world.east.pk}.ics" in page
    browser.post("/workspace/calendars/")
    link = CalendarLink.objects.get(user=world.chen)
    assert address(link) in browser.get("/workspace/calendars/").content.decode()
    browser.post(f"/workspace/calendar-links/{link.pk}/end/")
    assert address(link) not in browser.get("/workspace/calendars/").content.decode()


def test_an_analyst_reads_public_addresses_and_makes_no_private_calendar(world, signed_in):
    browser = signed_in(world.analyst)
    assert "Your private calendar" not in browser.get("/workspace/calendars/").content.decode()
    assert browser.post("/workspace/calendars/").status_code == 403


def test_nobody_makes_or_ends_one_of_a_person_or_colleague_they_may_not_see(world, signed_in):
    with pytest.raises(Refused):
        make_calendar_link(actor=world.joe, person=world.person)
    mine = make_calendar_link(actor=world.amina)
    hers = make_calendar_link(actor=world.amina, person=world.person)
    for link in (mine, hers):
        with pytest.raises(Refused):
            end_calendar_link(actor=world.joe, link=link)
        assert signed_in(world.joe).post(f"/workspace/calendar-links/{link.pk}/end/").status_code == 404
    assert signed_in(world.joe).get(f"/workspace/people/{world.person.pk}/calendar/").status_code == 404


def test_the_api_makes_lists_and_ends_private_calendars_and_never_tells_their_secret(world, caller):
    amina = caller(world.amina)
    made = amina.post("/private-calendars/", {"person": str(world.person.pk)}, key="a")
    assert made.status_code == 201
    link = CalendarLink.objects.get()
    assert amina.post("/private-calendars/", {"person": str(world.person.pk)}).json()["id"] == str(link.pk)
    for answer in (made, amina.get("/private-calendars/?ended=false"), amina.get(made.json()["url"])):
        assert link.secret not in answer.content.decode()
    assert caller(world.joe).get(made.json()["url"]).status_code == 404
    assert caller(world.amina, "read").post(f"{made.json()['url']}end/", {}, match="*").status_code == 403
    assert amina.post(f"{made.json()['url']}end/", {}, match="*").status_code == 200
    link.refresh_from_db()
    assert link.ended_at is not None
    assert caller(world.analyst).get("/private-calendars/").status_code == 403
