"""Invitations by calendar: what mail programs act on, to one person, and what comes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage

import icalendar
import pytest

from engagement.forums.calendars.entries import Mailbox
from engagement.forums.calendars.replies import Answer, Reply, reply_in, reply_in_mail
from engagement.forums.calendars.scanning import NotReadable
from engagement.forums.calendars.scheduling import (
    CANCEL,
    REQUEST,
    Asked,
    cancellation,
    replies_to,
    request,
    secret_in,
    with_calendar,
)  # fmt: skip
from tests.engagement.forums.calendars.examples import CHANGED, TUESDAYS, a_date, a_series, an_entry, at

SECRET = "k3yThatNobodyGuesses_-0123456789abcdefghij"
ASKED = Asked(
    Mailbox(replies_to("replies@heard.example", SECRET), "Northbrook Council"),
    Mailbox("parveen@example.org", 'Parveen "Pari" Begum, carer'),
)


def event_in(calendar: bytes) -> icalendar.Event:
    (event,) = icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    return event


def test_an_invitation_names_one_person_and_asks_for_an_answer():
    calendar = request(an_entry(busy=True), asked=ASKED, stamp=CHANGED)
    event = event_in(calendar)
    assert icalendar.Calendar.from_ical(calendar)["METHOD"] == "REQUEST"
    assert event["ATTENDEE"] == "mailto:parveen@example.org"
    assert event["ATTENDEE"].params["RSVP"] == "TRUE"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert event["ATTENDEE"].params["CN"] == "Parveen 'Pari' Begum, carer"
    assert event["ORGANIZER"] == f"mailto:replies+{SECRET}@heard.example"
    assert event["TRANSP"] == "OPAQUE"


def test_a_change_keeps_the_uid_and_raises_the_sequence():
    entry = an_entry()
    first = event_in(request(entry, asked=ASKED, stamp=CHANGED))
    later = replace(entry, starts=at(TUESDAYS[1]), ends=at(TUESDAYS[1], 20, 30), sequence=1)
    second = event_in(request(later, asked=ASKED, stamp=CHANGED + timedelta(days=1)))
    assert first["UID"] == second["UID"]
    assert (first["SEQUENCE"], second["SEQUENCE"]) == (0, 1)
    assert second["DTSTAMP"].dt > first["DTSTAMP"].dt


def test_one_date_of_a_series_is_asked_and_cancelled_by_its_original():
    entry = a_date(TUESDAYS[2], sequence=4)
    assert event_in(request(entry, asked=ASKED, stamp=CHANGED))["RECURRENCE-ID"].dt == at(TUESDAYS[2])
    gone = event_in(cancellation(entry, asked=ASKED, stamp=CHANGED))
    assert (gone["RECURRENCE-ID"].dt, gone["STATUS"], gone["SEQUENCE"]) == (at(TUESDAYS[2]), "CANCELLED", 4)
    assert "PARTSTAT" not in gone["ATTENDEE"].params


def test_a_whole_series_is_asked_in_one_calendar_where_a_rule_gives_it():
    events = list(icalendar.Calendar.from_ical(request(a_series(), asked=ASKED, stamp=CHANGED)).walk("VEVENT"))
    assert len(events) == 2
    assert {event["ATTENDEE"] for event in events} == {"mailto:parveen@example.org"}
    odd = replace(a_series(), originals=(at(TUESDAYS[0]), at(TUESDAYS[2]) + timedelta(days=2)))
    with pytest.raises(ValueError, match="each date by itself"):
        request(odd, asked=ASKED, stamp=CHANGED)


def test_a_cancelled_date_no_longer_says_how_to_join():
    calendar = cancellation(an_entry(online="https://meet.example/abc", sequence=1), asked=ASKED, stamp=CHANGED)
    assert b"meet.example" not in calendar


def a_letter(method: str = REQUEST) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "You are invited"
    message["To"] = "parveen@example.org"
    message.set_content("Please come.")
    message.add_alternative("<p>Please come.</p>", subtype="html")
    return with_calendar(message, request(an_entry(title="Carers’ forum"), asked=ASKED, stamp=CHANGED), method)


@pytest.mark.parametrize("method", [REQUEST, CANCEL])
def test_a_letter_carries_the_calendar_as_its_last_alternative_and_as_a_file(method):
    sent = message_from_bytes(a_letter(method).as_bytes())
    kinds = [part.get_content_type() for part in sent.walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics",
    ]  # fmt: skip
    calendar, file = [part for part in sent.walk() if "calendar" in part.get_content_type() or part.get_filename()]
    assert calendar.get_param("method") == method  # RFC 6047, 2.4: the same as in the calendar
    assert calendar.get_param("charset") == "utf-8"
    assert file.get_filename() == "invitation.ics"
    assert calendar.get_payload(decode=True) == file.get_payload(decode=True)
    assert "Carers’ forum".encode() in calendar.get_payload(decode=True).replace(b"\r\n ", b"")


def a_reply(said: str = "ACCEPTED", *more: str, method: str = "REPLY", sequence: int = 0, at_hour: int = 10) -> bytes:
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Somebody//Calendar//EN", f"METHOD:{method}", "BEGIN:VEVENT",
        "UID:forum-20270112@heard.example", f"DTSTAMP:20261201T{at_hour:02}0000Z", f"SEQUENCE:{sequence}",
        f"ORGANIZER;CN=Northbrook Council:MAILTO:replies+{SECRET}@heard.example",
        f"ATTENDEE;CN=Parveen;PARTSTAT={said}:mailto:parveen@example.org", *more, "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    return "\r\n".join(lines).encode()


@pytest.mark.parametrize(
    ("said", "answer"), [("ACCEPTED", Answer.YES), ("declined", Answer.NO), ("TENTATIVE", Answer.MAYBE)]
)
def test_a_reply_says_yes_no_or_maybe(said, answer):
    reply = reply_in(a_reply(said, "COMMENT:I am a bit late\\, sorry"))
    assert (reply.uid, reply.secret, reply.answer) == ("forum-20270112@heard.example", SECRET, answer)
    assert reply.comment == "I am a bit late, sorry"
    assert reply.stamp == datetime(2026, 12, 1, 10, tzinfo=UTC)


def test_a_reply_to_one_date_of_a_series_says_which():
    reply = reply_in(a_reply("ACCEPTED", "RECURRENCE-ID;TZID=Europe/London:20270413T183000"))
    assert reply.original == datetime(2027, 4, 13, 17, 30, tzinfo=UTC)


def test_another_time_asked_for_becomes_words_for_a_person():
    reply = reply_in(a_reply("TENTATIVE", "DTSTART:20270713T170000Z", "COMMENT:After work", method="COUNTER"))
    assert reply.answer is None
    assert reply.wish == "Asks for another time: Tuesday 13 July 2027, 18:00."
    assert reply.comment == "After work"


@pytest.mark.parametrize(
    ("newer", "sequence", "hour"), [(True, 0, 11), (False, 0, 10), (False, 0, 9), (True, 1, 9), (False, 0, 12)]
)
def test_an_old_reply_does_not_override_a_newer_one(newer, sequence, hour):
    kept = (0, datetime(2026, 12, 1, 10, tzinfo=UTC)) if hour != 12 else (1, datetime(2026, 11, 1, tzinfo=UTC))
    assert reply_in(a_reply(sequence=sequence, at_hour=hour)).is_newer_than(*kept) is newer


def test_the_first_reply_is_newer_than_none():
    assert reply_in(a_reply()).is_newer_than(0, None)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (a_reply(method="REQUEST"), "METHOD must be REPLY or COUNTER"),
        (a_reply("NEEDS-ACTION"), "neither yes, no nor maybe"),
        (a_reply("ACCEPTED", "ATTENDEE;PARTSTAT=DECLINED:mailto:b@example.org"), "exactly one ATTENDEE"),
        (a_reply().replace(b"UID:forum-20270112@heard.example\r\n", b""), "no UID"),
        (a_reply().replace(b"DTSTAMP", b"X-OTHER"), "no DTSTAMP"),
        (a_reply().replace(b"+" + SECRET.encode(), b""), "proves which invitation"),
        (a_reply("ACCEPTED", "END:VEVENT", "BEGIN:VEVENT"), "exactly one event"),
    ],
)
def test_a_reply_that_proves_or_says_nothing_is_refused_in_words(broken, reason):
    with pytest.raises(NotReadable, match=reason):
        reply_in(broken)


def mailed(calendar: bytes, **how: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Parveen <parveen@example.org>"
    message["To"] = how.get("to", f"replies+{SECRET}@heard.example")
    message["Subject"] = "Accepted: Carers' forum"
    message.set_content("Parveen has accepted.")
    kind = how.get("kind", "text/calendar").split("/")
    message.add_attachment(calendar, *kind, filename=how.get("name", "reply.ics"))
    return message.as_bytes()


@pytest.mark.parametrize(
    ("kind", "name"),
    [("text/calendar", "reply"), ("application/ics", "x"), ("application/octet-stream", "Mail Attachment.ics")],
)
def test_the_reply_is_found_in_a_mail_whatever_part_holds_it(kind, name):
    assert reply_in_mail(mailed(a_reply(), kind=kind, name=name)).answer == Answer.YES


def test_the_secret_is_taken_from_where_the_mail_went_when_a_program_dropped_it():
    without = a_reply().replace(b"+" + SECRET.encode(), b"")
    assert reply_in_mail(mailed(without)).secret == SECRET
    with pytest.raises(NotReadable, match="proves which"):
        reply_in_mail(mailed(without, to="replies@heard.example"))


def test_a_mail_without_a_calendar_is_refused_in_words():
    with pytest.raises(NotReadable, match="no calendar in this e-mail"):
        reply_in_mail(b"To: replies@heard.example\r\n\r\nI cannot come, sorry.")


def test_the_address_of_replies_holds_the_secret_and_gives_it_back():
    assert replies_to("replies@heard.example", "abc") == "replies+abc@heard.example"
    assert secret_in("replies+abc@heard.example") == "abc"
    assert secret_in("replies@heard.example") == secret_in("") == ""


def test_a_reply_holds_nobodys_address():
    assert "example.org" not in repr(reply_in(a_reply()))
    assert isinstance(reply_in(a_reply()), Reply)
