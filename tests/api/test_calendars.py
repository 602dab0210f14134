"""Calendars people subscribe to: what is in them, who may read them, and that an unchanged one costs one question."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import icalendar
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crm.erasing.actions import decide_erasure
from crm.venues.actions import check_venue
from crm.venues.details import VenueFactDetails
from engagement.forums.actions.forums import cancel_forum, change_forum, move_forum, open_forum, skip_date
from engagement.forums.details import OfferDetails, details_of
from engagement.forums.models import Forum
from engagement.forums.reports.calendars import text_of
from tests.crm.erasing.helpers import EVERYWHERE, a_request
from tests.engagement.forums.helpers import a_forum, a_public_forum, a_series, in_days, offers

ALL = "/calendars/all/forums.ics"
ANEW = 5  # queries of a calendar made anew, however much is in it; sessions and roles are never asked


@pytest.fixture
def anybody() -> Client:
    """Nobody who signed in: a calendar program."""
    return Client()


def events(response) -> list[icalendar.Event]:
    assert response.status_code == 200, response.content[:300]
    return list(icalendar.Calendar.from_ical(response.content).walk("VEVENT"))


def titles(response) -> list[str]:
    return [str(event["SUMMARY"]) for event in events(response)]


def queries(client, path: str, **headers) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get(path, **headers)
    return len(asked)


def test_anybody_reads_the_public_forums_and_their_access(world, anybody):
    a_public_forum(world, topics=[world.topic], about="What helps at home.")
    response = anybody.get(ALL)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    (event,) = events(response)
    assert event["SUMMARY"] == "Care at home"
    assert event["LOCATION"] == "Mill Street Centre"
    for words in (
        "What helps at home.",
        "- BSL interpreters (2).",
        "- Step-free from the street to the room: yes (Ramp at",
    ):
        assert words in event["DESCRIPTION"]
    assert "Phone 0113 496 0100. Write to talk@northbrook.example." in event["DESCRIPTION"]
    assert [str(topic) for topic in event["CATEGORIES"].cats] == ["Carers"]
    assert event["ORGANIZER"] == "mailto:talk@northbrook.example"


def test_what_is_planned_hidden_or_not_for_everybody_is_in_no_public_calendar(world, anybody):
    a_forum(world, title="Being planned")
    a_public_forum(world, title="By invitation", is_public=False)
    a_public_forum(world, title="Open")
    assert titles(anybody.get(ALL)) == ["Open"]


def test_no_public_calendar_says_how_to_join_who_organises_or_why_it_is_cancelled(world, anybody):
    forum = a_public_forum(
        world, mode="both", online_link="https://meet.example/secret", organisers=[world.chen], notes="Ring Parveen"
    )
    before = anybody.get(ALL).content.replace(b"\r\n ", b"")
    cancel_forum(actor=world.amina, forum=forum, reason="Parveen is ill")
    after = anybody.get(ALL).content.replace(b"\r\n ", b"")
    for text in (before, after):
        for secret in (b"meet.example", b"Parveen", b"Chen", b"Amina", b"amina@", b"ATTENDEE"):
            assert secret not in text
    assert b"You can join online. The link is sent to people who say that they come." in before.replace(b"\\,", b",")
    assert b"STATUS:CANCELLED" in after
    assert b"Cancelled: Care at home" in after


def test_calendars_are_chosen_by_place_community_language_and_offer(world, anybody):
    interpreter, *_ = offers(world, "bsl-interpreters")
    a_public_forum(world, title="East", communities=[world.nested], offers=[OfferDetails(interpreter.kind, world.urdu)])
    a_public_forum(world, title="South", locality=world.south, offers=[])
    a_public_forum(world, title="Everywhere", locality=None, offers=[])
    found = {
        f"locality/{world.east.pk}": ["East", "Everywhere"],
        f"locality/{world.south.pk}": ["South", "Everywhere"],
        f"community/{world.community.pk}": ["East"],
        "language/ur": ["East"],
        "offer/bsl-interpreters": ["East"],
    }
    for path, expected in found.items():
        assert titles(anybody.get(f"/calendars/{path}.ics")) == expected, path


@pytest.mark.parametrize(
    "path",
    [
        "all/x", "locality/x", "locality/{ward}", "community/{person}", "language/xx", "offer/x", "person/{person}",
        "locality/-{east}", "locality/{{{east}}}", "language/%00",
    ],
)  # fmt: skip
def test_a_calendar_that_is_not_there_is_missing(path, world, anybody):
    path = path.format(ward=world.east_ward.pk, person=world.person.pk, east=world.east.pk)
    assert anybody.get(f"/calendars/{path}.ics").status_code == 404


def test_only_get_and_head_are_answered(world, anybody):
    assert anybody.post(ALL).status_code == 405
    head = anybody.head(ALL)
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) > 500


def test_an_unchanged_calendar_costs_one_question_and_no_text(world, anybody):
    a_public_forum(world)
    first = anybody.get(ALL)
    assert first.headers["Cache-Control"] == "public, no-cache"
    for name, told in (("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")):
        again = anybody.get(ALL, headers={told: first.headers[name]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
    assert queries(anybody, ALL, headers={"If-None-Match": first.headers["ETag"]}) == 1
    assert queries(anybody, ALL) == 1  # kept: the text is sent without being made


def test_who_has_it_is_answered_before_any_other_layer_and_who_has_an_older_one_gets_the_new(world, anybody):
    forum = a_public_forum(world)
    has_it = {"If-None-Match": anybody.get(ALL).headers["ETag"]}
    answer = anybody.get(ALL, headers=has_it)
    assert answer.status_code == 304
    assert "X-Request-Id" not in answer.headers, "what one of the layers adds"
    assert anybody.head(ALL, headers=has_it).status_code == 304
    cancel_forum(actor=world.amina, forum=forum, reason="The hall is flooded.")
    told = anybody.get(ALL, headers=has_it)
    assert [str(event["STATUS"]) for event in events(told)] == ["CANCELLED"]


@pytest.mark.parametrize("address", ["/calendars/nothing/forums.ics", "/calendars/my/a-secret.ics"])
def test_a_calendar_that_is_not_there_is_missing_whatever_its_reader_says_to_have(world, anybody, address):
    assert anybody.get(address, headers={"If-None-Match": "*"}).status_code == 404
    assert anybody.post(address, headers={"If-None-Match": "*"}).status_code in (404, 405)


def test_over_http_a_council_that_insists_on_https_sends_on_and_answers_nothing(world, anybody, settings):
    a_public_forum(world)
    has_it = {"If-None-Match": anybody.get(ALL).headers["ETag"]}
    settings.SECURE_SSL_REDIRECT = True
    somebody = Client()  # who comes once the server runs so
    assert somebody.get(ALL, headers=has_it).status_code == 301
    assert somebody.get(ALL, headers=has_it, secure=True).status_code == 304


def test_a_calendar_made_anew_asks_as_much_for_one_forum_as_for_ten(world, anybody):
    a_public_forum(world)
    assert queries(anybody, ALL) <= ANEW
    for number in range(9):
        a_public_forum(world, title=f"Forum {number}", on=in_days(70 + number), topics=[world.topic])
    assert queries(anybody, ALL) <= ANEW
    assert len(events(anybody.get(ALL))) == 10


def test_whoever_changes_what_a_calendar_says_makes_a_new_edition(world, anybody):
    forum = a_public_forum(world)
    ramp = VenueFactDetails("hearing_loop", "yes", "", timezone.localdate(), "the caretaker")
    changes = {
        "words": lambda: change_forum(
            actor=world.amina, forum=forum, details=replace(details_of(forum), about="Bring a friend.")
        ),
        "venue": lambda: check_venue(actor=world.amina, venue=world.venue, facts=[ramp]),
        "day": lambda: move_forum(actor=world.amina, forum=forum, on=in_days(61)),
        "end": lambda: cancel_forum(actor=world.amina, forum=forum, reason="Too few"),
    }
    for what, change in changes.items():
        before = anybody.get(ALL)
        change()
        after = anybody.get(ALL, headers={"If-None-Match": before.headers["ETag"]})
        assert after.status_code == 200, what
        assert after.content != before.content, what


def test_what_no_calendar_says_makes_no_new_edition(world, anybody):
    a_public_forum(world)
    before = anybody.get(ALL).headers["ETag"]
    a_forum(world, title="Being planned")
    world.contact()
    assert anybody.get(ALL).headers["ETag"] == before


def test_a_calendar_reaches_back_a_year_and_changes_with_the_month(world, anybody):
    a_public_forum(world)
    first = anybody.get(ALL)
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        later = anybody.get(ALL, headers={"If-None-Match": first.headers["ETag"]})
        assert later.status_code == 200
        assert later.content == first.content  # the forum is still in it
    with time_machine.travel(timezone.now() + timedelta(days=60 + 400)):
        assert events(anybody.get(ALL)) == []


def test_it_is_packed_for_who_can_unpack_it(world, anybody):
    a_public_forum(world)
    packed = anybody.get(ALL, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(packed.content) < len(anybody.get(ALL).content)


def test_a_series_is_one_event_with_its_moved_skipped_and_cancelled_dates(world, anybody):
    series = a_series(world)
    dates = list(Forum.objects.filter(series=series).order_by("original_on"))
    skip_date(actor=world.amina, forum=dates[4])
    dates = [open_forum(actor=world.amina, forum=date) for date in dates[:4] + dates[5:]]
    move_forum(actor=world.amina, forum=dates[1], on=dates[1].on + timedelta(days=1))
    cancel_forum(actor=world.amina, forum=dates[2], reason="Too few")
    found = events(anybody.get(ALL))
    master, moved, cancelled = found
    assert master["RRULE"]["FREQ"] == ["MONTHLY"]
    assert len(master["EXDATE"].dts) == 1
    assert moved["RECURRENCE-ID"].dt.date() == dates[1].original_on
    assert moved["DTSTART"].dt.date() == dates[1].original_on + timedelta(days=1)
    assert moved["SEQUENCE"] == 1
    assert cancelled["STATUS"] == "CANCELLED"
    assert {str(event["UID"]) for event in found} == {series.uid}


def test_one_forum_is_added_to_a_calendar_by_its_own_file(world, anybody):
    forum = a_public_forum(world)
    response = anybody.get(f"/calendars/forum/{forum.pk}.ics")
    (event,) = events(response)
    assert event["UID"] == forum.uid
    assert response.headers["Content-Disposition"] == 'attachment; filename="forum.ics"'
    hidden = a_public_forum(world, is_public=False)
    for missing in (hidden.pk, a_forum(world).pk, world.person.pk):
        assert anybody.get(f"/calendars/forum/{missing}.ics").status_code == 404


def test_one_date_of_a_series_is_added_by_itself(world, anybody):
    forum = open_forum(actor=world.amina, forum=a_series(world).forums.order_by("original_on")[1])
    (event,) = events(anybody.get(f"/calendars/forum/{forum.pk}.ics"))
    assert "RRULE" not in event
    assert "RECURRENCE-ID" not in event


def test_a_new_address_of_the_site_stands_in_every_calendar_at_once(world, anybody, settings):
    a_public_forum(world)
    before = anybody.get(ALL)
    settings.SITE_ADDRESS = "https://another.example"
    after = anybody.get(ALL, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert b"SOURCE;VALUE=URI:https://another.example/" in after.content


def test_no_text_that_names_somebody_is_kept_once_they_are_erased(world, anybody, django_capture_on_commit_callbacks):
    forum = a_public_forum(world, about="Parveen Begum speaks.")
    assert b"Parveen" in anybody.get(ALL).content
    with django_capture_on_commit_callbacks(execute=True):
        decide_erasure(actor=world.lead, request=a_request(world), outcome="granted", reason="Asked", looked=EVERYWHERE)
    assert text_of.cache_info().currsize == 0
    assert b"(taken out) speaks" in anybody.get(ALL).content
    assert Forum.objects.get(pk=forum.pk).about == "(taken out) speaks."
