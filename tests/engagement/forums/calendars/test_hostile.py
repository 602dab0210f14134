"""Calendars made to break a reader: each is refused in our own words, fast, in little memory; none breaks it."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engagement.forums.calendars.reading import read_calendar
from engagement.forums.calendars.replies import reply_in, reply_in_mail
from engagement.forums.calendars.scanning import NotReadable
from engagement.forums.calendars.writing import feed_text
from tests.engagement.forums.calendars.examples import a_feed, a_series
from tests.house.source import ROOT

SINCE, UNTIL = date(2027, 1, 1), date(2028, 1, 1)
HEAD, EVENT = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:19000101T000000Z\r\n"
TAIL = "END:VEVENT\r\nEND:VCALENDAR\r\n"
NEVER = "RRULE:FREQ=DAILY;COUNT=5;BYMONTH=2;BYMONTHDAY=30"
FAR = "RRULE:FREQ=YEARLY;COUNT=5000"
MANY = 9_990


def _events(*lines: str, many: int = MANY) -> str:
    one = EVENT + "".join(f"{line}\r\n" for line in lines) + "END:VEVENT\r\n"
    return HEAD + one * many + "END:VCALENDAR\r\n"


def _with(*lines: str) -> str:
    return HEAD + EVENT + "".join(f"{line}\r\n" for line in lines) + TAIL


BOMBS = {
    "too big": "X" * 5_000_001,
    "only line ends": "\n" * 4_999_999,
    "only folds": HEAD + EVENT + "SUMMARY:\r\n" + " \r\n" * 1_600_000 + TAIL,
    "one line without end": HEAD + EVENT + "SUMMARY:" + "x" * 4_900_000 + "\r\n" + TAIL,
    "one value folded without end": HEAD + EVENT + "SUMMARY:x" + "\r\n " .join(["y" * 70] * 60_000) + "\r\n" + TAIL,
    "components without number": HEAD + "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 150_000 + "END:VCALENDAR\r\n",
    "one component too many": HEAD + "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 10_000 + "END:VCALENDAR\r\n",
    "components without bottom": HEAD + "BEGIN:VEVENT\r\n" * 300_000,
    "parameters without number": _with("DTSTART" + ";A=B" * 24_000 + ":20270101T000000Z"),
    "quotes without end": _with(*['SUMMARY;A="' + "," * 90_000 for _ in range(50)]),
    "commas in parameters": _with(*["ATTENDEE;A=" + "," * 90_000 for _ in range(50)]),
    "a rule each second": _with("RRULE:FREQ=SECONDLY"),
    "a rule that never comes": _with(NEVER),
    "many rules that never come": _events(NEVER),
    "a year of every day": _events("RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"),
    "every day of ten thousand": _events("RRULE:FREQ=DAILY"),
    "far away": _events(FAR),
    "dates without number": _with(*["RDATE:" + ",".join(["20270101T000000Z"] * 4_000) for _ in range(70)]),
    "exceptions without number": _events("EXDATE:" + ",".join(["20270101T000000Z"] * 4_900), many=58),
    "numbers without end": _with("RRULE:FREQ=DAILY;COUNT=" + "9" * 90_000, "SEQUENCE:" + "9" * 90_000),
    "a list without end": _with("RRULE:FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 30_000)),
    "semicolons": _with("RRULE:" + ";" * 90_000),
    "escapes": _with("SUMMARY:" + "\\" * 99_000),
}  # fmt: skip
# Each is tried alone in a process that may use 100 MB more than the reader itself. The processes are forked from one
# that has read the reader in: Python's own start took three times as long as the bombs.
TRY = """
import os, resource, sys, time
from datetime import date
from pathlib import Path
from engagement.forums.calendars.reading import read_calendar
from engagement.forums.calendars.scanning import NotReadable

def say(*words):
    print(*words, flush=True)

def tried(path):
    data = Path(path).read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    try:
        read_calendar(data, since=date(2027, 1, 1), until=date(2028, 1, 1))
        said = "read"
    except NotReadable as problem:
        said = str(problem)
    say(round(time.process_time() - began, 3), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, said)

