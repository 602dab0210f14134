"""Template words of the public site: which way words run, numbers kept whole, telephone links and pictures."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi

from cms.languages import language
from cms.pictures import picture_template
from crm.languages.dates import day_in_words

register = template.Library()

# Words in Latin letters, and numbers with what belongs to them: a time, a telephone number, a date.
FOREIGN = re.compile(r"([A-Za-z][A-Za-z0-9&'’.,/-]*(?:\s+[A-Za-z][A-Za-z0-9&'’.,/-]*)*)|(\d+(?:[:.,/\s-]?\d+)*)")
TAG = re.compile(r"(<[^>]*>|&#?\w+;)")


@register.filter
def whole(value: Any) -> SafeString:
    """Words with each English name marked as English and, from right to left, each number kept in its own order."""
    html = conditional_escape(value)
    if is_in_latin_script(language(str(get_language())).own_name):
        return html
    parts = TAG.split(html)
    return mark_safe("".join(part if TAG.fullmatch(part) else FOREIGN.sub(_marked, part) for part in parts))  # noqa: S308


def is_in_latin_script(words: str) -> bool:
    """Whether words are in Latin letters, as English names are: such a page needs no marks around them."""
    return unicodedata.name(words[0], "").startswith("LATIN")


def _marked(found: re.Match[str]) -> str:
    latin, number = found.groups()
    if latin:
        return f'<bdi lang="en">{latin}</bdi>'
    return f"<bdi>{number}</bdi>" if get_language_bidi() else number


@register.filter
def day_of(value: date | None) -> str:
    """A date as the page's language writes it."""
    return day_in_words(value) if value else ""


@register.simple_tag
def phone_link(number: str, kind: str = "tel", css: str = "govuk-link") -> SafeString:
    """A telephone number as a link that dials (`tel`) or begins a text message (`sms`)."""
    dialled = re.sub(r"[^\d+]", "", number)
    return format_html('<a class="{}" href="{}:{}"><bdi dir="ltr">{}</bdi></a>', css, kind, dialled, number)


@register.filter
def dialled(number: str) -> str:
    """A telephone number as a link needs it: no spaces."""
    return re.sub(r"[^\d+]", "", number)


@register.filter
def picture(name: str) -> str:
    """The template that draws a picture."""
    return picture_template(str(name))


@register.filter
def lines(value: str) -> list[str]:
    """The lines of an address."""
    return [line for line in str(value).splitlines() if line.strip()]


@register.filter
def length_and_size(media: Any) -> str:
    """How long a film or recording takes, and how many megabytes it is: 1:20, 0.3 MB. What is not known is left out."""
    minutes, seconds = divmod(media.seconds, 60)
    size = f"{media.size / 1_000_000:.1f} MB" if media.size else ""
    return ", ".join(filter(None, [f"{minutes}:{seconds:02d}" if media.seconds else "", size]))


@register.filter
def own_name(code: str) -> str:
    """A language's own name."""
    return language(code).own_name
