"""The pictures of the pages on which people answer, for those who read Easy Read: one picture beside each thought."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from crm.base.pictures import picture_template

OF_QUESTIONS = {
    "coming": "meeting", "why": "sad", "say": "talk", "name": "write", "reach": "phone", "help": "helper",
    "guests": "family", "keep": "private",
}  # fmt: skip
# What can be chosen, by its value: answers, ways to reach somebody, what would help.
OF_CHOICES = {
    "yes": "yes", "maybe": "choose", "no": "no", "cannot_but_say": "talk",
    "text": "message", "phone": "phone", "email": "computer", "letter": "letter", "group": "group",
    "keep": "yes", "delete": "no",
    "bsl-interpreter": "interpreter", "lipspeaker": "talk", "speech-to-text": "computer",
    "spoken-interpreter": "interpreter", "easy-read": "read", "large-print-18": "read", "braille-2": "read",
    "told-before": "date", "transport": "car", "accessible-transport": "no-steps", "travel-costs": "money",
    "blue-badge-parking": "car", "known-face": "helper", "wheelchair-space": "wheelchair", "quiet-room": "rest",
    "breaks": "time", "seat-near-door": "place", "assistance-dog": "cane", "prayer-space": "pray",
    "help-to-leave": "danger", "food": "food", "supporter-present": "helper", "childcare": "child",
    "carer-cover": "older-person", "join-online": "phone", "at-home": "talk",
}  # fmt: skip


def picture(name: str) -> SafeString:
    """A picture, drawn into the page; nothing where there is none."""
    return SafeString(render_to_string(picture_template(name))) if name else SafeString("")


def pictured(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """What can be chosen, each with its picture before its words."""
    return [
        (key, format_html('<span class="heard-pictured">{}<span>{}</span></span>', picture(OF_CHOICES[key]), words))
        if key in OF_CHOICES
        else (key, words)
        for key, words in choices
    ]
