"""Other people's programs that read calendars: what each makes of ours. Those that pip brings are always there."""

from __future__ import annotations

import ctypes
import ctypes.util
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events

LONDON = ZoneInfo("Europe/London")
FROM, TO = datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)


def by_recurring_ical_events(calendar: bytes) -> list[datetime]:
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(calendar)).between(FROM, TO)
    return sorted(event["DTSTART"].dt.astimezone(UTC) for event in found)


def by_khal(calendar: bytes, folder: Path) -> list[datetime]:
    """Imports the file as somebody would and lists what khal then shows."""
    (folder / "cal").mkdir()
    (folder / "feed.ics").write_bytes(calendar)
    (folder / "config").write_text(
        f"[calendars]\n[[ours]]\npath = {folder}/cal\n[sqlite]\npath = {folder}/khal.db\n[locale]\n"
        "local_timezone = Europe/London\ndefault_timezone = Europe/London\ntimeformat = %H:%M\ndateformat = %d/%m/\n"
        "longdateformat = %Y-%m-%d\ndatetimeformat = %d/%m/ %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    khal = [str(Path(sys.executable).with_name("khal")), "-c", str(folder / "config")]
    environ = {**os.environ, "HOME": str(folder), "XDG_CACHE_HOME": str(folder), "LC_ALL": "C.UTF-8"}
    subprocess.run([*khal, "import", "--batch", "-a", "ours", str(folder / "feed.ics")], env=environ, check=True)
    shown = subprocess.run(
        [*khal, "list", "--format", "at {start-long}", "2026-01-01", "730d"],
        env=environ, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    lines = [row.removeprefix("at ") for row in shown.splitlines() if row.startswith("at ")]
    moments = [datetime.strptime(row, "%Y-%m-%d %H:%M").replace(tzinfo=LONDON) for row in lines]
    return sorted(moment.astimezone(UTC) for moment in moments)


ICAL_JS = """
const ICAL = require('ical.js');
const root = new ICAL.Component(ICAL.parse(require('fs').readFileSync(0, 'utf8')));
root.getAllSubcomponents('vtimezone').forEach(zone => ICAL.TimezoneService.register(new ICAL.Timezone(zone)));
const strict = {strictExceptions: true, exceptions: []};
const all = root.getAllSubcomponents('vevent').map(one => new ICAL.Event(one, strict));
const masters = all.filter(one => !one.isRecurrenceException());
all.filter(one => one.isRecurrenceException()).forEach(one =>
  masters.filter(master => master.uid === one.uid).forEach(master => master.relateException(one)));
const found = [];
masters.forEach(master => {
  if (!master.isRecurring()) { found.push(master.startDate.toJSDate().toISOString()); return; }
  const dates = master.iterator();
  for (let next = dates.next(); next; next = dates.next())
    found.push(master.getOccurrenceDetails(next).startDate.toJSDate().toISOString());
});
console.log(JSON.stringify(found));
"""


def _node(script: str, sent: bytes) -> subprocess.CompletedProcess[bytes]:
    ours = Path(sys.prefix) / "clients" / "node_modules"  # where .ci/clients puts it
    paths = os.pathsep.join(part for part in (str(ours), os.environ.get("NODE_PATH", "")) if part)
    environ = {**os.environ, "NODE_PATH": paths, "TZ": "UTC"}
    return subprocess.run(["node", "-e", script], check=False, input=sent, capture_output=True, env=environ)


def ical_js_is_there() -> bool:
    return bool(shutil.which("node")) and _node("require('ical.js')", b"").returncode == 0


def by_ical_js(calendar: bytes) -> list[datetime]:
    done = _node(ICAL_JS, calendar)
    assert done.returncode == 0, done.stderr.decode()
    return sorted(datetime.fromisoformat(moment.replace("Z", "+00:00")) for moment in json.loads(done.stdout))


class _Time(ctypes.Structure):
    _fields_ = [(name, ctypes.c_int) for name in ("year", "month", "day", "hour", "minute", "second", "is_date", "dst")]
    _fields_ += [("zone", ctypes.c_void_p)]


class _Span(ctypes.Structure):
    _fields_ = [("start", ctypes.c_long), ("end", ctypes.c_long), ("is_busy", ctypes.c_int)]


_FOUND = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.POINTER(_Span), ctypes.c_void_p)


class Libical:
    """libical 3, the library of GNOME's, KDE's and many servers' calendars, spoken to directly."""

    def __init__(self, calendar: bytes) -> None:
        self.lib = ctypes.CDLL(ctypes.util.find_library("ical") or "libical.so.3")
        for name in ("icalparser_parse_string", "icalcomponent_get_first_component", "icalcomponent_get_next_component",
                     "icalcomponent_get_first_property", "icaltimezone_get_utc_timezone"):  # fmt: skip
            getattr(self.lib, name).restype = ctypes.c_void_p
        for name in ("icalcomponent_get_dtstart", "icalcomponent_get_recurrenceid"):
            getattr(self.lib, name).restype = _Time
        self.lib.icaltime_as_timet_with_zone.restype = ctypes.c_long
        self.lib.icalcomponent_kind_to_string.restype = ctypes.c_char_p
        self.lib.icalcomponent_as_ical_string.restype = ctypes.c_char_p
        self.root = ctypes.c_void_p(self.lib.icalparser_parse_string(calendar))
        assert self.root.value, "libical could not read it"

    def keeps_to_the_standard(self) -> bool:
        """Whether libical's own table of RFC 5546 finds nothing wrong, nor its parser an error."""
        kept = bool(self.lib.icalrestriction_check(self.root))
        return kept and self.lib.icalcomponent_count_errors(self.root) == 0

    def said(self) -> str:
        return str(self.lib.icalcomponent_as_ical_string(self.root).decode())

    def starts(self) -> list[datetime]:
        found: list[int] = []
        moved: set[int] = set()
        kind = self.lib.icalcomponent_string_to_kind(b"VEVENT")
        one = self.lib.icalcomponent_get_first_component(self.root, kind)
        masters = []
        while one:
            event = ctypes.c_void_p(one)
            recurrence = self.lib.icalcomponent_get_recurrenceid(event)
            if recurrence.year:
                starts = self.lib.icalcomponent_get_dtstart(event)
                recurrence.zone = recurrence.zone or starts.zone  # libical reads no TZID of a RECURRENCE-ID
                moved.add(self._universal(recurrence))
                found.append(self._universal(starts))
            else:
                masters.append(event)
            one = self.lib.icalcomponent_get_next_component(self.root, kind)
        for event in masters:
            found += [moment for moment in self._repeats(event) if moment not in moved]
        return sorted(datetime.fromtimestamp(moment, UTC) for moment in found)

    def _universal(self, moment: _Time) -> int:
        return int(self.lib.icaltime_as_timet_with_zone(moment, ctypes.c_void_p(moment.zone)))

    def _repeats(self, event: ctypes.c_void_p) -> list[int]:
        found: list[int] = []
        keep = _FOUND(lambda _event, span, _data: found.append(span.contents.start))
        first, last = _Time(2026, 1, 1), _Time(2028, 1, 1)
        first.zone = last.zone = self.lib.icaltimezone_get_utc_timezone()
        self.lib.icalcomponent_foreach_recurrence(event, first, last, keep, None)
        return found


def libical_is_there() -> bool:
    try:
        ctypes.CDLL(ctypes.util.find_library("ical") or "libical.so.3")
    except OSError:
        return False
    return True


def by_calcurse(calendar: bytes, folder: Path) -> list[date]:
    """The days that calcurse shows after importing; it knows no time zone but the machine's."""
    (folder / "feed.ics").write_bytes(calendar)
    environ = {**os.environ, "HOME": str(folder), "TZ": "Europe/London", "LC_ALL": "C.UTF-8"}
    base = ["calcurse", "-D", str(folder / "calcurse")]
    (folder / "calcurse").mkdir()
    subprocess.run([*base, "-q", "-i", str(folder / "feed.ics")], env=environ, check=True, stdin=subprocess.DEVNULL)
    asked = ["-Q", "--from", "12/01/2026", "--days", "365", "--output-datefmt", "%Y-%m-%d"]
    forms = ["--format-apt", "  %S\n", "--format-recur-apt", "  %S\n"]
    done = subprocess.run([*base, *asked, *forms], env=environ, check=True, capture_output=True, text=True)
    days = [row.strip(" :") for row in done.stdout.splitlines() if row and not row.startswith(" ")]
    return [date.fromisoformat(day) for day in days]
