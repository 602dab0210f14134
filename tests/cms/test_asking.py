"""Whoever needs a page another way asks on one screen, in their language, and it reaches a named officer."""

from __future__ import annotations

import re
from typing import Any

from django.conf import settings

from cms.forms import RECORDED_AS
from cms.languages import answered_in
from crm.languages.files import SHIPPED
from engagement.formats.models import FormatRequest
from tests.cms.conftest import PublicSite

ASKS = {"format": "read_aloud", "language": "ur", "reach_by": "phone", "reach_at": "0113 496 0199"}


def ask(site: PublicSite, code: str = "ur", **changes: Any) -> Any:
    address = f"/{code}/ask/{site.page('page').translation_key}/"
    return site.reader.post(address, {**ASKS, **changes})


def test_a_reader_asks_in_their_language_and_is_told_by_when(site: PublicSite) -> None:
    form = site.read(f"/ur/ask/{site.page('page').translation_key}/").content.decode()
    assert 'lang="ur" dir="rtl"' in form
    assert "مجھے فون پر پڑھ کر سنائیں" in form
    answer = ask(site, once="a")
    assert ask(site, once="a").url == answer.url, "pressed twice, asked once"
    request = FormatRequest.objects.get()
    assert request.owner == site.world.lead
    assert request.language == site.world.urdu
    assert (request.about, request.address) == (site.page("page", "ur").title, "/ur/come-and-talk/")
    thanks = site.read(answer.url).content.decode()
    assert request.number in thanks
    assert "شکریہ" in thanks


def test_it_reaches_whoever_keeps_the_page(site: PublicSite) -> None:
    page = site.page("page")
    page.kept_by = site.world.joe
    page.save_revision().publish()
    ask(site, "en")
    assert FormatRequest.objects.get().owner == site.world.joe


def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(site: PublicSite) -> None:
    text = ask(site, reach_at="بلا نمبر", format="").content.decode()
    assert "چنیں کہ آپ کو یہ کیسے چاہیے" in text
    assert "فون نمبر لکھیں" in text
    assert "بلا نمبر" in text
    assert "<title>غلطی:" in text
    assert not FormatRequest.objects.exists()


def test_a_page_that_is_not_in_a_language_asks_the_same_questions(site: PublicSite) -> None:
    page = site.page("page", "ti")
    page.unpublish()
    text = site.read(f"/ti/not-yet/{page.translation_key}/").content.decode()
    assert f'action="/ti/ask/{page.translation_key}/"' in text
    assert ask(site, "ti").status_code == 302


def test_nothing_is_chosen_for_a_reader_and_what_they_must_choose_is_said_beside_it(site: PublicSite) -> None:
    page = site.page("page", "ti")
    page.unpublish()
    assert " checked" not in site.read(f"/ti/not-yet/{page.translation_key}/").content.decode()
    text = site.reader.post(f"/en/ask/{page.translation_key}/", {"language": "ti"}).content.decode()
    for field, words in (("format", "Choose how you want it"), ("reach_by", "Choose how we can reach you")):
        assert f'<a href="#id_{field}_0">{words}</a>' in text
        assert re.search(rf'id="id_{field}-error" class="govuk-error-message">.*?{words}', text)
        assert re.search(rf'<fieldset[^>]*aria-describedby="id_{field}-error"', text)


def test_a_language_without_any_page_has_a_screen_of_its_own_once_its_words_may_be_shown(
    site: PublicSite, settings: Any
) -> None:
    bar = site.read("/en/").content.decode()
    assert re.search(r'href="/so/not-yet/[^"]+" hreflang="so" lang="so"', bar)
    assert 'href="#listen" hreflang="phr" lang="phr" dir="rtl"' in bar, "spoken more than written: a place to listen"
    screen = site.read(site.read("/so/").url).content.decode()
    assert '<html lang="so" dir="ltr"' in screen
    assert "Boggani weli kuma jiro Soomaali" in screen
    assert "Mashiin ayaa turjumay boggan" in screen, "it says that nobody checked these words"
    assert 'href="/en/" hreflang="en"' in screen, "the first page there is, and in which language"
    thanks = site.read(ask(site, "so").url).content.decode()
    assert "Mahadsanid" in thanks
    assert FormatRequest.objects.get().owner == site.world.lead
    assert "Boggani halkan ma joogo" in site.read("/so/nothing/").content.decode()
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    assert site.read(f"/so/ask/{site.page('page').translation_key}/").status_code == 404
    assert answered_in() == ["en"]


def test_the_record_knows_every_language_that_may_be_asked_for() -> None:
    known = {line.split(",")[0].casefold() for line in SHIPPED.read_text(encoding="utf-8").splitlines()}
    assert {RECORDED_AS.get(code, code).casefold() for code, _ in settings.LANGUAGES} <= known


def test_every_page_leads_there(site: PublicSite) -> None:
    for path in ("", "come-and-talk/", "come-and-talk/easy-read/"):
        text = site.read(f"/en/{path}").content.decode()
        assert text.index('class="heard-ways"') < text.index('class="heard-brand"'), "before anything else"
        assert re.search(r'href="/en/ask/[0-9a-f-]{36}/"', text)


def test_a_library_may_send_several_and_a_flood_is_asked_to_wait(site: PublicSite, settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "ask_for_format": "2/h/ip"}
    assert [ask(site, "en").status_code for _ in range(3)] == [302, 302, 429]


def test_the_thank_you_page_shows_no_words_of_a_stranger(site: PublicSite) -> None:
    key = site.page("page").translation_key
    assert site.read(f"/en/ask/{key}/F-K7M-4PX/").status_code == 200
    assert site.read(f"/en/ask/{key}/Send-money/").status_code == 404
    assert site.read("/en/ask/0190f3c2-7a10-7d4e-9c1b-3f2a6b8d0e99/").status_code == 404
