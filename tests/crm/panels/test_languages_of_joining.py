"""Applying in another language: every word is there, the page says who checked it, and the next page is in it too."""

from __future__ import annotations

import json
import re

import polib
import pytest
from django.conf import settings
from django.test import Client

from crm.panels.words import TONGUES
from tests.crm.panels import calling

ROOM = settings.BASE_DIR / "crm"
SAID = re.compile(r'{% translate "([^"]+)"|\b(?:_|gettext)\(\s*"([^"]+)"')
BLOCKS = re.compile(r"{% blocktranslate[^%]*%}(.+?)(?:{% plural %}.+?)?{% endblocktranslate %}", re.DOTALL)
MADE_OF = [
    *(settings.BASE_DIR / "templates/public/join").glob("*.html"),
    *(ROOM / "equality").glob("*.py"),
    *(ROOM / "panels" / name for name in ("words.py", "vocabulary.py", "forms/apply.py", "views/apply.py")),
    ROOM / "panels/views/public.py",
]


def words_of_joining() -> set[str]:
    """Every piece of text that an applicant may read on our pages."""
    found: set[str] = set()
    for path in MADE_OF:
        text = path.read_text(encoding="utf-8")
        found |= {first or second for first, second in SAID.findall(text)}
        found |= {re.sub(r"{{ (\w+) }}", r"%(\1)s", block.replace("%", "%%")) for block in BLOCKS.findall(text)}
    for file in (ROOM / "equality/data").glob("questions-*.json"):
        for one in json.loads(file.read_text(encoding="utf-8"))["questions"]:
            found |= {one["words"], one["hint"]}
            found |= {words for answer in one["answers"] for words in (answer["words"], answer.get("group", ""))}
    return found - {""}


@pytest.mark.parametrize("code", [code for code in TONGUES.codes if code != "en"])
def test_every_word_of_joining_is_there_and_compiled(code):
    folder = ROOM / "locale" / code / "LC_MESSAGES"
    entries = {entry.msgid: entry for entry in polib.pofile(str(folder / "django.po"))}
    missing = {words for words in words_of_joining() if words not in entries or not entries[words].translated()}
    assert not missing, f"Add to crm/locale/{code}/LC_MESSAGES/django.po and compile it: {missing}"
    for entry in entries.values():
        for words in entry.msgstr_plural.values() or [entry.msgstr]:
            assert set(re.findall(r"%\(\w+\)s", entry.msgid)) == set(re.findall(r"%\(\w+\)s", words)), entry.msgid
    compiled = {entry.msgid: entry.msgstr or entry.msgstr_plural for entry in polib.mofile(str(folder / "django.mo"))}
    readable = {entry.msgid: entry.msgstr or entry.msgstr_plural for entry in entries.values()}
    assert compiled == readable, "Compile it again: msgfmt -o django.mo django.po"


def test_somebody_applies_in_urdu_and_every_next_page_is_in_it(world):
    calling.a_call(world)
    visitor = Client()
    page = visitor.get("/join/join-us/?lang=ur")
    assert page["Content-Language"] == "ur"
    words = page.content.decode()
    assert '<html lang="ur" dir="rtl"' in words
    assert "A machine translated this page" in words
    assert '<h1 class="govuk-heading-l" lang="en" dir="ltr">Join the East panel' in words, "What we wrote is English."
    where = visitor.post("/join/join-us/?lang=ur")["Location"]
    assert where.endswith("/questions/name/?lang=ur")
    where = visitor.post(where, {"name": "نسرین"})["Location"]
    refused = visitor.post(where, {"reach_by": "phone", "reach_at": "ring me"}).content.decode()
    assert "Write a phone number" not in refused
    assert "ring me" in refused
    where = visitor.post(where, {"reach_by": "link"})["Location"]
    check = where.split("/questions/")[0] + "/check/?lang=ur"
    assert "نسرین" in visitor.get(check).content.decode()
    sent = visitor.post(check)
    assert sent["Location"].endswith("/equality/?lang=ur")
    asked = visitor.get(sent["Location"].replace("/?", "/questions/?")).content.decode()
    assert "کشمیری" in asked
    assert "Prefer not to say" not in asked


def test_a_language_nobody_has_checked_is_offered_in_the_demonstration_alone(world, settings):
    calling.a_call(world)
    settings.SHOW_UNREVIEWED_LANGUAGES, settings.JOIN_WORDS_CHECKED_BY = False, {"en": "us"}
    page = Client().get("/join/join-us/?lang=ur").content.decode()
    assert '<html lang="en"' in page
    assert "?lang=ur" not in page
