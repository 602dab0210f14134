"""At the desk of a forum, on the pages and by the API."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.accounts.models import RoleGrant
from crm.base.writing import writing_allowed
from crm.people.actions import change_person
from crm.people.details import PersonDetails, WayDetails
from engagement.forums.actions.invitations import invite
from engagement.forums.models import Attendance, Captured, Forum, Headcount
from engagement.log.models import EngagementEvent
from tests.engagement.forums.coming import an_open_forum, answers, somebody
from tests.engagement.forums.holding import came, closed, held, invited, on_the_day, ready_today, said

DESK = 15
CLOSING = 22  # decision 36: asked once for each forum, with every list to choose from


def page(browser, path):
    response = browser.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def press(browser, path, **sent):
    return browser.post(path, {"version": "", **sent}, follow=True).content.decode()


def test_an_officer_holds_a_forum_from_the_first_press_to_the_contact(world, signed_in):
    forum, browser = ready_today(world, communities=[world.community]), signed_in(world.amina)
    mine = answers(world, forum, world.person, place="has")
    rosa = answers(world, forum, somebody(world, "Rosa"), place="has")
    at = f"/workspace/forums/{forum.pk}/"
    assert "This forum takes place" in page(browser, at)
    assert "Parveen Begum" in page(browser, f"{at}desk/")
    assert "Write down who comes" in press(browser, f"{at}hold/")
    assert "Parveen Begum: came and spoke" in press(browser, f"{at}desk/", spoke=f"i{mine.pk}")
    assert "Rosa: did not come" in press(browser, f"{at}desk/", away=f"i{rosa.pk}")
    assert "They stand on the list" in press(browser, f"{at}desk/walk-in/", name="A neighbour", others="2")
    assert "Write a number" in press(browser, f"{at}desk/walk-in/", others="many")
    heads = {"heads-rows": "1", "heads-0-people": "12", "heads-0-community": str(world.community.pk),
             "heads-0-basis": "counted"}  # fmt: skip
    assert "Saved." in press(browser, f"{at}desk/heads/", **heads)
    assert "16 here" in page(browser, f"{at}desk/")
    written = press(browser, f"{at}capture/", kind="idea", words="Meet in the evening.")
    assert "Meet in the evening." in written
    assert "Choose by when" in press(browser, f"{at}capture/", kind="promise", words="We ask the bus company")
    asked = press(browser, f"{at}capture/", kind="idea", words="Ring me on 07700 900123")
    for words in ("phone number", 'href="#id_words"', "data-look-first"):
        assert words in asked
    press(browser, f"{at}capture/", kind="promise", words="We ask the bus company", due="14")
    row = Captured.objects.get(kind="idea")
    assert "Saved." in press(browser, f"/workspace/captured/{row.pk}/change/", kind="ask", words="Meet at 6pm.")
    why = Attendance.objects.get(came=False)
    assert "Saved." in press(browser, f"/workspace/attendances/{why.pk}/change/", came="no", reason="Ill")
    closing = page(browser, f"{at}close/")
    assert "Meet at 6pm." in closing
    assert "Write by when it happens" in press(browser, f"{at}close/", next_words="We tell the board")
    done = press(browser, f"{at}close/", communities=str(world.community.pk))
    assert "Its contact: what was said and promised" in done
    event = EngagementEvent.objects.get()
    assert (event.points.get().words, event.promises.get().words) == ("Meet at 6pm.", "We ask the bus company")
    assert "Meet at 6pm." in page(browser, f"/workspace/people/{world.person.pk}/")


def test_a_phone_number_signs_in_whoever_is_invited_and_never_stands_in_an_address(world, signed_in):
    ways = [WayDetails(kind="phone", value="07700 900123")]
    change_person(
        actor=world.amina, person=world.person, details=PersonDetails("Parveen Begum", area=world.east_ward, ways=ways)
    )
    forum, browser = invited(world).forum, signed_in(world.amina)
    answers(world, forum, None, place="has", guest_name="Guest", reach_at="+447700900456")
    at = f"/workspace/forums/{forum.pk}/desk/"
    answer = browser.post(at, {"number": "+44 7700 900123"})
    assert (answer.status_code, answer["Location"]) == (302, at)
    assert Attendance.objects.get().how == "phone"
    assert "Guest: came" in press(browser, at, number="07700900456")
    for nothing in ("07700 900999", "not a number", "", "0" * 5000):
        assert "Nobody who is invited has this number" in press(browser, at, number=nothing)


def test_the_desk_shows_nobody_whom_the_reader_may_not_see(world, signed_in):
    hidden = somebody(world, "Hidden", restricted=True, named_readers=[world.amina])
    forum = invited(world, hidden).forum
    line = came(world, forum.invitations.get())
    said(world, forum, "It is far.", raised_by=line)
    at = f"/workspace/forums/{forum.pk}/"
    assert "Hidden" in page(signed_in(world.amina), f"{at}desk/")
    for reader in (world.chen, world.joe, world.lead):
        shown = page(signed_in(reader), f"{at}desk/")
        assert "Hidden" not in shown
        assert "1 here" in shown
        assert "Hidden" not in page(signed_in(reader), f"{at}capture/")
    assert "It is far." not in page(signed_in(world.joe), f"{at}capture/")
    assert signed_in(world.chen).post(f"{at}desk/", {"spoke": f"a{line.pk}"}).status_code == 404


def test_a_champion_sees_who_comes_until_the_forum_is_closed(world, signed_in):
    stranger = somebody(world, "Yusuf", by=world.joe, area=world.south_ward)
    forum = held(world)
    row = came(world, answers(world, forum, stranger, place="has"))
    said(world, forum)
    at = f"/workspace/forums/{forum.pk}/desk/"
    assert "Yusuf" in page(signed_in(world.chen), at)
    closed(world, forum)
    assert not Attendance.objects.visible_to(world.chen).filter(pk=row.pk).exists()


def test_the_desk_costs_the_same_for_one_and_for_many(world, signed_in):
    forum, browser = invited(world).forum, signed_in(world.amina)
    at = f"/workspace/forums/{forum.pk}/desk/"
    came(world, forum.invitations.get())
    browser.get(at)
    with CaptureQueriesContext(connection) as few:
        browser.get(at)
    for number in range(4):
        came(world, answers(world, forum, somebody(world, f"Person {number}"), place="has"))
    with CaptureQueriesContext(connection) as many:
        browser.get(at)
    assert len(few) == len(many) <= DESK


def test_the_api_holds_counts_and_closes_by_the_same_rules(world, caller):
    amina, forum = caller(world.amina), ready_today(world)
    mine = answers(world, forum, world.person, place="has")
    body = {"forum": str(forum.pk), "invitation": str(mine.pk), "spoke": True}
    assert amina.post("/attendances/", body).status_code == 409
    at = f"/forums/{forum.pk}/"
    assert amina.post(f"{at}hold/", {}).status_code == 428
    assert amina.post(f"{at}hold/", {}, match="*").status_code == 200
    assert amina.post("/attendances/", body, key="a").json()["id"] == amina.post("/attendances/", body).json()["id"]
    unnamed = {"forum": str(forum.pk), "called": "A neighbour"}
    first = amina.post("/attendances/", unnamed, key="b")
    assert first.json()["id"] == amina.post("/attendances/", unnamed, key="b").json()["id"]
    assert amina.post("/attendances/", {**unnamed, "phone": "07700 900999"}).status_code == 400
    listed = amina.get(f"/attendances/?forum={forum.pk}&came=true").json()["results"]
    assert [row["how"] for row in listed] == ["walked_in", "list"]
    path = f"/attendances/{listed[0]['id']}/"
    assert amina.patch(path, {"came": False, "reason": "x" * 301}, match="*").status_code == 400
    assert amina.patch(path, {"came": False, "reason": "A cold"}, match="*").status_code == 200
    assert amina.post(f"{at}heads/", {"heads": [{"people": 3}, {"people": 4}]}, match="*").status_code == 400
    assert amina.post(f"{at}heads/", {"heads": [{"people": 3}]}, match="*").status_code == 200
    assert Headcount.objects.get().people == 3
    words = {"forum": str(forum.pk), "words": "=1+1 is too late"}
    assert amina.post("/captured/", {**words, "words": ""}).status_code == 400
    assert caller(world.joe).post("/captured/", {**words, "raised_by": listed[1]["id"]}).status_code == 400
    made = amina.post("/captured/", {**words, "raised_by": listed[1]["id"]})
    assert amina.get(made.json()["url"]).json()["raised_by"]["name"] == "Parveen Begum"
    assert amina.patch(made.json()["url"], {"kind": "ask"}, match="*").status_code == 200
    due = str(timezone.localdate() + timedelta(days=3))
    assert amina.post("/captured/", {**words, "kind": "promise", "due_on": due}).status_code == 201
    assert caller(world.amina, "read").post(f"{at}close/", {}, match="*").status_code == 403
    assert amina.post(f"{at}close/", {}, match="*").status_code == 200
    assert amina.post(f"{at}close/", {}, match="*").status_code == 409
    assert amina.get(at).json()["event"] == str(EngagementEvent.objects.get().pk)
    assert Forum.objects.get(pk=forum.pk).state == "closed"


@pytest.mark.parametrize("name", ["analyst", "publisher", "administrator", "leaver"])
@pytest.mark.once
def test_only_those_who_meet_people_stand_at_the_desk(world, signed_in, name):
    forum = held(world)
    browser = signed_in(getattr(world, name))
    for path in ("desk/", "capture/", "close/", "hold/"):
        assert browser.get(f"/workspace/forums/{forum.pk}/{path}").status_code == 403


def test_what_could_not_be_promised_is_refused_when_it_is_written_down(world, caller):
    forum, amina = held(world), caller(world.amina)
    promise = {"forum": str(forum.pk), "words": "We bring letters.", "kind": "promise", "due_on": str(forum.on)}
    far = forum.on.replace(day=1, year=forum.on.year + 11)
    for wrong, field, why in (
        ({"due_on": str(far)}, "/due_on", "A promise must be due within 10 years"),
        ({"due_on": str(forum.on - timedelta(days=1))}, "/due_on", "on the day of the forum or later"),
        ({"owner": str(world.analyst.pk)}, "/owner", "Choose somebody who meets people here today"),
    ):
        answer = amina.post("/captured/", {**promise, **wrong})
        (fault,) = answer.json()["errors"]
        assert (answer.status_code, fault["pointer"], why in fault["detail"]) == (400, field, True), wrong
    assert amina.post("/captured/", promise).status_code == 201


def test_a_promise_that_must_be_put_right_first_is_named_where_the_forum_is_closed(world, signed_in, caller):
    forum = held(world)
    came(world, invited(world, forum=forum))
    said(world, forum)
    said(world, forum, "We bring letters.", kind="promise", due_on=forum.on, owner=world.joe)
    with writing_allowed():
        RoleGrant.objects.filter(user=world.joe).delete()
    why = "“We bring letters.” cannot be promised like this: Choose somebody who meets people here today."
    answer = caller(world.amina).post(f"/forums/{forum.pk}/close/", {}, match=f'"{forum.version}"')
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["pointer"], fault["detail"]) == (409, "", f"{why} Change it first")
    browser, path = signed_in(world.amina), f"/workspace/forums/{forum.pk}/close/"
    assert why in browser.get(path).content.decode(), "said before anything is filled in"
    shown = press(browser, path, rest_stayed_away="on")
    assert why in shown[: shown.index("<form method")], "in the summary at the top"
    assert Forum.objects.get(pk=forum.pk).state == "held"


def test_a_forum_of_somebody_who_meets_nobody_any_more_is_given_away_before_it_is_closed(world, caller):
    forum = held(world)
    came(world, invited(world, forum=forum))
    said(world, forum)
    said(world, forum, "We bring letters.", kind="promise", due_on=forum.on)
    with writing_allowed():
        Forum.objects.filter(pk=forum.pk).update(owner=world.analyst)
    answer = caller(world.lead).post(f"/forums/{forum.pk}/close/", {}, match=f'"{forum.version}"')
    (fault,) = answer.json()["errors"]
    assert (answer.status_code, fault["pointer"]) == (409, "")
    assert fault["detail"].startswith("Give this forum to somebody who meets people here today")


def test_pages_about_a_forum_that_takes_place_keep_to_their_budgets(world, signed_in):
    forum, browser = held(world), signed_in(world.amina)
    line = came(world, answers(world, forum, world.person, place="has"))
    said(world, forum, raised_by=line)
    at = f"/workspace/forums/{forum.pk}/"
    asked = {path: _asked(browser, f"{at}{path}") for path in ("desk/heads/", "capture/", "close/", "run-sheet/")}
    closed(world, forum)
    asked |= {path: _asked(browser, f"{at}{path}") for path in ("notes/", "notes/write/", "thanks/", "next/")}
    assert asked.pop("close/") <= CLOSING
    assert {path: number for path, number in asked.items() if number > DESK} == {}


def _asked(browser, path):
    browser.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(path).status_code == 200
    return len(captured)


def test_logging_a_contact_with_a_group_that_was_at_a_forum_that_day_warns_once(world, signed_in):
    forum = an_open_forum(world)
    invitation = invite(actor=world.amina, forum=forum, organisations=[world.group])[0]
    forum = held(world, forum)
    invitation.refresh_from_db()
    came(world, invitation)
    on_the_day(forum, 1)
    browser = signed_in(world.amina)
    sent = {"key": str(uuid4()), "met": str(world.group.pk), "when": "yesterday", "kind": "in_person", "words": "x y",
            "promised": "no"}  # fmt: skip
    path = f"/workspace/contacts/new/?with={world.group.pk}"
    warned = browser.post(path, {**sent, "with": str(world.group.pk)}, follow=True).content.decode()
    assert "They were at the forum ‘Care at home’ that day" in warned
    assert EngagementEvent.objects.count() == 0
    browser.post(path, {**sent, "with": str(world.group.pk), "anyway": "yes"})
    assert EngagementEvent.objects.count() == 1
