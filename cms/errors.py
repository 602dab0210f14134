"""What a reader of the public site gets when a page is not there or something went wrong, in the language of its
address. The workspace and the API have their own.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language_from_path, override

from cms.languages import VersionLink, home_pages, language, links_in
from crm.base import errors


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: where to go from here, and whom to phone."""
    code = get_language_from_path(request.path_info)
    homes = home_pages(request) if code else {}
    if code is None or not homes:
        return errors.not_found(request, exception)
    links = links_in(homes, [VersionLink(language(one), f"/{one}/", one == code, exists=False) for one in homes])
    shown = code if code in {link.language.code for link in links} else settings.LANGUAGE_CODE
    with override(shown):
        facts = {"here": language(shown), "language_links": links, "page": homes.get(shown)}
        return render(request, "public/missing.html", facts, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our mistake. Asks neither the database nor the settings of the council, for they may be what failed."""
    code = get_language_from_path(request.path_info)
    if code is None:
        return errors.server_error(request)
    with override(code):
        return HttpResponse(render_to_string("public/broken.html", {"here": language(code)}), status=500)
