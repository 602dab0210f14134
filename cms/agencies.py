"""Beginning a translation, and the PO file that goes out to an agency: with the agreed words of its language beside the
texts they stand in."""

from __future__ import annotations

from functools import wraps

import polib
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import download_pofile
from wagtail_localize.views.submit_translations import SubmitPageTranslationView

from cms.models import AgreedWord

OK = 200
submit_page = SubmitPageTranslationView.as_view()


@wraps(submit_page)
def begin_below_its_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """As Wagtail Localize's, which asks who may. It would put a copy of the English page above the translation; rules
    refuse that, so the page above is asked for first."""
    page = get_object_or_404(Page, pk=page_id)
    above = page.get_parent()
    chosen = Locale.objects.filter(pk__in=[one for one in request.POST.getlist("locales") if one.isdigit()])
    missing = [locale for locale in chosen if not above.is_root() and not above.has_translation(locale)]
    for locale in missing:
        words = (
            f"“{above.title}” is not in {locale.get_display_name()} yet. Translate it first: this page stands below it."
        )
        messages.error(request, words)
    response: HttpResponse = redirect(request.get_full_path()) if missing else submit_page(request, page_id=page_id)
    return response


@wraps(download_pofile)
def download_for_an_agency(request: HttpRequest, translation_id: int) -> HttpResponse:
    """As Wagtail Localize's, which asks who may; with the agreed words in it."""
    response: HttpResponse = download_pofile(request, translation_id)
    if response.status_code == OK:
        code = Translation.objects.select_related("target_locale").get(pk=translation_id).target_locale.language_code
        response.content = with_agreed_words(response.content.decode(), code).encode()
    return response


def with_agreed_words(file: str, code: str) -> str:
    """The file with a note (`#.`) at each text in which an agreed word stands. Translators' tools show it beside the
    text, so that nobody need look the glossary up."""
    agreed = list(AgreedWord.objects.filter(language=code))
    texts = polib.pofile(file)
    for entry in texts:
        said = [one for one in agreed if one.english.casefold() in entry.msgid.casefold()]
        entry.comment = "\n".join(f"Agreed: {one}{f' ({one.note})' if one.note else ''}" for one in said)
    return str(texts)
