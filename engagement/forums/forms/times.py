"""A time in one box, written the way people write it."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from django import forms

from crm.base.words import named_time

TIME = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$")
NOON = 12


class ClockField(forms.CharField):
    """1:30pm, 1.30 pm, 13:30 or 1pm; empty is no time. A bare 1:30 is taken as it stands, in the night."""

    not_real = "Write a time, like 1:30pm"

    def __init__(self, **kwargs: Any) -> None:
        box = forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off"})
        super().__init__(**{"required": False, "max_length": 30, "widget": box, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        """A time as people say it."""
        return named_time(value) if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        """The time; None for an empty box. Raises ValidationError for what is none."""
        words = super().clean(value).strip().lower()
        if not words:
            return None
        found = TIME.match(words.replace("noon", "12pm"))
        if found is None:
            raise forms.ValidationError(self.not_real)
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
        if half:
            hour = hour % NOON + (NOON if half == "pm" else 0) if 1 <= hour <= NOON else 99
        try:
            return time(hour, minute)
        except ValueError as problem:
            raise forms.ValidationError(self.not_real) from problem
