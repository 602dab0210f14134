"""The doors of the public site. Nothing here knows who is reading: no session, one page for everyone; one cookie holds
the language a reader chose."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, get_supported_language_variant
from django.views.generic import View
from wagtail.models import Locale, Page, get_page_models

from cms import freshness
from cms.languages import home_pages, not_yet_address
from cms.models import PublicPage
from cms.paper import NoPaper, can_make_paper, pdf_of
from crm.accounts.permissions import PUBLIC_PAGE
from crm.base.permissions import Row

# How long a browser or a proxy may show a page without asking, and how long while it asks.
CACHE_CONTROL = "public, max-age=60, stale-while-revalidate=600"


SIZES = ("page", "large-print")
# The only cookie of public pages without a form: the code of a language, no number of anybody. It is strictly necessary
# for what the reader asked for (Privacy and Electronic Communications Regulations 2003, regulation 6(4)).
REMEMBERED = "language"
A_YEAR = 365 * 24 * 60 * 60


class FrontDoor(View):
    """`/`: to the language the reader chose before, else to the best one for what this browser says it reads."""

    row: Row = PUBLIC_PAGE
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go to the site in that language."""
        chosen = request.COOKIES.get(REMEMBERED, "")
        code = chosen if chosen in home_pages(request) else best_language(request)
        response = redirect(f"/{code}/")
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        response.headers["Cache-Control"] = "private, no-cache"
        return response


class ChooseLanguage(View):
    """A reader chose a language: their own browser remembers it for a year, and nobody else; on to the page."""

    row: Row = PUBLIC_PAGE
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, key: UUID) -> HttpResponse:
        """Remember it, and go on."""
        code = str(get_language())
        page = versions_of(key).get(code)
        if page is None:
            raise Http404
        response = redirect(page.get_url(request) or f"/{code}/")
        response.set_cookie(
            REMEMBERED, code, max_age=A_YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )
        response.headers["Cache-Control"] = "private, no-store"
        return response


def best_language(request: HttpRequest) -> str:
    """The first language of the browser's list that the site speaks; otherwise the site's own."""
    spoken = set(home_pages(request))
    wanted = request.headers.get("Accept-Language", "").lower().split(",")[:20]
    weighed = sorted(((_weight(entry), -place, entry) for place, entry in enumerate(wanted)), reverse=True)
    for weight, _, entry in weighed:
        code = _known(entry.split(";")[0].strip())
        if weight > 0 and code in spoken:
            return code
    return settings.LANGUAGE_CODE


def _known(code: str) -> str:
    """The language of the site that a browser's code means: ur for ur-PK, zh-hans for zh-CN, pnb for pa-Arab."""
    if code.startswith(("pa-arab", "pa-pk")):
        return "pnb"
    try:
        return get_supported_language_variant(code)
    except LookupError:
        return ""


def _weight(entry: str) -> float:
    _, _, weight = entry.partition(";q=")
    try:
        return float(weight.strip() or 1)
    except ValueError:
        return 0.0


class PageToKeep(HttpResponse):
    """A page that is the same for every reader until the site changes: `ReadyMadePagesMiddleware` keeps it."""


class PublicSite(View):
    """Makes a page of the site; `ReadyMadePagesMiddleware` keeps it and answers the next reader. Its name is the one
    Wagtail looks up to address its pages."""

    row: Row = PUBLIC_PAGE
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, path: str) -> HttpResponseBase:
        """The page at an address. A page that the public may not read yet is as missing as one that is not there."""
        page = shown_page(request, path)
        if page.language != get_language():
            return redirect(not_yet_address(str(get_language()), page))
        made = page.serve(request)
        if made.status_code != 200:
            return made
        return PageToKeep(made.content, headers={"Cache-Control": CACHE_CONTROL})


def shown_page(request: HttpRequest, path: str) -> PublicPage:
    """The page at a path that the public may read. 404 otherwise."""
    # One question in a new process, where each kind of page would ask its own.
    ContentType.objects.get_for_models(*get_page_models())
    route = Page.route_for_request(request, path)
    page = route.page.specific if route is not None else None
    if not isinstance(page, PublicPage) or not page.is_shown or page.get_view_restrictions().exists():
        raise Http404
    return page


class Paper(View):
    """A page as a tagged PDF, plain or in large print. There are two for each page and edition, each made once: nobody
    can keep the server busy by asking for more."""

    row: Row = PUBLIC_PAGE
    http_method_names = ["get", "head"]

    def get(self, request: HttpRequest, key: UUID, size: str) -> HttpResponse:
        """The file, made anew when the page has changed."""
        page = versions_of(key).get(str(get_language()))
        if page is None or size not in SIZES or not can_make_paper():
            raise Http404

        def make() -> bytes:
            return pdf_of(render_to_string("public/paper.html", {**page.get_context(request), "size": size}, request))

        try:
            made = freshness.paper_of(request.path, freshness.stamp(), make)
        except NoPaper as problem:
            raise Http404 from problem
        response = HttpResponse(made, content_type="application/pdf")
        name = content_disposition_header(as_attachment=False, filename=f"{page.slug}-{page.language}.pdf")
        response.headers["Content-Disposition"] = str(name)  # a slug may be in any script
        response.headers["Cache-Control"] = CACHE_CONTROL
        return response


def versions_of(key: UUID) -> dict[str, PublicPage]:
    """Language code → the version of one page that the public may read in it; three queries."""
    locales = {locale.pk: locale for locale in Locale.objects.all()}
    found: dict[str, PublicPage] = {}
    for page in Page.objects.filter(translation_key=key).live().specific():
        if isinstance(page, PublicPage):
            page.locale = locales[page.locale_id]
            found |= {page.language: page} if page.is_shown else {}
    return found