while path := sys.stdin.readline().strip():
    child = os.fork()
    if child == 0:
        try:
            tried(path)
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    say("over")
"""


@pytest.fixture(scope="module")
def reader():
    """The process that has read the reader in."""
    with subprocess.Popen(
        [sys.executable, "-c", TRY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as process:
        yield process
        process.stdin.close()


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS)
def test_a_bomb_takes_less_than_a_second_and_100_megabytes(bomb, reader, tmp_path):
    kept = tmp_path / "bomb.ics"
    kept.write_bytes(bomb.encode())
    reader.stdin.write(f"{kept}\n")
    reader.stdin.flush()
    told = reader.stdout.readline()
    assert told != "over\n", "the reader broke"
    assert reader.stdout.readline() == "over\n"
    seconds, kilobytes, said = told.split(" ", 2)
    assert float(seconds) < 1, said
    assert int(kilobytes) < 100_000, said
    assert said.startswith(("Line ", "read"))


def _never_anything_else(read, data: bytes) -> None:
    try:
        read(data)
    except NotReadable as problem:
        assert (problem.line >= 1, bool(problem.reason)) == (True, True)  # noqa: PT017  # most data raise nothing


def _read(data: bytes) -> None:
    read_calendar(data, since=SINCE, until=UNTIL)


PIECES = st.sampled_from(
    [
        "BEGIN:VCALENDAR", "END:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE",
        "UID:1", "METHOD:REPLY", "METHOD:COUNTER", "DTSTART:20270112T183000Z", "DTSTART;VALUE=DATE:20270112",
        "DTSTART;TZID=../../etc/passwd:20270112T183000", "DTSTART:99999999T999999", "DTSTART:00010101T000000",
        "DTEND:20260112T183000Z", "DURATION:P", "DURATION:-P1D", "DURATION:P9W", "RRULE:FREQ=DAILY",
        "RRULE:FREQ=YEARLY;BYYEARDAY=366", "RRULE:FREQ=MONTHLY;BYDAY=-5SU;BYSETPOS=-366", "RDATE:,,,",
        "RDATE;VALUE=PERIOD:20270112T183000Z/PT1H", "EXDATE:20270112", "RECURRENCE-ID:20270112", "SEQUENCE:-1",
        "ATTENDEE;PARTSTAT=ACCEPTED:x", "ORGANIZER:mailto:a+b@c", "DTSTAMP:20270112T183000Z", "COMMENT:\\", " ",
        " x", "\t", ":", ";", ";:", "SUMMARY", 'SUMMARY;X="', "\ufeff", "VERSION:2.0", "STATUS:", "TZID:",
        "DTSTART;TZID=:20270328T013000", "DTSTART;TZID=Europe/London:20270328T013000",
    ]
)  # fmt: skip
LINES = st.lists(st.one_of(PIECES, st.text(max_size=40)), max_size=30)


@settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(LINES)
def test_no_order_of_lines_breaks_the_reader(lines):
    for data in (
        "\r\n".join(lines).encode(),
        "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"]).encode(),
    ):
        _never_anything_else(_read, data)
        _never_anything_else(reply_in, data)


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=300))
@example(b"\xff\xfe")
def test_no_octets_break_the_reader(data):
    _never_anything_else(_read, data)
    _never_anything_else(_read, b"BEGIN:VCALENDAR\n" + data)
    _never_anything_else(reply_in_mail, data)


WHOLE = feed_text(a_feed(a_series()))


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(WHOLE) - 1), st.integers(0, 60), st.binary(max_size=8))
def test_no_cut_or_stain_in_a_good_calendar_breaks_the_reader(at, gone, stain):
    _never_anything_else(_read, WHOLE[:at] + stain + WHOLE[at + gone :])


MAIL = (
    b"Content-Type: multipart/mixed; boundary=b\r\nTo: r+s@h\r\n\r\n"
    b"--b\r\nContent-Type: text/calendar; charset=utf-7; method=REPLY\r\n\r\n"
)


@settings(deadline=None, max_examples=300)
@given(st.integers(0, len(MAIL) - 1), st.binary(max_size=12), LINES)
def test_no_broken_mail_breaks_the_reader(at, stain, lines):
    _never_anything_else(reply_in_mail, MAIL[:at] + stain + MAIL[at:] + "\r\n".join(lines).encode() + b"\r\n--b--\r\n")


CORPUS = sorted((Path(__file__).parent / "broken").glob("*.ics"))


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.stem)
def test_calendars_as_broken_as_programs_write_them_are_read_or_refused(file):
    _never_anything_else(_read, file.read_bytes())
    _never_anything_else(reply_in, file.read_bytes())
