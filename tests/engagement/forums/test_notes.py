"""Notes of a forum as text and Easy Read, letters of thanks, and the log of barriers."""

from __future__ import annotations

import csv
import io

import pytest
from django.utils import timezone

from crm.audit.models import AuditEvent
from crm.base.permissions import Refused
from crm.base.rules import Blocked
from crm.base.writing import writing_allowed
from crm.people.actions import change_person
from crm.people.details import PersonDetails, WayDetails
from crm.sending.models import Message
from engagement.forums.actions.notes import check_notes, publish_notes, say_what_is_next, write_notes
from engagement.forums.actions.thanking import prepare_thanks, send_thanks
from engagement.forums.models import Attendance, Forum, ForumNotes
from engagement.forums.noting import RowDetails
from engagement.forums.reports.barriers import barriers_report
from engagement.log.models import Barrier
from engagement.needs.reports import whole_year
from tests import grounds
from tests.engagement.forums.coming import an_open_forum, answers, somebody
from tests.engagement.forums.helpers import in_days
from tests.engagement.forums.holding import (
    ROWS,
    came,
    checked,
    closed,
    held,
    notes,
    said,
    thanks_prepared,
    to_thank,
)

LONG = " ".join(["word"] * 21) + "."


def page(browser, path):
    response = browser.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def press(browser, path, **sent):
    return browser.post(path, {"version": "", **sent}, follow=True).content.decode()


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "at least one thing"),
        ([RowDetails("", "Easy.")], "in plain words"),
        ([RowDetails("Plain.", "")], "in Easy Read too"),
        ([RowDetails("Plain.", "One. Two. Three.")], "Make two rows of it"),
        ([RowDetails("Plain.", LONG)], "20 words at most"),
        ([RowDetails("Plain.", "Easy.", "unicorn")], "one of the pictures"),
        (ROWS * 16, "30 rows at most"),
    ],
)
@pytest.mark.once
def test_easy_read_is_short_and_has_pictures(world, rows, why):
    with pytest.raises(Blocked, match=why):
        notes(world, held(world), rows)


def test_nothing_is_published_before_easy_read_readers_checked_it(world):
    with pytest.raises(Blocked, match="took place"):
        notes(world, an_open_forum(world))
    forum = held(world)
    draft = notes(world, forum)
    with pytest.raises(Blocked) as refusal:
        publish_notes(actor=world.amina, notes=draft)
    assert {blocker.code for blocker in refusal.value.blockers} == {"forum_not_closed", "notes_not_checked"}
    closed(world, forum, nobody_came=True)
    with pytest.raises(Blocked, match="which group checked it"):
        check_notes(actor=world.amina, notes=draft, checked_by=" ")
    done = check_notes(actor=world.checker, notes=draft, checked_by="The Easy Read group")
    again = write_notes(actor=world.amina, forum=forum, rows=[*ROWS, RowDetails("More.", "More.")])
    assert (again.pk, again.checked_on) == (done.pk, None)
    again = check_notes(actor=world.amina, notes=again, checked_by="The Easy Read group")
    with pytest.raises(Blocked, match="picture for every row"):
        publish_notes(actor=world.amina, notes=again)
    with pytest.raises(Refused):
        publish_notes(actor=world.chen, notes=again)


def test_what_is_published_stays_and_a_change_makes_the_next_version(world):
    first = publish_notes(actor=world.publisher, notes=checked(world))
    second = notes(world, first.forum, ROWS[:1])
    assert (first.number, second.number, first.rows.count()) == (1, 2, 2)
    with pytest.raises(Blocked, match="A change makes the next version"):
        check_notes(actor=world.amina, notes=first, checked_by="Somebody")


def test_the_public_reads_the_newest_version_as_text_and_as_easy_read(world, client):
    first = publish_notes(actor=world.amina, notes=checked(world))
    say_what_is_next(actor=world.amina, forum=first.forum, words="We ask the bus company", by=in_days(20))
    address = (
        f"/en/coming/{first.forum_id}/"
        if client.get(f"/coming/{first.forum_id}/").status_code == 404
        else (f"/coming/{first.forum_id}/")
    )
    text = page(client, address)
    assert "does not stop at the centre" in text
    assert "We ask the bus company" in text
    assert "There is no bus in the evening." not in text
    easy = page(client, f"{address}?easy=1&lang=en")
    assert "There is no bus in the evening." in easy
    assert easy.split('id="notes"')[1].count("heard-row__picture") == 2
    assert "The Easy Read group" in easy
    notes(world, first.forum, [RowDetails("Secret draft.", "Secret draft.")])
    assert "Secret draft" not in page(client, address)


