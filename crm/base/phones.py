"""Telephone numbers: kept in one form (E.164, ITU-T), shown as people in the United Kingdom write them."""

from __future__ import annotations

import phonenumbers

REGION = "GB"


def kept_phone(words: str) -> str | None:
    """The number in its kept form, like +447700900123; None when it cannot be a telephone number. "" stays ""."""
    if not words.strip():
        return ""
    try:
        number = phonenumbers.parse(words, REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(kept: str) -> str:
    """The number as it is written here, like 07700 900123; what was never a number is shown as it is."""
    try:
        number = phonenumbers.parse(kept, REGION)
    except phonenumbers.NumberParseException:
        return kept
    home = number.country_code == phonenumbers.country_code_for_region(REGION)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(number, style)
