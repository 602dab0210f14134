"""What the fields of a form hold, so that what is typed, what stood there before and what is stored can be compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.forms.boundfield import BoundField
from django.http import QueryDict

from crm.base.words import full_day

OPENED = "opened"  # the hidden marks of what each part of a form held when it was opened
Parts = dict[str, list[Any]]


def parts_of(form: Any) -> Parts:
    """The fields of a form that are compared by themselves; the rows of a group as one: they may have moved up."""
    own = {name: [form[name]] for name, field in form.fields.items() if name != "version" and _can_be_read(field)}
    rows = {name: [row[one] for row in many for one in row.fields] for name, many in getattr(form, "rows", {}).items()}
    return {**own, **rows}


def _can_be_read(field: forms.Field) -> bool:
    return not isinstance(field, forms.FileField) and not field.widget.is_hidden


def opened_as(form: Any) -> str:
    """A mark for each part of a form: the same mark is the same content. It says nothing of what that is."""
    return " ".join(f"{name}:{mark_of(form, name, fields)}" for name, fields in parts_of(form).items())


def mark_of(form: Any, name: str, fields: list[Any]) -> str:
    """The mark of one part; rows that say nothing do not count."""
    held = [held_by(field) for field in fields]
    rows = getattr(form, "rows", {}).get(name)
    if rows:
        each = [[field for field in fields if field.form is row] for row in rows]
        held = [held_by(field) for row in each for field in row if any(held_by(f) != _blank(f) for f in row)]
    return mark_of_held(held)


def mark_of_held(held: list[list[str]]) -> str:
    """The mark of fields that hold this."""
    return hashlib.blake2s(repr(held).encode(), digest_size=6).hexdigest()


def _blank(field: BoundField) -> list[str]:
    return _plain(field, field.field.initial)


def would_hold(field: BoundField, record: models.Model, stored: Any) -> list[str] | None:
    """What a field held that shows one of a record's own fields, when the audit kept this of it; None where the two are
    not the same thing."""
    if isinstance(stored, list):
        return sorted(map(_text, stored)) if hasattr(field.field, "choices") else None
    try:
        of_record = record._meta.get_field(field.name)
        value = stored if of_record.is_relation else of_record.to_python(stored)  # type: ignore[union-attr]
        return _plain(field, value)
    except (FieldDoesNotExist, ValidationError, AttributeError, TypeError):
        return None


def held_by(field: BoundField) -> list[str]:
    """What a field holds, as the browser sends it: one value, several, or none."""
    return _plain(field, field.value())


def _plain(field: BoundField, value: Any) -> list[str]:
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value and value not in ("False", "false") else []
    if isinstance(widget, forms.MultiWidget):
        parts = value if isinstance(value, list | tuple) else widget.decompress(value)
        return [_text(part) for part in parts or ()]
    shown = widget.format_value(value)
    if isinstance(shown, list | tuple):
        many = sorted(_text(one) for one in shown)
        return many if getattr(widget, "allow_multiple_selected", False) else [_chosen(field, (many or [""])[0])]
    return [_text(shown)]


def _text(value: Any) -> str:
    return "" if value is None else str(value).replace("\r\n", "\n").strip()


def _chosen(field: BoundField, value: str) -> str:
    """A list without an empty line is sent with its first one chosen."""
    known = isinstance(field.field, forms.ModelChoiceField) or isinstance(field.field.widget, forms.RadioSelect)
    return value or ("" if known else next((str(key) for key, _ in _choices(field)), ""))


def _choices(field: BoundField) -> Iterator[tuple[Any, Any]]:
    for value, words in getattr(field.field, "choices", ()):
        if isinstance(words, list | tuple):
            yield from words
        else:
            yield value, words


def to_compare(field: BoundField, labels: dict[str, str] | None) -> list[str]:
    """What a field holds, without what its reader cannot choose."""
    return [one for one in held_by(field) if labels is None or one in labels]


def labels_of(field: BoundField) -> dict[str, str] | None:
    """The words of everything that can be chosen; None where nothing is chosen from a list."""
    if not hasattr(field.field, "choices"):
        return None
    return {_text(value): str(words) for value, words in _choices(field)}


def in_words(field: BoundField, held: list[str], labels: dict[str, str] | None) -> str:
    """What is held, as a person says it."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "ticked" if held else "not ticked"
    if isinstance(widget, forms.MultiWidget):
        return _day(held) or "nothing"
    said = [labels[one] for one in held] if labels is not None else held
    return ", ".join(one for one in said if one) or "nothing"


def _day(parts: list[str]) -> str:
    try:
        day, month, year = map(int, parts)
        return full_day(date(year, month, day))
    except ValueError:
        return " ".join(parts).strip()


def fill_in(sent: QueryDict, instead_of: list[Any], fields: list[Any]) -> None:
    """Send what these fields hold in place of what was sent for those."""
    for field in instead_of:
        for key in _keys(field):
            sent.pop(key, None)
    for field in fields:
        held = to_compare(field, labels_of(field))
        keys = _keys(field)
        if len(keys) == 1:
            sent.setlist(keys[0], held)
        else:
            sent.update(dict(zip(keys, held, strict=False)))


def _keys(field: BoundField) -> list[str]:
    names: list[str] = getattr(field.field.widget, "widgets_names", [""])
    return [f"{field.html_name}{name}" for name in names]
