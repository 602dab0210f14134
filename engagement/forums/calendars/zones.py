"""The time zone of every calendar we write.

Written by hand: the one that the icalendar library makes ends in 2038 and begins summer an hour late. The rule is that
of the Summer Time Order 2002 (SI 2002/262): clocks change at 01:00 Greenwich Mean Time on the last Sundays of March and
October. It has held since 1996.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from engagement.forums.calendars.lines import END

NAME = "Europe/London"
LONDON = ZoneInfo(NAME)
VTIMEZONE = END.join(
    [
        "BEGIN:VTIMEZONE",
        f"TZID:{NAME}",
        f"X-LIC-LOCATION:{NAME}",
        "BEGIN:DAYLIGHT",
        "DTSTART:19960331T010000",
        "TZOFFSETFROM:+0000",
        "TZOFFSETTO:+0100",
        "TZNAME:BST",
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "END:DAYLIGHT",
        "BEGIN:STANDARD",
        "DTSTART:19961027T020000",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0000",
        "TZNAME:GMT",
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "END:STANDARD",
        "END:VTIMEZONE",
        "",
    ]
)