def test_notes_of_a_forum_for_invited_people_are_read_by_those_who_have_a_link(world, client):
    forum = held(world, is_public=False)
    invitation = answers(world, forum, world.person, place="has")
    with writing_allowed():
        invitation.digest = invitation.digest_of(invitation.secret)
        invitation.save()
    came(world, invitation)
    said(world, forum)
    publish_notes(actor=world.amina, notes=checked(world, closed(world, forum)))
    for start in ("/coming", "/en/coming"):
        assert client.get(f"{start}/{forum.pk}/").status_code == 404
    answer = client.get(f"/coming/my/{invitation.secret}/")
    answer = answer if answer.status_code == 200 else client.get(f"/en/coming/my/{invitation.secret}/")
    assert "does not stop at the centre" in answer.content.decode()


def test_an_officer_writes_checks_and_publishes_on_the_pages(world, signed_in):
    forum = held(world)
    line = came(world, answers(world, forum, world.person, place="has"))
    said(world, forum, "The bus is always late.", raised_by=line, quoting="yes")
    said(world, forum, "My neighbour shouts.", raised_by=line)
    closed(world, forum)
    browser, at = signed_in(world.amina), f"/workspace/forums/{forum.pk}/notes/"
    begun = page(browser, f"{at}write/")
    assert "The bus is always late." in begun
    assert "My neighbour" not in begun
    sent = {
        "rows-rows": "1",
        "rows-0-words": "The bus is late.",
        "rows-0-easy": "The bus is late.",
        "rows-0-picture": "bus",
    }
    assert "Write it in Easy Read too" in press(browser, f"{at}write/", **{**sent, "rows-0-easy": ""})
    assert "a phone number" in press(browser, f"{at}write/", **{**sent, "rows-0-words": "Ring 07700 900123"})
    assert "Saved." in press(browser, f"{at}write/", **sent)
    draft = ForumNotes.objects.get()
    assert "Let Easy Read readers check it first" in page(browser, at)
    assert "Saved." in press(browser, f"/workspace/notes/{draft.pk}/check/", checked_by="The Easy Read group")
    assert "Published." in press(browser, f"/workspace/notes/{draft.pk}/publish/")
    assert "what people read" in page(signed_in(world.checker), at)


def test_the_api_writes_checks_and_publishes_by_the_same_rules(world, caller):
    forum, amina = closed(world), caller(world.amina)
    body = {
        "forum": str(forum.pk),
        "rows": [{"words": "The bus is late.", "easy": "The bus is late.", "picture": "bus"}],
    }
    assert amina.post("/forum-notes/", {**body, "rows": [{"words": "x"}]}).status_code == 400
    made = amina.post("/forum-notes/", body, key="a").json()
    assert amina.post("/forum-notes/", body).json()["id"] == made["id"]
    assert amina.post(f"{made['url']}publish/", match="*").status_code == 409
    assert amina.post(f"{made['url']}check/", {"checked_by": "The group"}, match="*").status_code == 200
    assert caller(world.amina, "read").post(f"{made['url']}publish/", match="*").status_code == 403
    assert amina.post(f"{made['url']}publish/", match="*").status_code == 200
    assert (
        amina.get(f"/forum-notes/?forum={forum.pk}&published=true").json()["results"][0]["rows"][0]["picture"] == "bus"
    )
    assert amina.post(f"/forums/{forum.pk}/next/", {"words": "We go on"}, match="*").status_code == 400
    told = {"words": "We go on", "by": str(in_days(9))}
    assert amina.post(f"/forums/{forum.pk}/next/", told, match="*").status_code == 200
    assert amina.get(f"/forums/{forum.pk}/").json()["next_words"] == "We go on"


