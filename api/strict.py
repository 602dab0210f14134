"""What JSON each field takes, and what is said of what it does not take. The framework would make words of a number and
yes or no of a word, without asking, and has words of its own, for programmers."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time
from functools import partial
from typing import Any

from django import forms
from django.core import validators as checks
from rest_framework import serializers
from rest_framework.validators import ProhibitSurrogateCharactersValidator

from api.problems import Fault
from crm.base import wrong

YES_OR_NO = ("true", "false")
SAY_YES_OR_NO = "Say true or false."
NOT_TEXT = 'Write words, like "Bus pass"'
NOT_A_LIST = "Send a list, like []"
NOT_AN_OBJECT = "Send an object, like {{}}"  # filled in as a format by the framework
NOT_A_MOMENT = "Write a day and a time, like 2026-11-24T14:30:00Z"
NO_OFFSET = f"{wrong.NOT_A_TIME}. It is the time on the clock there, without an offset"
LEFT_EMPTY = "Say which, or leave this out."
Words = Mapping[str, Any]

# From the general to the particular: what stands further down is said instead of what stands above it.
WORDS: Mapping[Any, Words] = {
    serializers.Field: {"required": "This must be sent", "null": "This cannot be null"},
    serializers.CharField: {"invalid": NOT_TEXT, "blank": "This cannot be empty"},
    serializers.SlugField: {"invalid": "Use small letters, numbers and hyphens alone"},
    serializers.URLField: {"invalid": "Write an address, like https://example.org"},
    serializers.BooleanField: {"invalid": SAY_YES_OR_NO},
    serializers.UUIDField: {"invalid": wrong.NO_SUCH_RECORD},
    serializers.DateField: {"invalid": wrong.NOT_A_DAY_AS_SENT, "datetime": wrong.NOT_A_DAY_AS_SENT},
    serializers.DateTimeField: dict.fromkeys(("invalid", "date", "make_aware", "overflow"), NOT_A_MOMENT),
    serializers.TimeField: {"invalid": wrong.NOT_A_TIME},
    serializers.IntegerField: {"invalid": wrong.NOT_A_NUMBER, "max_string_length": wrong.NOT_A_NUMBER},
    serializers.DecimalField: {
        "invalid": wrong.NOT_A_NUMBER,
        "max_string_length": wrong.NOT_A_NUMBER,
        "max_digits": "Write at most {max_digits} digits",
        "max_decimal_places": "Write at most {max_decimal_places} digits after the point",
        "max_whole_digits": "Write at most {max_whole_digits} digits before the point",
    },
    serializers.ListField: {"not_a_list": NOT_A_LIST, "empty": "Name at least one"},
    serializers.DictField: {"not_a_dict": NOT_AN_OBJECT, "empty": "Name at least one"},
    serializers.Serializer: {"invalid": NOT_AN_OBJECT},
}
# What may stand in JSON for each kind of field. A whole number may be written 12.0, which is the same number.
TAKES: Mapping[Any, type | tuple[type, ...]] = {
    serializers.BooleanField: bool,
    serializers.CharField: str,
    serializers.ChoiceField: str,
    serializers.UUIDField: str,
    serializers.DateField: str,
    serializers.DateTimeField: str,
    serializers.TimeField: str,
    serializers.IntegerField: (int, float),
}
# How a value is written, where reading would also take other ways, and a day alone for its midnight.
WRITTEN: Mapping[Any, re.Pattern[str]] = {
    serializers.DateField: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    serializers.DateTimeField: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}.*"),
    serializers.TimeField: re.compile(r"[0-9]{2}:[0-9]{2}.*"),
}
# Limits the framework puts its own words on when a field is made.
LIMITS: Mapping[Any, tuple[str, Callable[[Any], str]]] = {
    checks.MinValueValidator: ("min_value", wrong.too_small),
    checks.MaxValueValidator: ("max_value", wrong.too_large),
    checks.MaxLengthValidator: ("max_length", wrong.too_long),
    checks.MinLengthValidator: ("min_length", wrong.too_short),
}
NOT_KEPT = "There is a character in it that cannot be kept"


def made_strict(field: Any) -> None:
    """Let a field take nothing but its own kind of JSON, and refuse the rest in the words of the house, or in those
    that its shape gave it."""
    own = field._kwargs.get("error_messages", {})
    for kind, words in WORDS.items():
        if isinstance(field, kind):
            field.error_messages |= words
    field.error_messages |= own
    for check in field.validators:
        _in_our_words(check, field, own)
    taken = next((takes for kind, takes in TAKES.items() if isinstance(field, kind)), None)
    if taken is not None:
        field.to_internal_value = partial(_taken, field, taken, field.to_internal_value)
    if isinstance(getattr(field, "child", None), serializers.Field):
        made_strict(field.child)


def _in_our_words(check: Any, field: Any, own: Words) -> None:
    if isinstance(check, checks.ProhibitNullCharactersValidator | ProhibitSurrogateCharactersValidator):
        check.message = NOT_KEPT
    elif isinstance(check, checks.RegexValidator):
        check.message = field.error_messages["invalid"]
    for kind, (code, words) in LIMITS.items():
        if isinstance(check, kind) and code not in own:
            listed = isinstance(field, serializers.ListField) and code == "max_length"
            check.message = (wrong.too_many if listed else words)(check.limit_value)


def _taken(field: Any, takes: Any, read: Callable[[Any], Any], value: Any) -> Any:
    """The value, read; a clean refusal of another kind of JSON, and of what reading would drop in silence."""
    if not isinstance(value, takes) or (isinstance(value, bool) and takes is not bool):
        raise serializers.ValidationError(str(_of_another_kind(field)), code="invalid")
    if isinstance(field, serializers.TimeField) and _has_offset(value):
        raise serializers.ValidationError(NO_OFFSET, code="invalid")
    written = next((one for kind, one in WRITTEN.items() if isinstance(field, kind)), None)
    if written is not None and not written.fullmatch(value):
        raise serializers.ValidationError(str(_of_another_kind(field)), code="invalid")
    return read(value)


def _of_another_kind(field: Any) -> Any:
    messages = field.error_messages
    return messages["invalid_choice" if isinstance(field, serializers.ChoiceField) else "invalid"]


def _has_offset(value: str) -> bool:
    try:
        return time.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def faults_of_form(form: Any) -> list[Fault]:
    """What is not right in the filters of an address, in the words of the house, each beside its name."""
    told = [(name, one) for name, many in form.errors.as_data().items() for one in many]
    return [Fault("invalid", _words_of(form.fields.get(name), one), parameter=name) for name, one in told]


def _words_of(field: Any, error: Any) -> str:
    if isinstance(field, forms.ModelChoiceField | forms.UUIDField) and error.code != "required":
        return wrong.NO_SUCH_RECORD
    if error.code == "invalid_choice":
        return wrong.not_one_of(str(value) for value, _ in field.choices)
    if error.code == "invalid" and isinstance(field, forms.DateField):
        return wrong.NOT_A_DAY_AS_SENT
    if error.code == "invalid" and isinstance(field, forms.IntegerField):
        return wrong.NOT_A_NUMBER
    return " ".join(error.messages)
