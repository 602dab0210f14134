"""Calendars as text (RFC 5545 and 7986): the same values always give the same octets.

Nothing here reads a clock: a date's stamp is when it last changed, so that a feed nobody changed stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from engagement.forums.calendars.entries import CalendarEntry, Feed, Mailbox, Recurring, Written
from engagement.forums.calendars.lines import END, line, local, parameter, plain, text, universal
from engagement.forums.calendars.recurring import Ruled, ruled
from engagement.forums.calendars.zones import NAME, VTIMEZONE

PRODUCT = "-//Heard//Community engagement//EN"
# How often a client should look again: RFC 7986, 5.7, and what Outlook reads for it ([MS-OXCICAL] 2.1.3.1.1.15).
LOOK_AGAIN = "PT4H"
COLOUR = "teal"  # a name of CSS 3, as RFC 7986, 5.9 wants
ACCESS_HEADING = "Access and help"


def feed_text(feed: Feed) -> bytes:
    """A calendar to subscribe to. Holds no attendee; its organiser is the council's own mailbox."""
    events = [part for item in feed.items for part in _item(item, feed.organiser)]
    return "".join([*_head(feed), VTIMEZONE, *events, f"END:VCALENDAR{END}"]).encode()


def written(item: CalendarEntry | Recurring, organiser: Mailbox | None) -> Written:
    """A date or a series as it stands in a calendar: the same values always give the same text, which can be kept."""
    return Written("".join(_item(item, organiser)), max(one.changed_at for one in _entries(item)))


def one_text(item: CalendarEntry | Recurring, organiser: Mailbox | None = None) -> bytes:
    """One date, or a series, to add to a calendar by hand."""
    return whole(_item(item, organiser), method="PUBLISH" if organiser else "")


def whole(events: Iterable[str], *, method: str) -> bytes:
    """A calendar around events already written."""
    head = [f"BEGIN:VCALENDAR{END}VERSION:2.0{END}", line("PRODID", PRODUCT), f"CALSCALE:GREGORIAN{END}"]
    head += [line("METHOD", method)] if method else []
    return "".join([*head, VTIMEZONE, *events, f"END:VCALENDAR{END}"]).encode()


def event(entry: CalendarEntry, more: Sequence[str] = (), stamp: datetime | None = None) -> str:
    """One VEVENT; `more` are lines that only this use of it has (a rule, an attendee)."""
    return "".join([f"BEGIN:VEVENT{END}", *_facts(entry, stamp), *_words(entry), *more, f"END:VEVENT{END}"])


def ruled_events(series: Ruled, more: Sequence[str] = (), stamp: datetime | None = None) -> Iterator[str]:
    """A series as its rule, and after it each date that differs."""
    repeats = [line("RRULE", series.rule)]
    repeats += [line(f"EXDATE;TZID={NAME}", ",".join(local(day) for day in series.left_out))] if series.left_out else []
    yield event(series.master, [*repeats, *more], stamp)
    for entry in series.overrides:
        yield event(entry, more, stamp)


def organiser_line(organiser: Mailbox) -> str:
    """Whom a client shows as the organiser, and writes to."""
    name = f";CN={parameter(organiser.name)}" if organiser.name else ""
    return line(f"ORGANIZER{name}", f"mailto:{plain(organiser.address)}")


def _item(item: CalendarEntry | Recurring | Written, organiser: Mailbox | None) -> Iterator[str]:
    if isinstance(item, Written):
        yield item.text
        return
    more = [organiser_line(organiser)] if organiser else []
    if isinstance(item, CalendarEntry):
        yield event(item, more)
        return
    series = ruled(item)
    if series is not None:
        yield from ruled_events(series, more)
        return
    for entry in item.entries:  # no rule gives these dates: each stands for itself, which every client reads
        yield event(_alone(entry), more)


def _alone(entry: CalendarEntry) -> CalendarEntry:
    return CalendarEntry(**{**vars(entry), "original": None})


def _head(feed: Feed) -> Iterator[str]:
    yield f"BEGIN:VCALENDAR{END}VERSION:2.0{END}"
    yield line("PRODID", PRODUCT)
    yield f"CALSCALE:GREGORIAN{END}"
    if feed.organiser:  # PUBLISH wants an organiser: RFC 5546, 3.2.1
        yield f"METHOD:PUBLISH{END}"
    yield line("UID", text(feed.uid))
    changed = [one.changed_at for item in feed.items for one in _entries(item)]
    if changed:
        yield line("LAST-MODIFIED", universal(max(changed)))
    language = f";LANGUAGE={parameter(feed.language)}"
    yield line(f"NAME{language}", text(feed.name))
    yield line("X-WR-CALNAME", text(feed.name))
    if feed.about:
        yield line(f"DESCRIPTION{language}", text(feed.about))
        yield line("X-WR-CALDESC", text(feed.about))
    yield line("X-WR-TIMEZONE", NAME)
    if feed.address:
        yield line("SOURCE;VALUE=URI", plain(feed.address))
    yield line("REFRESH-INTERVAL;VALUE=DURATION", LOOK_AGAIN)
    yield line("X-PUBLISHED-TTL", LOOK_AGAIN)
    yield line("COLOR", COLOUR)


def _entries(item: CalendarEntry | Recurring | Written) -> tuple[CalendarEntry | Written, ...]:
    return item.entries if isinstance(item, Recurring) else (item,)


def _facts(entry: CalendarEntry, stamp: datetime | None) -> Iterator[str]:
    changed = universal(entry.changed_at)
    yield line("UID", text(entry.uid))
    yield f"DTSTAMP:{universal(stamp) if stamp else changed}{END}"
    if entry.original is not None:
        yield f"RECURRENCE-ID;TZID={NAME}:{local(entry.original)}{END}"
    yield (
        f"DTSTART;TZID={NAME}:{local(entry.starts)}{END}"
        f"DTEND;TZID={NAME}:{local(entry.ends)}{END}"
        f"LAST-MODIFIED:{changed}{END}"
        f"SEQUENCE:{entry.sequence}{END}"
        f"STATUS:{entry.status.value}{END}"
        f"TRANSP:{'OPAQUE' if entry.busy else 'TRANSPARENT'}{END}"
    )


def _words(entry: CalendarEntry) -> Iterator[str]:
    language = f";LANGUAGE={parameter(entry.language)}"
    yield line(f"SUMMARY{language}", text(entry.title))
    description = words_of(entry)
    if description:
        yield line(f"DESCRIPTION{language}", text(description))
    if entry.place:
        yield line(f"LOCATION{language}", text(entry.place))
    if entry.at:
        yield f"GEO:{entry.at[0]:.6f};{entry.at[1]:.6f}{END}"
    if entry.topics:
        yield line(f"CATEGORIES{language}", ",".join(text(topic) for topic in entry.topics))
    if entry.link:
        yield line("URL", plain(entry.link))
    if entry.online:
        yield line('CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL="Join online"', plain(entry.online))


def words_of(entry: CalendarEntry) -> str:
    """What it is about, what is offered and known of the place, and whom to ask: in words, for every client."""
    access = "\n".join([f"{ACCESS_HEADING}:", *(f"- {one}" for one in entry.access)]) if entry.access else ""
    online = f"Join online: {entry.online}" if entry.online else ""
    return "\n\n".join(part for part in (entry.about, access, online, entry.contact, entry.link) if part)
