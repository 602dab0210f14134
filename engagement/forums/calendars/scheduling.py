"""Invitations that calendars act on (RFC 5546 and 6047): please come, it changed, it is cancelled.

Each goes to one person and names nobody else. The answer comes back to a mailbox of ours, with a secret of the
invitation after a plus sign (RFC 5233), so that nobody can answer for another by guessing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage, MIMEPart
from email.policy import SMTP

from engagement.forums.calendars.entries import CalendarEntry, Mailbox, Recurring, Status
from engagement.forums.calendars.lines import line, parameter, plain
from engagement.forums.calendars.recurring import ruled
from engagement.forums.calendars.writing import event, organiser_line, ruled_events, whole

FILE_NAME = "invitation.ics"
REQUEST, CANCEL = "REQUEST", "CANCEL"


@dataclass(frozen=True)
class Asked:
    """Who asks, at the mailbox answers come back to, and the one person who is asked."""

    organiser: Mailbox
    invitee: Mailbox


def replies_to(mailbox: str, secret: str) -> str:
    """The address that answers to one invitation come to: replies+secret@heard.example."""
    before, _, host = mailbox.rpartition("@")
    return f"{before}+{secret}@{host}"


def secret_in(address: str) -> str:
    """The secret in such an address; "" where there is none."""
    before = address.rpartition("@")[0]
    return before.partition("+")[2]


def request(item: CalendarEntry | Recurring, *, asked: Asked, stamp: datetime) -> bytes:
    """Please come: to one date, to one date of a series (it then has its original), or to a series. Sent again with a
    higher sequence, it changes what the calendar holds."""
    lines = [organiser_line(asked.organiser), _attendee(asked.invitee, asks=True)]
    return whole(_events(item, lines, stamp), method=REQUEST)


def cancellation(entry: CalendarEntry, *, asked: Asked, stamp: datetime) -> bytes:
    """It is cancelled: all of it, or one date of a series. The sequence must be higher than any sent before."""
    gone = replace(entry, status=Status.CANCELLED, online="")
    lines = [organiser_line(asked.organiser), _attendee(asked.invitee, asks=False)]
    return whole([event(gone, lines, stamp)], method=CANCEL)


def alternative(calendar: bytes, method: str) -> MIMEPart:
    """The part that goes beside text and HTML (RFC 6047, 2.4): mail programs that know calendars show its buttons."""
    part = MIMEPart(policy=SMTP)
    part.set_content(calendar, "text", "calendar", cte="base64")
    part.set_param("method", method)
    part.set_param("charset", "utf-8")
    return part


def attachment(calendar: bytes, method: str) -> MIMEPart:
    """The same calendar as a file, for mail programs that only open files."""
    part = MIMEPart(policy=SMTP)
    part.set_content(calendar, "application", "ics", cte="base64", disposition="attachment", filename=FILE_NAME)
    part.set_param("method", method)
    return part


def with_calendar(message: EmailMessage, calendar: bytes, method: str) -> EmailMessage:
    """The letter with its calendar: as the last alternative, and as a file."""
    if message.get_content_type() != "multipart/alternative":
        message.make_alternative()
    message.attach(alternative(calendar, method))  # type: ignore[arg-type]  # the stubs know only whole messages
    message.make_mixed()
    message.attach(attachment(calendar, method))  # type: ignore[arg-type]
    return message


def _events(item: CalendarEntry | Recurring, lines: list[str], stamp: datetime) -> Iterator[str]:
    if isinstance(item, CalendarEntry):
        yield event(item, lines, stamp)
        return
    series = ruled(item)
    if series is None:
        raise ValueError("No rule gives the dates of this series: ask for each date by itself.")
    yield from ruled_events(series, lines, stamp)


def _attendee(invitee: Mailbox, *, asks: bool) -> str:
    name = f";CN={parameter(invitee.name)}" if invitee.name else ""
    answer = ";PARTSTAT=NEEDS-ACTION;RSVP=TRUE" if asks else ""
    return line(f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT{answer}{name}", f"mailto:{plain(invitee.address)}")
