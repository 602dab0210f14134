"""A person signs a version off: never the translator, never the machine; and everybody sees how versions stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import String, StringTranslation, Translation, TranslationSource

from cms.actions import sign_off
from cms.details import CheckDetails
from cms.models import AgreedWord, ContactPage, EasyReadPage, MediaVersion
from cms.rules import NotReady, blockers_to_going_live
from cms.standing import how_versions_stand
from crm.accounts.groups import keep_groups_in_step
from crm.base.permissions import Refused
from crm.base.rules import InputBlocked
from tests.cms.conftest import PublicSite
from tests.cms.test_editor import enter

TODAY = timezone.localdate()
CHECK = CheckDetails("Amina Diallo", "person", "Northbrook People First", TODAY, "readers", TODAY + timedelta(days=90))


def signed(site: PublicSite, kind: str = "page", code: str = "en", **changes: Any) -> Any:
    sign_off(actor=site.world.checker, page=site.page(kind, code), details=replace(CHECK, **changes))
    return site.page(kind, code)


def test_a_page_that_was_signed_off_names_its_checkers_and_loses_its_banner(site: PublicSite) -> None:
    page = signed(site)
    assert (page.is_reviewed, page.signed_off_by, page.state) == (True, site.world.checker, "current")
    text = site.read("/en/come-and-talk/").content.decode()
    assert "Northbrook People First checked this page" in text
    assert "heard-unchecked" not in text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"checked_by": " "}, "checked_by"),
        ({"checked_by": "amina  DIALLO"}, "checked_by"),
        ({"checked_on": None}, "checked_on"),
        ({"checked_on": TODAY + timedelta(days=1)}, "checked_on"),
        ({"check_method": "felt right"}, "check_method"),
        ({"made_how": "machine"}, "made_how"),
        ({"review_date": TODAY + timedelta(days=500)}, "review_date"),
    ],
)
def test_a_check_that_is_not_one_is_refused(site: PublicSite, changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InputBlocked) as refusal:
        signed(site, **changes)
    assert list(refusal.value.by_field()) == [field]
    assert not site.page("page").is_checked


def test_only_checkers_and_publishers_sign_and_never_their_own_translation(site: PublicSite) -> None:
    with pytest.raises(Refused):
        sign_off(actor=site.world.translator, page=site.page("page"), details=CHECK)
    page = site.page("page", "ur")
    page.worked_on_by = site.world.publisher
    page.save()
    with pytest.raises(InputBlocked, match="Somebody else"):
        sign_off(actor=site.world.publisher, page=page, details=CHECK)


@pytest.mark.usefixtures("without_workflow")
def test_words_that_changed_after_the_check_need_another_one(site: PublicSite, settings: Any) -> None:
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    page = signed(site)
    page.summary = "A meeting on another day."
    assert {blocker.code for blocker in blockers_to_going_live(page)} == {"checked_before"}
    page.minor_change = "A comma"
    assert blockers_to_going_live(page) == []
    page.minor_change, page.checked_on = "", date(2026, 1, 5)
    assert blockers_to_going_live(page) == [], "it was checked again"


def test_a_stale_version_goes_out_only_with_a_reason(site: PublicSite, signed_in: Any) -> None:
    source = site.page("page")
    source.title = "Another meeting"
    source.save_revision().publish()
    version = site.page("page", "ur")
    assert version.state == "stale"
    keep_groups_in_step(site.world.publisher)
    editor = signed_in(site.world.publisher).get(f"/cms/pages/{version.pk}/edit/").content.decode()
    assert "What this was made from has changed: Another meeting." in editor
    with pytest.raises(NotReady, match="has changed"):
        version.save_revision().publish()
    version.stale_reason = "The day is right; the rest comes on Monday"
    version.save_revision().publish()
    fresh = site.page("page", "ur")
    fresh.bring_up_to_date()
    fresh.save_revision().publish()
    assert site.page("page", "ur").stale_reason == ""


def test_the_table_says_what_is_missing_stale_and_unreviewed_in_one_query(site: PublicSite, signed_in: Any) -> None:
    source = signed(site)
    source.title = "Another meeting"
    source.save_revision().publish()
    with CaptureQueriesContext(connection) as asked:
        table = how_versions_stand()
    assert len(asked) == 1
    line = table.lines[0]
    cells = {one.code: cell.state for one, cell in zip(table.languages, line.cells, strict=True)}
    assert (line.title, cells["en"], cells["ur"], cells["ti"]) == ("Another meeting", "current", "stale", "stale")
    assert dict(table.numbers)["Missing"] > 100
    page = signed_in(site.world.translator).get("/workspace/versions/").content.decode()
    assert "Source has changed" in page
    assert "/check/" not in page, "translators do not sign"
    assert f"/cms/localize/submit/page/{source.pk}/" in page
    assert (
        f"/workspace/versions/{source.pk}/check/"
        in signed_in(site.world.checker).get("/workspace/versions/").content.decode()
    )


def test_home_tells_who_writes_and_checks_how_pages_stand_and_leads_to_the_editor(
    site: PublicSite, signed_in: Any
) -> None:
    waits = how_versions_stand().waits
    for who in (site.world.publisher, site.world.translator, site.world.checker):
        home = signed_in(who).get("/workspace/").content.decode()
        assert f"{waits['unreviewed']} pages that nobody has checked" in home
        assert 'href="/cms/"' in home
        assert "Nothing is waiting" not in home
    assert "that nobody has checked" not in signed_in(site.world.lead).get("/workspace/").content.decode()


def test_the_way_to_the_editor_is_shown_to_those_it_opens_for(site: PublicSite, signed_in: Any) -> None:
    assert 'href="/cms/"' in signed_in(site.world.checker).get("/workspace/versions/").content.decode()
    assert 'href="/cms/"' not in signed_in(site.world.lead).get("/workspace/versions/").content.decode()


def test_whoever_signs_a_page_off_can_read_it_first(site: PublicSite, signed_in: Any) -> None:
    checker, page = signed_in(site.world.checker), site.page("page", "ur")
    asked = f"/workspace/versions/{page.pk}/check/"
    assert 'href="/ur/come-and-talk/"' in checker.get(asked).content.decode()
    page.unpublish()
    draft = f"/cms/pages/{page.pk}/view_draft/"
    assert f'href="{draft}"' in checker.get(asked).content.decode()
    assert checker.get(draft).status_code == 200


def test_a_checker_signs_off_on_a_page(site: PublicSite, signed_in: Any) -> None:
    address = f"/workspace/versions/{site.page('page', 'ur').pk}/check/"
    browser = signed_in(site.world.checker)
    told = {"made_by": "Rozina", "made_how": "person", "checked_by": "", "check_method": "speaker"}
    for name, day in (("checked_on", TODAY), ("review_date", TODAY + timedelta(days=30))):
        told |= {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
    shown = browser.post(address, told)
    assert "Write who checked it" in shown.content.decode()
    assert "Rozina" in shown.content.decode(), "nothing typed is lost"
    assert browser.post(address, {**told, "checked_by": "Speakers of Urdu at Al-Noor"}).status_code == 302
    assert site.page("page", "ur").checked_by == "Speakers of Urdu at Al-Noor"
    assert signed_in(site.world.amina).get(address).status_code == 403


@pytest.mark.usefixtures("without_workflow")
def test_a_translator_takes_a_page_from_end_to_end_by_po_file(site: PublicSite, signed_in: Any, settings: Any) -> None:
    """Out to an agency and back, signed, published; and one changed English sentence makes it stale."""
    world, source_page = site.world, ContactPage.objects.get(locale__language_code="en")
    ContactPage.objects.get(locale__language_code="pl").delete()
    easy, _ = TranslationSource.get_or_create_from_instance(site.page("easy_read"))
    assert {"What this is about", "We are having a <b>forum</b>."} <= {one.data for one in String.objects.all()}, easy
    polish = Locale.objects.get(language_code="pl")
    browser = enter(site, signed_in, "translator")
    below = reverse(
        "wagtail_localize:submit_page_translation", args=[EasyReadPage.objects.get(made_from=source_page).pk]
    )
    refused = browser.post(below, {"locales": [polish.pk]}, follow=True).content.decode()
    assert "“Contact and help” is not in Polish yet. Translate it first" in refused
    begin = reverse("wagtail_localize:submit_page_translation", args=[source_page.pk])
    assert browser.post(begin, {"locales": [polish.pk]}).status_code == 302
    translation = Translation.objects.get(target_locale=polish, source__object_id=source_page.translation_key)
    assert not ContactPage.objects.get(locale=polish).live, "a translation of a live page begins as a draft"
    AgreedWord.objects.create(english="Your language", language="pl", words="Pani język", note="Never: twój")
    sent = browser.get(reverse("wagtail_localize:download_pofile", args=[translation.pk]))
    file = polib.pofile(sent.content.decode())
    assert len(file) > 5
    with_note = [entry for entry in file if entry.comment == "Agreed: Your language: Pani język (Never: twój)"]
    assert with_note
    assert all("your language" in entry.msgid for entry in with_note)
    for entry in file:
        entry.msgstr = f"Po polsku: {abs(hash(entry.msgid))}"
    back = SimpleUploadedFile("pl.po", str(file).encode(), "text/x-gettext-translation")
    upload = reverse("wagtail_localize:upload_pofile", args=[translation.pk])
    assert browser.post(upload, {"file": back, "next": "/cms/"}).status_code == 302
    assert signed_in(world.amina).get(sent.request["PATH_INFO"]).status_code == 403, "not for everybody"
    assert StringTranslation.objects.filter(locale=polish).exists()
    translation.save_target(user=world.translator, publish=False)
    page = ContactPage.objects.get(locale=polish)
    assert (page.live, page.made_from_id, page.is_stale, page.is_checked) == (False, source_page.pk, False, False)
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    settings.SITE_WORDS_CHECKED_BY = {"en": "us", "pl": "a speaker"}
    with pytest.raises(NotReady, match="A machine made these words"):
        page.get_latest_revision().publish()
    made = replace(CHECK, made_by="Slowa agency", made_how="agency", check_method="translator")
    sign_off(actor=world.checker, page=page, details=made)
    ContactPage.objects.get(locale=polish).get_latest_revision().publish()
    page = ContactPage.objects.get(locale=polish)
    assert (page.live, page.state) == (True, "current")
    settings.SHOW_UNREVIEWED_LANGUAGES = True
    source_page.summary = "Phone us by night too."
    source_page.save_revision().publish()
    assert ContactPage.objects.get(locale=polish).state == "stale"
    assert "z której powstała, zmieniła się" in site.read(page.get_url()).content.decode()


@pytest.mark.usefixtures("without_workflow")
def test_a_film_or_recording_is_shown_only_when_somebody_checked_it(site: PublicSite, settings: Any) -> None:
    voice = MediaVersion.objects.filter(kind="audio", language="en").first()
    assert voice is not None
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    assert not voice.may_be_shown
    with pytest.raises(NotReady, match="Nobody has checked"):
        voice.save()
    voice.checked_by, voice.checked_on, voice.check_method = "Al-Noor", TODAY, "speaker"
    voice.save()
    assert voice.may_be_shown
    page = voice.page.specific
    page.title = "Another title"
    page.checked_by, page.checked_on, page.check_method, page.made_how = "People First", TODAY, "readers", "person"
    page.save_revision().publish()
    with pytest.raises(NotReady, match="has changed"):
        MediaVersion.objects.get(pk=voice.pk).save()
    film = MediaVersion.objects.filter(kind="bsl").first()
    assert film is not None
    assert film.may_be_shown, "a place for a film that is planned shows nobody's work"


def test_the_shelves_open_for_those_who_keep_them(site: PublicSite, signed_in: Any) -> None:
    keep_groups_in_step(site.world.publisher)
    browser = signed_in(site.world.publisher)
    for model in ("agreedword", "mediaversion"):
        assert browser.get(f"/cms/snippets/cms/{model}/").status_code == 200
        assert browser.get(f"/cms/snippets/cms/{model}/add/").status_code == 200


def test_agreed_words_that_were_said_otherwise_are_shown_before_signing(site: PublicSite, signed_in: Any) -> None:
    AgreedWord.objects.create(english="Care at home", language="ur", words="گھریلو نگہداشت", note="As the elders say")
    AgreedWord.objects.create(english="forum", language="ur", words="فورم")
    address = f"/workspace/versions/{site.page('page', 'ur').pk}/check/"
    text = signed_in(site.world.checker).get(address).content.decode()
    assert "گھریلو نگہداشت" in text
    assert "As the elders say" in text
    assert "forum:" not in text, "said as agreed"


def test_publishing_several_at_once_names_those_that_cannot_go_live(
    site: PublicSite, signed_in: Any, settings: Any
) -> None:
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    keep_groups_in_step(site.world.publisher)
    page = site.page("page")
    page.unpublish()
    address = f"/cms/bulk/wagtailcore/page/publish/?id={page.pk}"
    answer = signed_in(site.world.publisher).post(address, {"next": "/cms/"}, follow=True)
    assert "Nobody has checked these words" in answer.content.decode()
    assert not site.page("page").live
