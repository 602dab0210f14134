"""Two colleagues changed the same record at once: what the later one did not touch is filled in as it is stored, and
beside the rest stands what the other one saved, so that saving again is a choice. What changed, from what to what, is
told first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.http import QueryDict
from django.utils.text import Truncator

from crm.base.held import (
    OPENED,
    fill_in,
    in_words,
    labels_of,
    mark_of,
    mark_of_held,
    opened_as,
    parts_of,
    to_compare,
    would_hold,
)
from crm.base.registries import Registry
from crm.base.views import STALE_WORDS

# Says who changed a record last, and when, in a sentence; the room that keeps the trail adds itself.
last_changes: Registry[Callable[[Any], str]] = Registry("who changed a record last")
# Says what the fields of a record that changed since a version held before; of the same room.
held_at: Registry[Callable[[Any, int], Mapping[str, Any]]] = Registry("what a record held at a version")
MOST_TOLD = 100  # letters of what a field held, in the list of what changed: beside the field stands all of it


def after_somebody_else(make: Callable[[Any], Any], sent: QueryDict, fresh: Any) -> Any:
    """The form once more, with the version that is stored now. `make` makes it, of what was sent or, with None, of what
    is stored; `fresh` is the record as it is stored."""
    typed, stored = make(sent), make(None)
    again, mine = sent.copy(), parts_of(typed)
    opened = dict(part.split(":", 1) for part in sent.get(OPENED, "").split() if ":" in part)
    beside: dict[str, str] = {}
    changed: dict[str, str] = {}
    held = _held_at(fresh, sent.get("version", ""))
    for name, fields in parts_of(stored).items():
        before, theirs = opened.get(name), mine.get(name, [])
        if mark_of(stored, name, fields) == before:  # nobody saved it meanwhile
            continue
        untouched = before is not None and mark_of(typed, name, theirs) == before
        beside |= _differing(fields, theirs, untouched)
        was = _held(theirs) if untouched else _as_opened(fields, before, fresh, held.get(name))
        changed |= _changed(fields, was, beside)
        if untouched:
            fill_in(again, theirs, fields)
        if name in getattr(stored, "rows", {}):
            _make_room(again, name, len(stored.rows[name]), 0 if untouched else len(typed.rows[name]))
    again["version"], again[OPENED] = str(fresh.version), opened_as(stored)
    form = make(again)
    form.say_meanwhile(beside, changed)
    for line in [STALE_WORDS, *(words for say in last_changes if (words := say(fresh)))]:
        form.add_error(None, line)
    return form


def _differing(stored: list[Any], typed: list[Any], untouched: bool) -> Iterator[tuple[str, str]]:
    """What stands beside each field that holds something else than what is stored."""
    mine = {field.html_name: field for field in typed}
    for field in stored:
        labels = labels_of(field)
        now, own = to_compare(field, labels), mine.get(field.html_name)
        if own is None and not any(now):
            continue
        if own is None or to_compare(own, labels) != now:
            filled = " It is filled in here." if untouched else ""
            yield field.html_name, f"Saved meanwhile: {in_words(field, now, labels)}.{filled}"


def _held_at(record: Any, version: str) -> dict[str, Any]:
    """What was changed in a record since this version, as it was then."""
    if not version.isdecimal():
        return {}
    return {name.removesuffix("_id"): held for look in held_at for name, held in look(record, int(version)).items()}


def _held(fields: list[Any]) -> dict[str, list[str]]:
    return {field.html_name: to_compare(field, labels_of(field)) for field in fields}


def _as_opened(fields: list[Any], mark: str | None, record: Any, kept: Any) -> dict[str, list[str]]:
    """What one field held when the form was opened, by what was kept of the record: nothing but what its reader had
    before them."""
    held = would_hold(fields[0], record, kept) if len(fields) == 1 else None
    return {fields[0].html_name: held} if held is not None and mark_of_held([held]) == mark else {}


def _changed(stored: list[Any], were: dict[str, list[str]], beside: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What the other one changed, from what to what, by the names of the fields it stands in now. Where nobody knows
    what it was, what differs from what was typed."""
    for field in stored:
        labels = labels_of(field)
        now, was = to_compare(field, labels), were.get(field.html_name)
        if now == was or (was is None and field.html_name not in beside):
            continue
        label, told = _asked(field), _shortly(in_words(field, now, labels))
        if was is None:
            yield field.html_name, f"“{label}” is now {told}."
        else:
            before = _shortly(in_words(field, [one for one in was if labels is None or one in labels], labels))
            yield field.html_name, f"“{label}” was {before} and is now {told}."


def _shortly(words: str) -> str:
    return Truncator(" ".join(words.split()).rstrip(".")).chars(MOST_TOLD)


def _asked(field: Any) -> str:
    return str(field.label).removesuffix("(optional)").rstrip(": ")


def _make_room(again: QueryDict, name: str, stored: int, typed: int) -> None:
    """As many rows as are needed to say what is stored."""
    if f"{name}-rows" in again:
        again[f"{name}-rows"] = str(max(stored, typed))
