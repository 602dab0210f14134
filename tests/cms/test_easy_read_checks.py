"""What the editor says while Easy Read is written: each remark teaches, and only what is certain stops a page."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cms.easyread import ADVICE, STOPS, reading_age, remarks_on_page, remarks_on_row, rows_of
from cms.models import GlossaryPage, HardWord, SiteDocument, SitePicture
from cms.rules import blockers_to_going_live
from tests.cms.conftest import PublicSite
from tests.cms.test_editor import enter, form_of


def row(words: str, *, picture: str = "talk", hard: dict[str, str] | None = None) -> dict[str, Any]:
    explained = [{"word": word, "meaning": meaning} for word, meaning in (hard or {}).items()]
    return {"picture": picture, "words": words, "hard_words": explained, "own_picture": None}


def codes(words: str, language: str = "en", **more: Any) -> list[str]:
    return [remark.code for remark in remarks_on_row(row(words, **more), language=language, explained=())]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("<p>" + "We talk to you about the care that you get at home and in the day centre.</p>", "long-sentence"),
        ("<p>" + "go " * 21 + ".</p>", "too-long-sentence"),
        ("<p>We met. We ate. We spoke.</p>", "many-sentences"),
        ("<p>We plan the commissioning of homes.</p>", "hard-word"),
        ("<p>We ask about co-production.</p>", "hard-word"),
        ("<p>Come to the <b>hustings</b>.</p>", "not-explained"),
        ("<p>You will be phoned on Monday.</p>", "passive"),
        ("<p>The letters were sent.</p>", "passive"),
        ("<p>25% of people said yes.</p>", "percentage"),
        ("<p>Ten per cent said no.</p>", "percentage"),
        ("<p>The ICB meets here.</p>", "acronym"),
    ],
)
def test_each_thing_is_found_and_says_what_to_do(words: str, code: str) -> None:
    assert codes(words) == [code]
    assert ADVICE[code][1] in str(remarks_on_row(row(words), language="en", explained=())[0])


@pytest.mark.parametrize(
    "words",
    [
        "<p><b>Care at home</b> is help to live in your own home.</p>",
        "<p>We are tired. We need the NHS.</p>",
        "<p></p>",
        "<p>😀</p>",
        "<p>Come at 10am.</p><p>Bring a friend.</p>",
    ],
)
def test_plain_words_draw_no_remark(words: str) -> None:
    assert codes(words) == []


def test_a_word_explained_in_the_row_or_in_the_glossary_is_fine_and_a_long_explanation_is_not() -> None:
    bold = "<p>Come to the <b>Hustings</b>.</p>"
    assert codes(bold, hard={"Hustings": "a meeting before people vote."}) == ["not-explained"]
    explained = {"Hustings": "a meeting before people vote."}
    assert remarks_on_page([row(bold, hard=explained)], language="en") == []
    assert remarks_on_page([row(bold)], language="en", glossary=["hustings"]) == []
    plain = row("<p>We keep to safeguarding.</p>")
    assert [remark.code for remark in remarks_on_page([plain], language="en", glossary=["safeguarding"])] == [
        "hard-word"
    ]
    long = {"Hustings": "word " * 16}
    assert [remark.code for remark in remarks_on_page([row(bold, hard=long)], language="en")] == ["long-meaning"]


def test_only_what_is_certain_stops_and_english_rules_are_for_english() -> None:
    assert {"too-long-sentence", "no-picture"} == STOPS
    assert codes("<p>We met.</p>", picture="") == ["no-picture"]
    assert codes("<p>ICB was sent.</p>", language="pl") == []
    assert codes("<p>۲۵٪ نے ہاں کہا۔</p>", language="ur") == ["percentage"]


def test_a_page_that_prints_on_more_than_four_sides_or_reads_hard_says_so() -> None:
    many = remarks_on_page([row("<p>We met.</p>")] * 40, language="en")
    assert [remark.code for remark in many] == ["too-many-pages"]
    hard = row("<p>Organisational accountability necessitates deliberation regarding " * 8 + ".</p>")
    assert "reading-age" in [remark.code for remark in remarks_on_page([hard], language="en")]
    assert reading_age("We met. You sat. I ran.") < 6 < reading_age("Accountability necessitates deliberation.")


def test_the_demonstrations_own_easy_read_is_written_as_it_teaches(site: PublicSite) -> None:
    page = site.page("easy_read")
    found = [remark.code for remark in remarks_on_page(rows_of(page.sections), language="en")]
    assert set(found) <= {"many-sentences"}


def test_the_editor_says_what_to_look_at_after_saving_and_beside_the_preview(site: PublicSite, signed_in: Any) -> None:
    page = site.page("easy_read")
    body = page.sections.get_prep_value()
    body[0]["value"]["rows"][0]["value"]["words"] = "<p>The ICB will be phoned.</p>"
    page.sections = json.dumps(body)
    page.save_revision()
    shown = page.make_preview_request().content.decode()
    assert 'data-easy-read="acronym passive"' in shown
    assert "data-easy-read" not in site.read("/en/come-and-talk/easy-read/").content.decode()
    client = enter(site, signed_in, "publisher")
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert editor.status_code == 200


def without_picture(page: Any) -> Any:
    body = page.sections.get_prep_value()
    body[0]["value"]["rows"][0]["value"]["picture"] = ""
    page.sections = json.dumps(body)
    return page


def test_easy_read_without_a_picture_does_not_go_live(site: PublicSite) -> None:
    found = blockers_to_going_live(without_picture(site.page("easy_read")))
    assert [blocker.words for blocker in found] == ["Row 1 has no picture. Choose one."]


def a_picture(**changes: Any) -> SitePicture:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "#00566b").save(file, "PNG")
    facts = {"title": "Hall", "description": "The hall with chairs", "maker": "Northbrook Council", "licence": "ours"}
    facts |= {"people": "nobody", "no_words": True, "width": 40, "height": 30, **changes}
    return SitePicture(file=ContentFile(file.getvalue(), name="main_hall.png"), **facts)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"description": " "}, "description"),
        ({"description": "main hall"}, "description"),
        ({"people": "consented"}, "consent_on"),
        ({"licence": ""}, "licence"),
        ({"maker": ""}, "maker"),
    ],
)
def test_a_picture_says_what_it_shows_who_may_use_it_and_that_people_agreed(
    site: PublicSite, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ValidationError) as told:
        a_picture(**changes).full_clean()
    assert field in told.value.message_dict


def test_a_picture_of_the_council_stands_in_a_row_until_somebody_takes_their_word_back(
    site: PublicSite, tmp_path: Any, settings: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    picture = a_picture(people="consented", consent_on=date(2026, 1, 1))
    picture.save()
    page = without_picture(site.page("easy_read"))
    body = page.sections.get_prep_value()
    body[0]["value"]["rows"][0]["value"]["own_picture"] = picture.pk
    page.sections = json.dumps(body)
    page.save_revision().publish()
    address = "/en/come-and-talk/easy-read/"
    assert '<img src="/media/images/' in site.read(address).content.decode()
    picture.consent_withdrawn_on = timezone.localdate()
    picture.save()
    assert "/media/images/" not in site.read(address).content.decode()
    picture.no_words = False
    picture.save()
    found = blockers_to_going_live(site.page("easy_read"))
    assert [blocker.code for blocker in found] == ["words_in_picture"]


def test_consent_runs_out_on_its_day(site: PublicSite) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    assert a_picture(consent_until=timezone.localdate()).may_be_shown
    assert not a_picture(consent_until=yesterday).may_be_shown


def test_the_glossary_lists_hard_words_and_explains_bold_ones_where_they_stand(site: PublicSite) -> None:
    HardWord.objects.create(word="Care at home", meaning="help to live in your own home.", picture="care")
    HardWord.objects.create(word="Opieka", meaning="pomoc", language="pl")
    shown = site.read("/en/come-and-talk/easy-read/").content.decode()
    assert "<dfn>Care at home</dfn>: help to live in your own home." in shown
    page = GlossaryPage(
        title="Hard words", slug="hard-words", summary="What hard words mean.", locale=site.page("home").locale
    )
    site.page("home").add_child(instance=page)
    shown = site.read("/en/hard-words/").content.decode()
    assert "<dfn>Care at home</dfn>" in shown
    assert "Opieka" not in shown
    assert 'href="/en/hard-words/"' in site.read("/en/come-and-talk/easy-read/").content.decode()


def test_a_hard_word_is_explained_once_and_in_few_words(site: PublicSite) -> None:
    HardWord.objects.create(word="Forum", meaning="a meeting.")
    for wrong in (HardWord(word="forum", meaning="a meeting."), HardWord(word="Panel", meaning="word " * 16)):
        with pytest.raises(ValidationError):
            wrong.full_clean()


def test_a_document_needs_a_page_that_says_the_same(site: PublicSite, tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    document = SiteDocument(title="Report 2026", file=ContentFile(b"%PDF-1.4", name="report.pdf"))
    document.save()
    page = site.page("page")
    page.body = json.dumps([*page.body.get_prep_value(), {"type": "document", "value": document.pk}])
    assert [blocker.code for blocker in blockers_to_going_live(page)] == ["document_without_page"]
    document.html_twin = site.page("home")
    document.save()
    page.body = json.dumps(page.body.get_prep_value())
    page.save_revision().publish()
    shown = site.read("/en/come-and-talk/").content.decode()
    assert "Report 2026" in shown
    assert "A screen reader may not read this file well." in shown


def test_the_editors_shelves_open_for_those_who_keep_them(site: PublicSite, signed_in: Any) -> None:
    client = enter(site, signed_in, "publisher")
    for address in ("/cms/snippets/cms/hardword/", "/cms/images/", "/cms/documents/"):
        assert client.get(address).status_code == 200, address
    form = form_of(client, site.page("page"))
    assert "title" in form