def test_those_who_came_are_thanked_once_with_what_happens_next(world, signed_in):
    ways = [WayDetails(kind="letter", value="At the mosque", is_preferred=True)]
    change_person(
        actor=world.amina, person=world.person, details=PersonDetails("Parveen Begum", area=world.east_ward, ways=ways)
    )
    forum = to_thank(world)
    at, browser = f"/workspace/forums/{forum.pk}/thanks/", signed_in(world.amina)
    assert "1 letter to write" in page(browser, at)
    assert "Prepared: 1" in press(browser, at, prepare="1")
    draft = Message.objects.get()
    assert "We tell the board" in draft.text
    assert draft.subject == "Thank you for coming"
    assert "On their way: 1" in press(browser, at, send="1")
    assert Attendance.objects.get().thanked_on == timezone.localdate()
    assert prepare_thanks(actor=world.amina, forum=forum) == []


def test_nobody_is_thanked_before_it_is_said_what_happens_next(world):
    forum = closed(world)
    with pytest.raises(Blocked, match="what happens next, and by when"):
        prepare_thanks(actor=world.amina, forum=forum)
    with pytest.raises(Blocked, match="Close this forum first"):
        say_what_is_next(actor=world.amina, forum=held(world), words="x", by=in_days(3))


def test_whoever_cannot_be_reached_safely_is_held_back_and_not_counted_as_thanked(world):
    forum = thanks_prepared(world)
    done = send_thanks(actor=world.amina, forum=forum)
    assert (len(done.queued), len(done.held)) == (0, 1)
    assert Attendance.objects.get().thanked_on is None


@pytest.fixture(scope="class")
def a_year(django_db_setup, django_db_blocker):
    """Twelve people kept away by the cost of travel and three by the time of day; twelve came; of the East. Made once
    for the tests that read them."""
    with grounds.with_more(django_db_blocker) as world:
        _kept_away(world)
        yield


def _kept_away(world):
    with writing_allowed():
        cost = Barrier.objects.create(name="Travel cost or distance")
        time = Barrier.objects.create(name="Time of day")
    forum = held(world, communities=[world.community])
    for number in range(27):
        line = answers(world, forum, somebody(world, f"Person {number}"), place="has")
        kept = cost if number < 12 else time if number < 15 else None
        came(world, line, came=kept is None, barrier=kept)
    said(world, forum)
    closed(world, forum)
    since, until = whole_year(None)
    with writing_allowed():
        Forum.objects.update(on=until)
    assert since < until


class TestBarriers:
    """The report on what kept people away."""

    def test_small_numbers_of_people_kept_away_are_hidden_with_what_gives_them_away(self, a_year, world, settings):
        settings.SMALL_NUMBERS_ROUND_TO = 1
        report = barriers_report()
        assert report.total.numbers["invited"].value == 27
        assert report.total.numbers["came"].is_hidden  # beside nobody who said no, it would tell that there was nobody
        assert dict(report.total.barriers) == {}  # 12 beside a hidden 3 of 15 would tell the 3
        settings.SMALL_NUMBERS_UNDER = 3
        report = barriers_report()
        assert [(words, number.value) for words, number in report.total.barriers] == [("Travel cost or distance", 12)]
        assert [line.name for line in report.communities] == ["Kashmiri community"]

    def test_leads_and_analysts_read_and_take_it_away_and_others_do_not(
        self, a_year, world, signed_in, caller, settings
    ):
        settings.SMALL_NUMBERS_UNDER = 3
        settings.SMALL_NUMBERS_ROUND_TO = 1
        with writing_allowed():
            Barrier.objects.filter(name="Time of day").update(name="=1+1")
        path = "/workspace/reports/barriers/"
        assert "Travel cost or distance" in page(signed_in(world.lead), path)
        for name in ("amina", "chen", "publisher"):
            assert signed_in(getattr(world, name)).get(path).status_code == 403
        answer = signed_in(world.analyst).post(f"{path}export/", {"until": ""})
        rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
        assert ["all", "All", "barrier", "Travel cost or distance", "12", "times"] in rows
        assert not any(cell.startswith("=") for row in rows for cell in row)
        assert AuditEvent.objects.filter(verb="barriers.exported").exists()
        analyst = caller(world.analyst)
        body = analyst.get("/reports/barriers/").json()["results"][0]
        assert body["barriers"][0] == {"name": "Travel cost or distance", "number": 12}
        assert analyst.get("/reports/barriers/?person=1").status_code == 400
