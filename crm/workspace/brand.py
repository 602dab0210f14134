"""The council's colour as a stylesheet of its own, so that no style stands inside a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from crm.accounts.permissions import PUBLIC_PAGE
from crm.areas.models import Council


@cache_control(public=True, max_age=3600)
def brand(request: HttpRequest) -> HttpResponse:
    """A few bytes of CSS, made from the council's record."""
    colour = Council.objects.values_list("brand_colour", flat=True).first() or "#00566b"
    css = f":root{{--heard-brand:{colour};--govuk-brand-colour:{colour}}}"
    return HttpResponse(css, content_type="text/css; charset=utf-8")


brand.row = PUBLIC_PAGE  # type: ignore[attr-defined]  # what guards every address
