"""What is read from outside: rightly where it is right, refused with line and reason where it is not."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from engagement.forums.calendars.reading import ReadCalendar, read_calendar
from engagement.forums.calendars.scanning import NotReadable

SINCE, UNTIL = date(2027, 1, 1), date(2027, 12, 31)


def calendar(*lines: str) -> bytes:
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines, "END:VCALENDAR", ""]).encode()


def event(*lines: str, starts: str = "DTSTART;TZID=Europe/London:20270112T183000") -> bytes:
    return calendar("BEGIN:VEVENT", "UID:1", starts, *lines, "END:VEVENT")


def read(data: bytes) -> ReadCalendar:
    return read_calendar(data, since=SINCE, until=UNTIL)


def refused(data: bytes) -> NotReadable:
    with pytest.raises(NotReadable) as caught:
        read(data)
    return caught.value


def days(data: bytes) -> list[str]:
    return [str(one.on) for one in read(data).occurrences]


def test_an_event_is_read_with_its_words():
    (one,) = read(event("SUMMARY:Coffee\\, tea\\nand talk", "LOCATION:Hall", "DURATION:PT90M")).occurrences
    assert (one.title, one.place) == ("Coffee, tea\nand talk", "Hall")
    assert one.ends - one.starts == timedelta(minutes=90)
    assert (one.on, one.whole_days, one.cancelled) == (date(2027, 1, 12), False, False)


def test_whole_days_end_on_their_last_day():
    (one,) = read(event("DTEND;VALUE=DATE:20270410", starts="DTSTART;VALUE=DATE:20270329")).occurrences
    assert (one.on, one.ends_on, one.whole_days) == (date(2027, 3, 29), date(2027, 4, 9), True)


def test_something_long_that_began_before_is_read_too():
    assert days(event("DTEND;VALUE=DATE:20270104", starts="DTSTART;VALUE=DATE:20261221")) == ["2026-12-21"]


@pytest.mark.parametrize(
    "zone", ["Europe/London", "GMT Standard Time", "/freeassociation.sourceforge.net/Tzfile/Europe/London", '"Nowhere"']
)
def test_time_zones_are_known_by_the_names_that_programs_give_them(zone):
    (one,) = read(event(starts=f"DTSTART;TZID={zone}:20270713T183000")).occurrences
    assert one.starts == datetime(2027, 7, 13, 17, 30, tzinfo=UTC)


def test_every_line_end_and_a_mark_at_the_beginning_are_read():
    plain = event("SUMMARY:Hi").decode()
    for data in (plain.replace("\r\n", "\n"), plain.replace("\r\n", "\r"), "\ufeff" + plain):
        assert len(read(data.encode()).occurrences) == 1


def test_an_event_that_cannot_be_read_is_left_out_and_said():
    found = read(
        calendar(
            "BEGIN:VEVENT", "UID:1", "DTSTART:20270230T100000Z", "END:VEVENT",
            "BEGIN:VEVENT", "UID:2", "DTSTART:20270112T100000Z", "END:VEVENT",
        )
    )  # fmt: skip
    assert len(found.occurrences) == 1
    assert [(one.line, one.reason) for one in found.left_out] == [(5, "DTSTART is a day or time that does not exist.")]


RULES = st.one_of(
    st.builds(
        lambda step, interval, weekdays, end: f"FREQ={step};INTERVAL={interval}{weekdays}{end}",
        st.sampled_from(["DAILY", "WEEKLY"]),
        st.integers(1, 5),
        st.sampled_from(["", ";BYDAY=TU,TH", ";BYDAY=MO;BYMONTH=3,4", ";BYMONTH=6", ";BYDAY=SU;WKST=SU"]),
        st.sampled_from(["", ";COUNT=7", ";UNTIL=20270601T120000Z"]),
    ),
    st.builds(
        lambda parts, interval, end: f"{parts};INTERVAL={interval}{end}",
        st.sampled_from(
            ["FREQ=MONTHLY;BYDAY=2TU", "FREQ=MONTHLY;BYDAY=-1FR", "FREQ=MONTHLY;BYMONTHDAY=15,-1", "FREQ=MONTHLY",
             "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=1,5;BYDAY=1TU",
             "FREQ=YEARLY;BYDAY=20MO", "FREQ=YEARLY;BYYEARDAY=100,-1", "FREQ=YEARLY;BYMONTH=3", "FREQ=MONTHLY;BYDAY=FR",
             "FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR", "FREQ=YEARLY;BYDAY=TU;BYSETPOS=2"]
        ),
        st.integers(1, 4),
        st.sampled_from(["", ";COUNT=6", ";UNTIL=20271101T000000Z"]),
    ),
)  # fmt: skip


@settings(deadline=None)
@given(RULES, st.dates(date(2024, 1, 1), date(2027, 12, 1)))
def test_rules_give_the_days_that_another_library_gives(rule, first):
    starts = f"DTSTART:{first:%Y%m%d}T183000Z"
    theirs = rrulestr(f"{starts}\nRRULE:{rule}").between(
        datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 12, 31, 23, 59, tzinfo=UTC), inc=True
    )
    assert days(event(f"RRULE:{rule}", starts=starts)) == [str(moment.date()) for moment in theirs]


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(
        ["FREQ=WEEKLY;COUNT=9", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=DAILY;COUNT=20", "FREQ=WEEKLY;UNTIL=20270501"]
    ),
    st.sampled_from(["", "EXDATE;TZID=Europe/London:20270309T183000", "RDATE;TZID=Europe/London:20270310T110000"]),
)
def test_whole_calendars_give_the_dates_that_another_library_gives(rule, more):
    data = event(f"RRULE:{rule}", *([more] if more else []), "DURATION:PT1H")
    theirs = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(SINCE, UNTIL + timedelta(days=1))
    assert [one.starts for one in read(data).occurrences] == sorted(one["DTSTART"].dt.astimezone(UTC) for one in theirs)


@pytest.mark.parametrize(
    ("data", "line", "reason"),
    [
        (b"", 1, "nothing in it"),
        (b"hello", 1, "must begin with BEGIN:VCALENDAR"),
        (b"<html><body>Sign in</body></html>", 1, "must begin with"),
        (b"BEGIN:VEVENT\r\nEND:VEVENT", 1, "inside BEGIN:VCALENDAR"),
        (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT", 3, "never ends"),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT", 2, "ends nothing"),
        (b"END:VCALENDAR", 1, "ends nothing"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VCALENDAR", 2, "no calendar inside another"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 9, 5, "deep"),
        (b"BEGIN:VCALENDAR\r\nVERSION:1.0\r\nEND:VCALENDAR", 2, "vCalendar 1.0"),
        ("BEGIN:VCALENDAR\nSUMMARY:Zoë".encode("latin-1"), 2, "UTF-8"),
        ("BEGIN:VCALENDAR".encode("utf-16"), 1, "UTF-8"),
        (event("RRULE:FREQ=SECONDLY"), 6, "hours, minutes or seconds"),
        (event("RRULE:FREQ=HOURLY;COUNT=3"), 6, "hours, minutes or seconds"),
        (event("RRULE:FREQ=DAILY;COUNT=99999999"), 6, "COUNT of RRULE is more than 5,000"),
        (event("RDATE:" + ",".join(["20270101T000000Z"] * 5002)), 6, "more than 5,000"),
    ],
)  # fmt: skip
def test_what_is_no_calendar_or_asks_too_much_is_refused_with_line_and_reason(data, line, reason):
    problem = refused(data)
    assert problem.line == line
    assert reason in problem.reason


@pytest.mark.parametrize(
    "rule",
    [
        "", "FREQ", "FREQ=NEVER", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;COUNT=-1", "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;UNTIL=x", "FREQ=MONTHLY;BYDAY=9XX", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYMONTHDAY=٣",
        "FREQ=DAILY;BYHOUR=1",
    ],
)  # fmt: skip
def test_a_rule_without_sense_leaves_its_event_out(rule):
    found = read(event(f"RRULE:{rule}"))
    assert not found.occurrences
    assert found.left_out[0].line == 6


def test_a_change_of_all_later_dates_is_not_guessed_at():
    found = read(event("RECURRENCE-ID;RANGE=THISANDFUTURE:20270112T183000Z"))
    assert "RANGE" in found.left_out[0].reason
