"""Two doors of the public site that take a question: the directory narrowed down, and search."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.gzip import gzip_page
from django.views.generic import View

from cms.finding import LONGEST, find
from cms.group_form import FindGroupForm
from cms.languages import VersionLink, home_pages, language, links_in
from cms.living import groups_listed
from cms.views import CACHE_CONTROL
from crm.accounts.permissions import PUBLIC_PAGE
from crm.areas.models import Council
from crm.base.forms import GovukForm
from crm.base.permissions import Row
from crm.base.views import page_of


class SearchForm(GovukForm):
    """What somebody looks for."""

    words = forms.CharField(
        label=_("What are you looking for?"), max_length=LONGEST, required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "autocomplete": "off"}),
    )  # fmt: skip


def frame(request: HttpRequest, address: str) -> dict[str, Any]:
    """What every page of the site shows around its words, for a page that is not in the tree. 404 for a language that
    the site does not speak."""
    code = str(get_language())
    homes = home_pages(request)
    if code not in homes:
        raise Http404
    here = [VersionLink(language(one), f"/{one}/{address}/", current=one == code, exists=True) for one in homes]
    links = links_in(homes, here)
    return {"page": homes[code], "here": language(code), "language_links": links, "council": Council.objects.first()}


class FindGroups(View):
    """The directory of groups, narrowed down by place, language and access."""

    row: Row = PUBLIC_PAGE
    http_method_names = ["get", "head"]

    # Packed, because it is long; it holds nothing secret that packing could betray.
    @method_decorator(gzip_page)
    def get(self, request: HttpRequest) -> HttpResponse:
        """The groups that fit, 25 a page."""
        form = FindGroupForm(request.GET)
        form.is_valid()
        kept = "&".join(f"{name}={value}" for name, value in vars(form.wanted()).items() if value)
        page = page_of(groups_listed(form.wanted()), request)
        shown = {**frame(request, "groups"), "form": form, "groups": page, "kept": kept}
        response = render(request, "public/find_groups.html", shown)
        response.headers["Cache-Control"] = CACHE_CONTROL
        return response


class SearchSite(View):
    """Search across pages and groups."""

    row: Row = PUBLIC_PAGE
    http_method_names = ["get", "head", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """The box."""
        return self._show(request, SearchForm(), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """What was found."""
        form = SearchForm(request.POST)
        words = form.cleaned_data["words"].strip() if form.is_valid() else ""
        return self._show(request, form, find(words, str(get_language())) if words else None)

    def _show(self, request: HttpRequest, form: SearchForm, found: Any) -> HttpResponse:
        response = render(request, "public/search.html", {**frame(request, "search"), "form": form, "found": found})
        response.headers["Cache-Control"] = "no-store, private"
        return response
