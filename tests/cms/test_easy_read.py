"""The Easy Read twin: short sentences, a picture beside each idea, and pictures without words in them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from cms.pictures import PICTURES, picture_template
from cms.rules import long_sentences
from cms.words import sentences
from tests.cms.conftest import LANGUAGES, PublicSite


def test_no_sentence_has_more_than_15_words(site: PublicSite) -> None:
    for code in LANGUAGES:
        words = site.page("easy_read", code).words()
        assert len(list(sentences(words))) > 20
        assert long_sentences(words) == []


def test_every_row_has_a_picture_and_at_most_three_lines(site: PublicSite) -> None:
    for code in LANGUAGES:
        rows = [row for section in site.page("easy_read", code).sections for row in section.value["rows"]]
        assert len(rows) == 12
        for row in rows:
            assert row["picture"] in PICTURES
            assert 1 <= str(row["words"].source).count("<p>") + len(row["hard_words"]) <= 3


def test_hard_words_are_explained_and_a_telephone_number_is_one_of_the_next_steps(site: PublicSite) -> None:
    for code in LANGUAGES:
        text = site.read(f"/{code}/come-and-talk/easy-read/").content.decode()
        assert text.count("<dfn>") == 2
        assert 'class="heard-step heard-step--main" href="tel:01134960100"' in text


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_no_words_and_is_silent_to_a_screen_reader(name: str) -> None:
    drawing = render_to_string(picture_template(name))
    assert "<text" not in drawing
    assert "style=" not in drawing
    assert 'aria-hidden="true" focusable="false"' in drawing


def test_every_drawing_is_used_by_something() -> None:
    drawn = {path.stem for path in Path(settings.BASE_DIR, "templates/public/pictures").glob("*.svg")}
    assert drawn == {*PICTURES, "easy-read", "full-page"}


def test_an_unknown_picture_is_an_error() -> None:
    with pytest.raises(KeyError):
        picture_template("../base")
