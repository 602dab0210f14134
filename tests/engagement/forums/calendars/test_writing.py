"""What we write keeps to RFC 5545 and 7986 to the octet, and stays the same until something changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.forums.calendars.entries import Status
from engagement.forums.calendars.lines import line, text
from engagement.forums.calendars.recurring import rule_of
from engagement.forums.calendars.writing import feed_text, one_text
from engagement.forums.calendars.zones import LONDON
from tests.engagement.forums.calendars.examples import (
    COUNCIL,
    MOVED_TO,
    SKIPPED,
    TUESDAYS,
    a_date,
    a_feed,
    a_series,
    an_entry,
    at,
    many_entries,
    with_one_cancelled,
)  # fmt: skip

WORDS = st.text(max_size=300)


def events_in(calendar: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(calendar).walk("VEVENT"))


@given(WORDS)
def test_every_line_is_folded_at_75_octets_and_unfolds_to_what_it_was(words):
    written = line("SUMMARY", text(words)).encode()
    assert written.endswith(b"\r\n")
    for part in written[:-2].split(b"\r\n"):
        assert len(part) <= 75
        part.decode()  # no letter is cut in two
        assert b"\n" not in part
        assert b"\r" not in part
    assert written.replace(b"\r\n ", b"") == f"SUMMARY:{text(words)}\r\n".encode()


@given(WORDS, WORDS, WORDS)
def test_no_words_can_add_a_property_or_an_event(title, about, place):
    calendar = feed_text(a_feed(an_entry(title=title, about=about, place=place), name=title or "x"))
    (event,) = events_in(calendar)
    clean = "".join(c for c in title.replace("\r\n", "\n").replace("\r", "\n") if c in "\n\t" or not ord(c) < 32)
    assert str(event["SUMMARY"]).replace("\x7f", "") == clean.replace("\x7f", "")
    assert "ATTENDEE" not in event


def test_a_feed_says_all_that_a_reader_may_need():
    (event,) = events_in(feed_text(a_feed(an_entry(sequence=3, status=Status.TENTATIVE))))
    assert event["UID"] == "forum-20270112@heard.example"
    assert event["SUMMARY"].params["LANGUAGE"] == event["DESCRIPTION"].params["LANGUAGE"] == "en"
    assert "Access and help:\n- BSL interpreter.\n- Step-free: yes, ramp at the side door." in event["DESCRIPTION"]
    assert event["GEO"].to_ical() == "53.801277;-1.548567"
    assert [str(one) for one in event["CATEGORIES"].cats] == ["Carers", "Money, benefits"]
    assert (event["SEQUENCE"], event["STATUS"], event["TRANSP"]) == (3, "TENTATIVE", "TRANSPARENT")
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == an_entry().changed_at
    assert event["ORGANIZER"] == "mailto:talk@northbrook.example"
    assert event["URL"] == "https://heard.example/en/forums/20270112/"


def test_the_calendar_itself_has_its_name_colour_and_when_to_look_again():
    calendar = icalendar.Calendar.from_ical(feed_text(a_feed(an_entry())))
    assert (calendar["VERSION"], calendar["METHOD"], calendar["UID"]) == ("2.0", "PUBLISH", "all@heard.example")
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "Forums of Northbrook Council"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=4)
    assert calendar["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert calendar["X-PUBLISHED-TTL"] == "PT4H"
    assert (calendar["COLOR"], calendar["SOURCE"]) == ("teal", "https://heard.example/calendars/all.ics")


def test_a_calendar_without_a_mailbox_of_the_council_is_no_publication():
    """RFC 5546 wants an organiser of a publication: without one the method is left out."""
    calendar = feed_text(a_feed(an_entry(), organiser=None))
    assert b"METHOD" not in calendar
    assert b"ORGANIZER" not in calendar


def test_how_to_join_is_a_conference_and_is_in_the_words_too():
    (event,) = events_in(one_text(an_entry(online="https://meet.example/abc")))
    assert event["CONFERENCE"] == "https://meet.example/abc"
    assert event["CONFERENCE"].params["VALUE"] == "URI"
    assert "Join online: https://meet.example/abc" in event["DESCRIPTION"]


def test_the_same_values_always_give_the_same_octets_and_read_back_to_them():
    feed = a_feed(a_series(), an_entry())
    assert feed_text(feed) == feed_text(feed)
    again = icalendar.Calendar.from_ical(feed_text(feed))
    assert len(list(again.walk("VEVENT"))) == 3
    assert not [error for event in again.walk("VEVENT") for error in event.errors]


def test_the_time_zone_is_right_at_every_change_of_clocks():
    calendar = icalendar.Calendar.from_ical(feed_text(a_feed()))
    (zone,) = calendar.walk("VTIMEZONE")
    ours = zone.to_tz(lookup_tzid=False)
    for year in range(1997, 2037):
        for month in (3, 10):
            for hour in (0, 3):
                for back in range(8):
                    moment = datetime(year, month, 31 - back, hour)  # noqa: DTZ001
                    assert moment.replace(tzinfo=ours).utcoffset() == moment.replace(tzinfo=LONDON).utcoffset(), moment


def test_a_series_is_a_rule_with_one_date_moved_and_one_never_published():
    master, moved = events_in(feed_text(a_feed(a_series())))
    assert master["RRULE"].to_ical() == b"FREQ=MONTHLY;COUNT=6;BYDAY=2TU"
    assert [one.dt for one in master["EXDATE"].dts] == [at(SKIPPED)]
    assert "RECURRENCE-ID" not in master
    assert moved["RECURRENCE-ID"].dt == at(TUESDAYS[2])
    assert moved["DTSTART"].dt == at(MOVED_TO)
    assert moved["UID"] == master["UID"] == "series-1@heard.example"
    assert (master["SEQUENCE"], moved["SEQUENCE"]) == (0, 1)


def test_a_date_cancelled_after_publishing_stays_and_says_so():
    found = events_in(feed_text(a_feed(with_one_cancelled(a_series()))))
    cancelled = [event for event in found if event["STATUS"] == "CANCELLED"]
    assert [event["RECURRENCE-ID"].dt for event in cancelled] == [at(TUESDAYS[0])]
    assert cancelled[0]["SUMMARY"] == "Cancelled: Carers' forum, East"


def test_a_date_with_other_words_is_an_override_and_dates_alike_are_not():
    series = a_series(unmoved=True)
    entries = list(series.entries)
    entries[3] = replace(entries[3], access=("Captions.",))
    found = events_in(feed_text(a_feed(replace(series, entries=tuple(entries)))))
    assert len(found) == 2
    assert "Captions." in found[1]["DESCRIPTION"]


def test_dates_that_no_rule_gives_are_written_one_by_one():
    days = [date(2027, 1, 12), date(2027, 2, 9), date(2027, 3, 25)]
    series = replace(a_series(), originals=tuple(map(at, days)), entries=tuple(map(a_date, days)))
    found = events_in(feed_text(a_feed(series)))
    assert [event["DTSTART"].dt for event in found] == [at(day) for day in days]
    assert len({str(event["UID"]) for event in found}) == 3
    assert not [event for event in found if "RRULE" in event or "RECURRENCE-ID" in event]


def test_dates_before_the_first_and_after_the_last_that_a_reader_may_know_are_not_named():
    series = a_series(unmoved=True)
    found = events_in(feed_text(a_feed(replace(series, entries=series.entries[1:4]))))
    assert len(found) == 1
    assert found[0]["RRULE"]["COUNT"] == [3]
    assert "EXDATE" not in found[0]


@pytest.mark.parametrize(
    ("days", "rule"),
    [
        (["2027-01-12", "2027-02-09", "2027-03-09"], "FREQ=MONTHLY;BYDAY=2TU;COUNT=3"),
        (["2027-01-26", "2027-03-30", "2027-05-25"], "FREQ=MONTHLY;INTERVAL=2;BYDAY=-1TU;COUNT=3"),
        (["2027-01-15", "2027-02-15", "2027-03-15"], "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=3"),
        (["2027-03-23", "2027-03-30", "2027-04-06"], "FREQ=WEEKLY;BYDAY=TU;COUNT=3"),
        (["2027-03-02", "2027-03-16", "2027-03-30"], "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;COUNT=3"),
        (["2027-01-31", "2027-02-28", "2027-03-31"], ""),
        (["2027-01-12"], ""),
    ],
)
def test_a_rule_is_found_only_where_it_gives_exactly_the_days(days, rule):
    assert rule_of([date.fromisoformat(day) for day in days]) == rule


def test_no_public_calendar_names_an_attendee_or_an_address_that_is_not_the_councils():
    calendar = feed_text(a_feed(a_series(), *many_entries(20)))
    assert b"ATTENDEE" not in calendar
    unfolded = calendar.replace(b"\r\n ", b"").decode()
    addresses = {
        word for line in unfolded.split("\r\n") if "mailto:" in line for word in [line.partition("mailto:")[2]]
    }
    assert addresses == {COUNCIL.address}


def test_a_time_in_summer_stays_that_time_on_the_wall():
    entry = an_entry(date(2027, 7, 13))
    (event,) = events_in(one_text(entry))
    assert event["DTSTART"].dt.astimezone(UTC).hour == 17
    assert event["DTSTART"].dt.hour == 18
