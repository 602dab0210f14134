"""The languages of the public site as data: one line each in `languages.csv`, and the review of the site's own words.

Django knows neither Tigrinya nor several other languages that councils publish in; each needs its facts (a name in its
own script, a direction) and a catalogue, which may be empty. Codes are BCP 47. Panjabi in Shahmukhi is `pnb` and Pahari
`phr`, because Django takes the direction of `pa-arab` from `pa`, which runs the other way.
"""

from __future__ import annotations

import csv
import gettext
from pathlib import Path

FILE = Path(__file__).with_name("languages.csv")
MAKERS = "the makers of Heard"
FIRST = "Phone or text us and we will read it to you."  # what nobody may miss in their language


def read_languages(file: Path = FILE) -> list[dict[str, str]]:
    """The lines of the file, in the order in which the site offers its languages."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def facts_of(lines: list[dict[str, str]]) -> dict[str, dict[str, str | bool]]:
    """Code → what Django wants to know of a language."""
    return {
        line["code"]: {
            "code": line["code"],
            "name": line["name"],
            "name_local": line["own_name"],
            "bidi": line["direction"] == "rtl",
        }
        for line in lines
    }


def checked_by(folder: Path, codes: list[str], own: str) -> dict[str, str]:
    """Code → who checked the site's own words, as the message file says it (`X-Checked-By`). The site's own language
    needs no translating; a language without a name in its file has not been checked."""
    found = {own: MAKERS}
    for code in codes:
        words = _catalogue(folder, code)
        if words is not None and code != own and words.info().get("x-checked-by"):
            found[code] = words.info()["x-checked-by"]
    return found


def with_words(folder: Path, codes: list[str], own: str) -> list[str]:
    """The codes whose message file says what everybody meets first, whoever checked it; the rest may be missing."""
    catalogues = {code: _catalogue(folder, code) for code in codes}
    return [code for code, words in catalogues.items() if code == own or (words and words.gettext(FIRST) != FIRST)]


def _catalogue(folder: Path, code: str) -> gettext.GNUTranslations | None:
    language, _, script = code.partition("-")
    path = gettext.find("django", folder, [f"{language}_{script.capitalize()}" if script else language])
    if path is None:
        return None
    with Path(path).open("rb") as file:
        return gettext.GNUTranslations(file)
