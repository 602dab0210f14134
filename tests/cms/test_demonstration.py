"""The demonstration's public site: believable, whole, and honest about what nobody checked."""

from __future__ import annotations

import re

import html5lib
import pytest

from cms.demonstration import load_pages
from cms.demonstration.pages import as_said
from cms.demonstration.words import languages
from cms.editions import this_edition
from cms.models import PAGE_TYPES, EasyReadPage, MediaVersion, PublicPage
from cms.rules import LONG_SENTENCE, long_sentences
from tests.cms.conftest import SPOKEN, PublicSite


def every_page() -> list[PublicPage]:
    return [page for kind in PAGE_TYPES for page in kind._default_manager.live().select_related("locale")]


def test_there_are_25_messages_and_every_kind_of_page(site: PublicSite) -> None:
    english = [page for page in every_page() if page.language == "en"]
    assert len([page for page in english if not page.is_easy_read]) >= 25
    assert len([page for page in english if page.is_easy_read]) >= 20
    assert len({type(page) for page in english}) >= 15
    assert set(languages()) == SPOKEN


def test_nobody_is_put_down_as_a_checker_and_every_page_says_so(site: PublicSite) -> None:
    for page in every_page():
        assert (page.checked_by, page.checked_on, page.check_method, page.signed_off_by) == ("", None, "", None)
        assert page.has_banner
        assert page.made_how == ("person" if page.language == "en" else "machine"), page
        assert page.made_from is not None or (page.language == "en" and not page.is_easy_read)
    for media in MediaVersion.objects.all():
        assert not media.is_checked


def test_easy_read_keeps_its_own_rule(site: PublicSite) -> None:
    for page in EasyReadPage.objects.all():
        assert long_sentences(page.words(), LONG_SENTENCE) == [], page


@pytest.mark.parametrize(
    ("locality", "where"),
    [("Central", "the centre of the city"), ("East", "the east of the city"), ("Moor Green", "Moor Green")],
)
def test_the_page_of_a_locality_says_where_it_is_as_people_say_it(locality: str, where: str) -> None:
    assert as_said(locality) == where


def test_the_page_of_a_locality_is_named_as_people_say_it(site: PublicSite) -> None:
    text = site.read("/en/in-the-east/").content.decode()
    assert "Care and support in the east of the city" in text
    assert "The team for the east of the city works with the groups near you." in text


def test_loading_it_again_changes_nothing(site: PublicSite) -> None:
    before = this_edition()
    load_pages(lambda words: None)
    assert this_edition() == before


@pytest.mark.once
def test_every_page_is_html_without_a_mistake(site: PublicSite) -> None:
    parser = html5lib.HTMLParser(strict=True)
    for page in every_page():
        response = site.read(page.get_url() or "")
        assert response.status_code == 200, page
        text = response.content.decode()
        parser.parse(text)
        ids = re.findall(r'\sid="([^"]+)"', text)
        assert len(ids) == len(set(ids)), page
        assert len(re.findall(r"<h1[\s>]", text)) == 1, page


def test_a_film_that_is_not_made_is_a_place_with_a_title_and_a_computer_voice_says_that_it_is_one(
    site: PublicSite,
) -> None:
    text = site.read("/en/come-and-talk/").content.decode()
    assert 'href="#bsl"' in text
    assert "This film is not made yet." in text
    assert "<video" not in text
    assert "This is a computer voice." in text
    assert re.search(r'<audio controls preload="none" src="/media/versions/[^"]+\.mp3"', text)
    assert "1:14, 0.2 MB" in text
    assert 'href="#listen"' not in site.read("/ur/come-and-talk/").content.decode()
