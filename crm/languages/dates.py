"""Days as a language writes them, by CLDR: the order of day and month, and the month's name."""

from __future__ import annotations

from datetime import date

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from django.utils.translation import get_language

# Languages that CLDR files under another name, and those it does not know, with the one their readers read.
UNDER = {"en": "en_GB", "pnb": "pa_Arab", "phr": "ur", "rom": "ro"}


def day_in_words(day: date, code: str = "") -> str:
    """A day with the month's name, in a language; in that of the page if none is named."""
    return format_date(day, format="long", locale=_locale(code or str(get_language())))


def _locale(code: str) -> Locale:
    try:
        return Locale.parse(UNDER.get(code, code).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")
