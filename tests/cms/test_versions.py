"""What stands between a page and the public, and when a version is out of date."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from cms.models import InformationPage
from cms.rules import NotReady, blockers_to_going_live, long_sentences
from tests.cms.conftest import ADDRESSES, PublicSite


@pytest.fixture
def as_in_a_council(settings: Any) -> Any:
    """Settings in which nothing unchecked may be shown, and the site's Urdu words were checked."""
    settings.SHOW_UNREVIEWED_LANGUAGES = False
    settings.SITE_WORDS_CHECKED_BY = {"en": "us", "ur": "a speaker"}
    return settings


def codes(page: Any) -> set[str]:
    return {blocker.code for blocker in blockers_to_going_live(page)}


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        ({}, set()),
        ({"made_how": "machine"}, {"machine_only"}),
        ({"made_how": "machine_person"}, set()),
        ({"checked_by": ""}, {"not_checked"}),
        ({"checked_on": None}, {"not_checked"}),
        ({"check_method": ""}, {"not_checked"}),
        ({"made_how": "machine", "checked_by": ""}, {"machine_only", "not_checked"}),
    ],
)
def test_refused_unless_a_person_worked_on_it_and_it_was_checked(
    site: PublicSite, as_in_a_council: Any, changes: dict[str, Any], missing: set[str]
) -> None:
    page = site.checked("page", "ur", **changes)
    assert codes(page) == missing
    if missing:
        with pytest.raises(NotReady):
            page.save_revision().publish()
    else:
        page.save_revision().publish()
        assert site.read("/ur/come-and-talk/").status_code in (200, 302)


def test_refused_by_every_way_to_go_live(site: PublicSite, as_in_a_council: Any) -> None:
    page = site.page("page", "ur")
    page.live = False
    page.save()
    page.live = True
    with pytest.raises(NotReady):
        page.save()
    fresh = InformationPage(title="New", summary="New", body=[], slug="new", locale=page.locale, live=True)
    with pytest.raises(NotReady):
        site.page("home", "ur").add_child(instance=fresh)


def test_refused_in_a_language_whose_site_words_nobody_checked(site: PublicSite, as_in_a_council: Any) -> None:
    assert codes(site.checked("page", "ti")) == {"site_words_not_checked"}


def test_nothing_unchecked_is_shown_once_the_demonstration_setting_is_off(
    site: PublicSite, as_in_a_council: Any
) -> None:
    assert {site.read(address).status_code for address in ADDRESSES} == {404}


def test_a_checked_page_is_shown_without_a_banner_and_names_its_checkers(
    site: PublicSite, as_in_a_council: Any
) -> None:
    for kind in ("home", "page"):
        site.checked(kind).save_revision().publish()
    text = site.read("/en/come-and-talk/").content.decode()
    assert "Northbrook People First checked this page on 1 November 2026." in text
    assert "noindex" not in text
    assert "heard-unchecked" not in text
    assert "easy-read" not in text, "the Easy Read twin is not checked: no link leads to it"
    assert "/ur/come-and-talk/" not in text, "nor to the Urdu page: the offer to read it aloud stands there"
    assert 'href="/ur/not-yet/' in text
    assert 'lang="ti"' not in text, "nobody checked the site's words in Tigrinya"


def test_a_version_is_stale_when_the_meaning_of_its_source_changed(site: PublicSite) -> None:
    source = site.page("page")
    assert not site.page("page", "ur").is_stale
    source.summary = "The meeting is on Wednesday 13 January 2027."
    source.save_revision().publish()
    assert site.page("page", "ur").is_stale
    assert "بدل گیا ہے" in site.read("/ur/come-and-talk/").content.decode()
    assert not site.page("easy_read", "ur").is_stale, "made from Easy Read in English, which is as it was"


def test_a_corrected_slip_makes_nothing_stale_and_the_next_change_does(site: PublicSite) -> None:
    source = site.page("page")
    source.summary += " Welcome."
    source.minor_change = "Added a greeting"
    source.save_revision().publish()
    assert not site.page("page", "ti").is_stale
    source = site.page("page")
    source.title = "A new meeting"
    source.minor_change = ""
    source.save_revision().publish()
    assert site.page("page", "ti").is_stale


def test_spaces_alone_make_nothing_stale(site: PublicSite) -> None:
    source = site.page("page")
    body = source.body.get_prep_value()
    body[1]["value"] = body[1]["value"].replace(" is ", "  is ")
    source.body = source.body.stream_block.to_python(body)
    source.save_revision().publish()
    assert not site.page("page", "ur").is_stale


def test_a_version_made_again_is_up_to_date(site: PublicSite) -> None:
    source = site.page("page")
    source.title = "A new meeting"
    source.save_revision().publish()
    version = site.page("page", "ur")
    version.bring_up_to_date()
    version.save_revision().publish()
    assert not site.page("page", "ur").is_stale


def test_an_alias_never_stands_in_for_a_translation(site: PublicSite) -> None:
    site.page("page", "ti").delete()
    with pytest.raises(NotReady):
        site.page("page").copy_for_translation(Locale.objects.get(language_code="ti"), alias=True)
    assert not InformationPage.objects.filter(locale__language_code="ti").exists()


def test_a_copy_for_translating_does_not_inherit_who_checked_the_original(site: PublicSite) -> None:
    site.page("page", "ti").delete()
    source = site.checked("page")
    source.save_revision().publish()
    copy = source.copy_for_translation(Locale.objects.get(language_code="ti"))
    assert not copy.live
    assert (copy.made_how, copy.checked_by, copy.checked_on, copy.check_method) == ("machine", "", None, "")


def test_a_translation_with_english_left_in_it_is_refused_even_in_the_demonstration(
    site: PublicSite, django_capture_on_commit_callbacks: Any
) -> None:
    site.page("page", "ti").delete()
    page = site.page("page")
    source, _ = TranslationSource.get_or_create_from_instance(page)
    translation = Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="ti"))
    translation.save_target(publish=False)
    copy = InformationPage.objects.get(locale__language_code="ti")
    assert not copy.live
    assert codes(copy) == {"still_in_source_language"}
    with (
        pytest.raises(ValidationError, match="Not translated yet"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        translation.save_target(publish=True)
    copy.refresh_from_db()
    assert not copy.live


def test_the_review_is_put_off_by_a_year_at_most(site: PublicSite) -> None:
    page = site.page("page")
    page.review_date = page.review_date.replace(year=page.review_date.year + 2)
    with pytest.raises(ValidationError, match="12 months"):
        page.full_clean()


def test_easy_read_refuses_a_sentence_nobody_can_hold_in_mind(site: PublicSite) -> None:
    page = site.page("easy_read")
    page.title = " ".join(["word"] * 21)
    assert codes(page) == {"sentence_too_long"}
    page.title = " ".join(["word"] * 16)
    assert codes(page) == set()
    assert long_sentences(page.words()) == [page.title]
