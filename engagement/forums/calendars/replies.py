"""What comes back from calendars (RFC 5546, 3.2.3 and 3.2.7): an answer, or the wish for another time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from enum import StrEnum

from engagement.forums.calendars.scanning import Component, NotReadable, calendars_in
from engagement.forums.calendars.scheduling import secret_in
from engagement.forums.calendars.values import moment_of, number_of, unescaped, universal_of
from engagement.forums.calendars.zones import LONDON

MOST_PARTS = 100
MOST_WORDS = 2_000
CALENDAR_TYPES = ("text/calendar", "application/ics")
ADDRESSES = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")


class Answer(StrEnum):
    """What somebody's calendar says of a date (PARTSTAT)."""

    YES = "ACCEPTED"
    NO = "DECLINED"
    MAYBE = "TENTATIVE"


@dataclass(frozen=True)
class Reply:
    """An answer from a calendar. `secret` proves whose it is: the address and the name it came with prove nothing.

    An `answer` of None with a `wish` is the wish for another time, which a person must read.
    """

    uid: str
    secret: str
    answer: Answer | None
    original: datetime | None  # which date of a series
    sequence: int
    stamp: datetime
    comment: str = ""
    wish: str = ""

    def is_newer_than(self, sequence: int, stamp: datetime | None) -> bool:
        """Whether it was given after an answer that is kept: first by what it answered to, then by its time (RFC 5546,
        2.1.5). An older one that arrives late changes nothing, and the same one twice neither."""
        return stamp is None or (self.sequence, self.stamp) > (sequence, stamp)


def reply_in_mail(data: bytes) -> Reply:
    """The reply in an e-mail, whichever part holds it. Raises `NotReadable`."""
    try:
        message = message_from_bytes(data)
        text = _calendar_in(message)
        addressed = " ".join(str(value) for name in ADDRESSES for value in message.get_all(name, []))
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError) as problem:
        # The standard library's parser meets broken mail with any of these.
        raise NotReadable(1, "The e-mail is broken and cannot be read.") from problem
    if text is None:
        raise NotReadable(1, "There is no calendar in this e-mail.")
    return reply_in(text, addressed_to=addressed)


def reply_in(data: bytes, *, addressed_to: str = "") -> Reply:
    """The reply in a calendar. The secret stands in its organiser's address, or where the e-mail was sent. Raises
    `NotReadable`."""
    calendars = calendars_in(data)
    calendar = calendars[0]
    events = [part for part in calendar.parts if part.name == "VEVENT"]
    method = calendar.value("METHOD").strip().upper()
    if method not in ("REPLY", "COUNTER"):
        raise NotReadable(calendar.line, "It is no reply: its METHOD must be REPLY or COUNTER.")
    if len(calendars) != 1 or len(events) != 1:
        raise NotReadable(calendar.line, "A reply answers one invitation: it must hold exactly one event.")
    event = events[0]
    uid = event.value("UID").strip()
    if not uid:
        raise NotReadable(event.line, "The reply does not say what it answers: it has no UID.")
    return Reply(
        uid=uid[:MOST_WORDS],
        secret=_secret(event, addressed_to),
        answer=_answer(event) if method == "REPLY" else None,
        original=_original(event),
        sequence=number_of(event.first("SEQUENCE")),
        stamp=_stamp(event),
        comment=unescaped(event.value("COMMENT")).strip()[:MOST_WORDS],
        wish=_wish(event) if method == "COUNTER" else "",
    )


def _answer(event: Component) -> Answer | None:
    """Raises `NotReadable` where nobody or several answer; None while the answer is still open."""
    attendees = event.properties.get("ATTENDEE", [])
    if len(attendees) != 1:
        raise NotReadable(event.line, "A reply is from one person: it must hold exactly one ATTENDEE.")
    said = attendees[0].parameters.get("PARTSTAT", "").upper()
    if said not in list(Answer):
        raise NotReadable(attendees[0].line, "The reply says neither yes, no nor maybe.")
    return Answer(said)


def _secret(event: Component, addressed_to: str) -> str:
    organiser = event.value("ORGANIZER").strip()
    found = secret_in(organiser[7:] if organiser[:7].lower() == "mailto:" else organiser)
    if found:
        return found
    for word in addressed_to.replace(",", " ").split():
        found = secret_in(word.strip("<>;\"'"))
        if found:
            return found
    raise NotReadable(event.line, "Nothing in the reply proves which invitation it answers.")


def _original(event: Component) -> datetime | None:
    found = event.first("RECURRENCE-ID")
    return universal_of(moment_of(found)) if found else None


def _stamp(event: Component) -> datetime:
    found = event.first("DTSTAMP")
    if found is None:
        raise NotReadable(event.line, "The reply has no DTSTAMP: nobody can tell whether a newer one came first.")
    return universal_of(moment_of(found))


def _wish(event: Component) -> str:
    """The other time they ask for, in words for the note."""
    begins = event.first("DTSTART")
    if begins is None:
        return "Asks for another time."
    start = universal_of(moment_of(begins)).astimezone(LONDON)
    return f"Asks for another time: {start:%A} {start.day} {start:%B %Y}, {start:%H:%M}."


def _calendar_in(message: Message) -> bytes | None:
    """The first part that is a calendar; of all kinds that mail programs send."""
    for number, part in enumerate(message.walk()):
        if number >= MOST_PARTS:
            break
        named = (part.get_filename() or "").lower().endswith(".ics")
        if part.get_content_type() in CALENDAR_TYPES or (named and not part.is_multipart()):
            return _octets(part)
    return None


def _octets(part: Message) -> bytes:
    """The part's text in UTF-8, whatever it was sent in."""
    raw = part.get_payload(decode=True)
    octets = raw if isinstance(raw, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    if charset.lower() in ("utf-8", "us-ascii", "utf8"):
        return octets
    return octets.decode(charset, errors="replace").encode()
