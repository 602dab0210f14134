"""Other people's programs read from our calendars exactly the dates we mean.

khal and recurring-ical-events come with the tools of the tests. `make test` gets ical.js, libical and calcurse where it
can (`.ci/clients`); they are asked where they are installed.
"""

from __future__ import annotations

import pytest

from engagement.forums.calendars.reading import read_calendar
from engagement.forums.calendars.scheduling import Asked, cancellation, request
from engagement.forums.calendars.writing import feed_text, one_text
from tests.engagement.forums.calendars import readers
from tests.engagement.forums.calendars.examples import (
    CHANGED,
    COUNCIL,
    TUESDAYS,
    Mailbox,
    a_date,
    a_feed,
    a_series,
    an_entry,
    starts_of,
    with_one_cancelled,
)  # fmt: skip

needs_ical_js = pytest.mark.skipif(not readers.ical_js_is_there(), reason="node with ical.js is not installed")
needs_libical = pytest.mark.skipif(not readers.libical_is_there(), reason="libical is not installed")
needs_calcurse = pytest.mark.skipif(not readers.shutil.which("calcurse"), reason="calcurse is not installed")
SERIES = {
    "moved and skipped": a_series(),
    "as planned": a_series(unmoved=True),
    "one cancelled": with_one_cancelled(a_series()),
}
every_series = pytest.mark.parametrize("series", SERIES.values(), ids=SERIES)
ASKED = Asked(Mailbox("replies+secret@heard.example", "Northbrook Council"), Mailbox("parveen@example.org", "Parveen"))


@every_series
def test_we_read_our_own_dates(series):
    found = read_calendar(feed_text(a_feed(series)), since=readers.FROM.date(), until=readers.TO.date())
    assert [one.starts for one in found.occurrences] == starts_of(series)
    assert not found.left_out


@every_series
def test_recurring_ical_events_reads_every_date(series):
    assert readers.by_recurring_ical_events(feed_text(a_feed(series))) == starts_of(series)


def test_khal_shows_every_date_of_a_series_with_one_moved_one_skipped_and_one_cancelled(tmp_path):
    series = SERIES["one cancelled"]
    assert readers.by_khal(feed_text(a_feed(series)), tmp_path) == starts_of(series)


@needs_ical_js
@every_series
def test_ical_js_reads_every_date(series):
    assert readers.by_ical_js(feed_text(a_feed(series))) == starts_of(series)


@needs_libical
@every_series
def test_libical_reads_every_date_and_finds_nothing_against_the_standard(series):
    read = readers.Libical(feed_text(a_feed(series)))
    assert read.starts() == starts_of(series)
    assert read.keeps_to_the_standard()


@needs_libical
@pytest.mark.parametrize(
    "calendar",
    [
        one_text(an_entry(), COUNCIL),
        request(an_entry(), asked=ASKED, stamp=CHANGED),
        request(a_date(TUESDAYS[2], sequence=1), asked=ASKED, stamp=CHANGED),
        request(a_series(), asked=ASKED, stamp=CHANGED),
        cancellation(an_entry(sequence=2), asked=ASKED, stamp=CHANGED),
        cancellation(a_date(TUESDAYS[2], sequence=2), asked=ASKED, stamp=CHANGED),
    ],
    ids=["published", "asked", "one date asked", "series asked", "cancelled", "one date cancelled"],
)
def test_libical_finds_nothing_against_rfc_5546(calendar):
    assert readers.Libical(calendar).keeps_to_the_standard()


@needs_calcurse
def test_calcurse_imports_a_series_as_planned(tmp_path):
    assert readers.by_calcurse(feed_text(a_feed(a_series(unmoved=True))), tmp_path) == TUESDAYS
