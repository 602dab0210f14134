"""A page that is translated with Wagtail Localize, by segments or PO file, knows which words it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from wagtail.models import Page

from cms.words import mark_of

if TYPE_CHECKING:
    from cms.models import PublicPage


def translation_of(page: PublicPage) -> Any:
    """The translation by which a page is kept in step with its source; None where nobody translates it that way."""
    rows = apps.get_model("wagtail_localize", "Translation").objects.filter(enabled=True, target_locale=page.locale_id)
    return rows.filter(source__object_id=page.translation_key).select_related("source").first()


def take_over_source(page: PublicPage) -> None:
    """Put down the page that the translator had before them, and the mark of its words as they had them."""
    if (translation := translation_of(page)) is None:
        return
    source = translation.source
    there = Page.objects.filter(translation_key=page.translation_key, locale_id=source.locale_id).first()
    if there is None:
        return
    stands, seen = there.specific, source.as_instance()
    same = mark_of(stands.words()) == mark_of(seen.words())
    page.made_from = there
    page.made_from_mark = stands.standing_mark if same else seen.standing_mark


def translators_of(page: PublicPage) -> set[Any]:
    """The ids of the colleagues who translated segments of a page, by hand or by uploading a file."""
    if translation_of(page) is None:
        return set()
    strings = apps.get_model("wagtail_localize", "StringTranslation").objects
    rows = strings.filter(locale_id=page.locale_id, context__object_id=page.translation_key)
    return {*rows.exclude(last_translated_by=None).values_list("last_translated_by", flat=True).distinct()}
