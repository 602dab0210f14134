"""The site's own words in every language, and what is said at the start when a language lacks something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import polib
import pytest
from django.conf import settings
from django.core.checks import run_checks

from cms.checks import languages_are_known, no_unreviewed_languages

FOLDER = Path(settings.BASE_DIR)
CATALOGUES = sorted(path.name for path in (FOLDER / "cms/locale").iterdir())
# A catalogue is empty, and the language waits; or it holds what everybody meets first; or it is whole.
COUNTS = {code: len(polib.pofile(str(FOLDER / "cms/locale" / code / "LC_MESSAGES/django.po"))) for code in CATALOGUES}
OTHERS = [code for code in CATALOGUES if COUNTS[code]]
FIRST = [*(f"templates/public/{name}.html" for name in (
    "base", "ways", "ask", "asked", "next_steps", "reach_us", "missing", "broken")), "cms/forms.py"]  # fmt: skip
SAID = re.compile(r'{% translate "([^"]+)"|\b(?:_|gettext_lazy)\("([^"]+)"\)')
PLURAL = re.compile(r"{% plural %}.*", re.DOTALL)
BLOCKS = re.compile(r"{% blocktranslate[^%]*%}(.+?){% endblocktranslate %}", re.DOTALL)


def words_of_the_site() -> set[str]:
    """Every piece of text that the templates and the code of the public site mark for translating."""
    # Joining a panel has catalogues of its own, in crm/locale.
    templates = [path for path in FOLDER.glob("templates/public/**/*.html") if path.parent.name != "join"]
    return words_marked([*templates, *FOLDER.glob("cms/**/*.py")])


def words_marked(paths: Iterable[Path]) -> set[str]:
    found: set[str] = set()
    for path in paths:
        text = path.read_text(encoding="utf-8")
        found |= {first or second for first, second in SAID.findall(text)}
        found |= {
            re.sub(r"{{ (\w+) }}", r"%(\1)s", PLURAL.sub("", block).replace("%", "%%"))
            for block in BLOCKS.findall(text)
        }
    return found


def test_most_languages_of_the_site_have_words_and_six_have_all_of_them() -> None:
    whole = {code for code in CATALOGUES if COUNTS[code] > 100}
    assert whole == {"ar", "bn", "pl", "ro", "ti", "ur"}
    assert set(settings.LANGUAGES_WITH_WORDS) == {code for code, _ in settings.LANGUAGES} - {"phr", "rom"}


@pytest.mark.parametrize("code", OTHERS)
def test_every_word_of_the_site_is_there_or_those_that_everybody_meets_first(code: str) -> None:
    words = words_of_the_site() if COUNTS[code] > 100 else words_marked(FOLDER / path for path in FIRST)
    assert len(words) > 25
    missing = words - {
        entry.msgid for entry in polib.pofile(str(FOLDER / "cms/locale" / code / "LC_MESSAGES/django.po"))
    }
    assert not missing, f"Add to cms/locale/{code}/LC_MESSAGES/django.po and compile it: {missing}"


@pytest.mark.parametrize("code", CATALOGUES)
def test_the_compiled_catalogue_is_that_of_the_readable_one(code: str) -> None:
    folder = FOLDER / "cms/locale" / code / "LC_MESSAGES"
    readable = {entry.msgid: entry.msgstr or entry.msgstr_plural for entry in polib.pofile(str(folder / "django.po"))}
    compiled = {entry.msgid: entry.msgstr or entry.msgstr_plural for entry in polib.mofile(str(folder / "django.mo"))}
    assert compiled == readable, "Compile it again: msgfmt -o django.mo django.po"


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_fills_in_the_same_names(code: str) -> None:
    for entry in polib.pofile(str(FOLDER / "cms/locale" / code / "LC_MESSAGES/django.po")):
        for words in entry.msgstr_plural.values() or [entry.msgstr]:
            assert set(re.findall(r"%\(\w+\)s", entry.msgid)) == set(re.findall(r"%\(\w+\)s", words)), entry.msgid


@pytest.mark.django_db
def test_deploying_is_refused_while_unchecked_words_may_be_shown(settings: Any) -> None:
    settings.SHOW_UNREVIEWED_LANGUAGES = True
    assert [message.id for message in no_unreviewed_languages(None)] == ["cms.E001"]
    assert "cms.E001" in {message.id for message in run_checks(include_deployment_checks=True)}
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    assert no_unreviewed_languages(None) == []


def test_a_language_without_its_facts_stops_the_start(settings: Any) -> None:
    settings.LANGUAGES = [("en", "English"), ("sth", "Shelta"), ("ti", "Tigrinya")]
    assert [message.id for message in languages_are_known(None)] == ["cms.E002"]
