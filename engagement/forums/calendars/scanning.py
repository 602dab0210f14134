"""The lines of a calendar from outside, as a tree of components. What is too big or no calendar is refused at once.

Nothing is believed: the limits are asked of raw octets and lines, before any value is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

MOST_OCTETS = 5_000_000
MOST_LINES = 250_000
MOST_IN_A_LINE = 100_000  # letters, once unfolded
MOST_COMPONENTS = 10_000
MOST_DEEP = 4
MOST_PARAMETERS = 40
BOM = b"\xef\xbb\xbf"
# What is read; other properties are passed over.
WANTED = frozenset(
    ["METHOD", "VERSION", "UID", "SEQUENCE", "STATUS", "DTSTAMP", "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID",
     "RRULE", "RDATE", "EXDATE", "SUMMARY", "LOCATION", "ORGANIZER", "ATTENDEE", "COMMENT"]
)  # fmt: skip
_PARAMETER = re.compile(r';([A-Za-z0-9-]+)=((?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)')


class NotReadable(Exception):
    """A calendar that is refused: the line where it went wrong, and why, for whoever sent it."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Line {line}: {reason}")
        self.line = line
        self.reason = reason


class TooMuch(NotReadable):
    """A limit is broken: nothing of the file is read."""


@dataclass(frozen=True, slots=True)
class Property:
    """One property as it stands in the file; its value is still text."""

    name: str
    value: str
    line: int
    parameters: dict[str, str]


@dataclass(slots=True)
class Component:
    """What stands between BEGIN and END."""

    name: str
    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    parts: list[Component] = field(default_factory=list)

    def keep(self, one: Property) -> None:
        """Put a property in."""
        self.properties.setdefault(one.name, []).append(one)

    def first(self, name: str) -> Property | None:
        """The property of that name; the first where there are several."""
        found = self.properties.get(name)
        return found[0] if found else None

    def value(self, name: str) -> str:
        """Its value; "" where there is none."""
        found = self.first(name)
        return found.value if found else ""


def calendars_in(data: bytes) -> list[Component]:
    """The calendars in a file. Raises `NotReadable`."""
    found: list[Component] = []
    open_ones: list[Component] = []
    count = 0
    for number, words in _unfolded(_decoded(data)):
        before, _, rest = words.partition(":")
        name = before.strip().upper()
        if name == "BEGIN":
            count += 1
            _begin(Component(rest.strip().upper(), number), open_ones, found, count)
        elif name == "END":
            _end(rest.strip().upper(), open_ones, number)
        elif not open_ones:
            raise NotReadable(number, "This is not a calendar: it must begin with BEGIN:VCALENDAR.")
        elif ";" in before:
            _keep_with_parameters(words, number, open_ones[-1])
        elif name in WANTED:
            open_ones[-1].keep(Property(name, rest, number, {}))
    _insist_on_whole(found, open_ones)
    return found


def _insist_on_whole(found: list[Component], open_ones: list[Component]) -> None:
    if open_ones:
        raise NotReadable(open_ones[-1].line, f"{_shown(open_ones[-1].name)} begins here and never ends.")
    if not found:
        raise NotReadable(1, "This is not a calendar: there is nothing in it.")


def _begin(new: Component, open_ones: list[Component], found: list[Component], count: int) -> None:
    if count > MOST_COMPONENTS:
        raise NotReadable(new.line, f"There is too much in it: more than {MOST_COMPONENTS:,} components.")
    if len(open_ones) >= MOST_DEEP:
        raise NotReadable(new.line, f"Components lie more than {MOST_DEEP} deep in each other.")
    if (new.name == "VCALENDAR") == bool(open_ones):
        raise NotReadable(new.line, "Everything must stand inside BEGIN:VCALENDAR, and no calendar inside another.")
    (open_ones[-1].parts if open_ones else found).append(new)
    open_ones.append(new)


def _end(name: str, open_ones: list[Component], number: int) -> None:
    if not open_ones or open_ones[-1].name != name:
        raise NotReadable(number, f"END:{_shown(name)} ends nothing that was begun.")
    open_ones.pop()


def _keep_with_parameters(words: str, number: int, inside: Component) -> None:
    """Keep a property that is read. A line that is none is passed over, as calendars in use have them."""
    at = words.index(";")
    name = words[:at].strip().upper()
    if name not in WANTED:
        return
    parameters: dict[str, str] = {}
    while words[at : at + 1] == ";" and len(parameters) < MOST_PARAMETERS:
        match = _PARAMETER.match(words, at)
        if match is None:
            return
        parameters[match[1].upper()] = match[2].strip('"')
        at = match.end()
    if words[at : at + 1] == ":":
        inside.keep(Property(name, words[at + 1 :], number, parameters))


def _decoded(data: bytes) -> str:
    if len(data) > MOST_OCTETS:
        raise NotReadable(1, f"It is too big: {len(data):,} bytes, and at most {MOST_OCTETS:,} are read.")
    if data.count(b"\n") + data.count(b"\r") > 2 * MOST_LINES:
        raise NotReadable(MOST_LINES, f"It is too long: more than {MOST_LINES:,} lines.")
    data = data.removeprefix(BOM)
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise NotReadable(line, "It is not written in UTF-8, which every calendar must be.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        raise NotReadable(line, "It is not written in UTF-8, which every calendar must be.") from problem


def _unfolded(words: str) -> Iterator[tuple[int, str]]:
    """Each whole line with the number at which it began. Raises `NotReadable` for one that is folded without end."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > MOST_LINES:
        raise NotReadable(MOST_LINES, f"It is too long: more than {MOST_LINES:,} lines.")
    parts: list[str] = []
    began = size = 0
    for number, line in enumerate(lines, start=1):
        if line[:1] in (" ", "\t") and parts:
            parts.append(line[1:])
            size += len(line)
        else:
            if parts:
                yield began, "".join(parts)
            parts, began, size = [line] if line.strip() else [], number, len(line)
        if size > MOST_IN_A_LINE:
            raise NotReadable(began, f"A line is too long: more than {MOST_IN_A_LINE:,} letters.")
    if parts:
        yield began, "".join(parts)


def _shown(name: str) -> str:
    """A name from outside, short enough and plain enough to be shown."""
    return "".join(letter for letter in name[:30] if letter.isalnum() or letter == "-") or "(nothing)"
