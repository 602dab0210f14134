"""Two colleagues changed the same record at once: what the later one did not touch is filled in as it is stored, and
beside the rest stands what the other one saved, so that saving again is a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import QueryDict

from crm.base.held import OPENED, fill_in, in_words, labels_of, mark_of, opened_as, parts_of, to_compare
from crm.base.registries import Registry
from crm.base.views import STALE_WORDS

# Says who changed a record last, and when, in a sentence; the room that keeps the trail adds itself.
last_changes: Registry[Callable[[Any], str]] = Registry("who changed a record last")


def after_somebody_else(make: Callable[[Any], Any], sent: QueryDict, fresh: Any) -> Any:
    """The form once more, with the version that is stored now. `make` makes it, of what was sent or, with None, of what
    is stored; `fresh` is the record as it is stored."""
    typed, stored = make(sent), make(None)
    again, mine = sent.copy(), parts_of(typed)
    opened = dict(part.split(":", 1) for part in sent.get(OPENED, "").split() if ":" in part)
    beside: dict[str, str] = {}
    for name, fields in parts_of(stored).items():
        before, theirs = opened.get(name), mine.get(name, [])
        if mark_of(stored, name, fields) == before:  # nobody saved it meanwhile
            continue
        untouched = before is not None and mark_of(typed, name, theirs) == before
        beside |= _differing(fields, theirs, untouched)
        if untouched:
            fill_in(again, theirs, fields)
        if name in getattr(stored, "rows", {}):
            _make_room(again, name, len(stored.rows[name]), 0 if untouched else len(typed.rows[name]))
    again["version"], again[OPENED] = str(fresh.version), opened_as(stored)
    form = make(again)
    form.say_meanwhile(beside)
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


def _make_room(again: QueryDict, name: str, stored: int, typed: int) -> None:
    """As many rows as are needed to say what is stored."""
    if f"{name}-rows" in again:
        again[f"{name}-rows"] = str(max(stored, typed))
