"""The PO file that goes out to an agency, with the agreed words of its language beside the texts they stand in."""

from __future__ import annotations

from functools import wraps

import polib
from django.http import HttpRequest, HttpResponse
from wagtail_localize.models import Translation
from wagtail_localize.views.edit_translation import download_pofile

from cms.models import AgreedWord

OK = 200


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
