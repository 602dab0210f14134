"""Template words of Easy Read and pictures: the picture of a row, its hard words, and what an editor should look at."""

from __future__ import annotations

import base64
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cms.easyread import bold_words, remarks_on_row, words_explained
from cms.pictures import picture_template

register = template.Library()

SIZE = "max-720x720"


@register.simple_tag(takes_context=True)
def easy_picture(context: Any, row: Any) -> SafeString:
    """The picture of an Easy Read row, silent to a screen reader: the words beside it say what it shows. Nothing, if
    the people in it took their word back."""
    own = row.get("own_picture")
    if own is not None and own.may_be_shown:
        address = _address(context, own)
        drawing = format_html('<img src="{}" alt="" loading="lazy">', address)
    elif row["picture"]:
        drawing = mark_safe(render_to_string(picture_template(row["picture"])))  # noqa: S308  # our own drawing
        file = drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
        address = f"data:image/svg+xml;base64,{base64.b64encode(file.encode()).decode()}"
    else:
        return SafeString("")
    if "size" in context:
        # A figure of a tagged PDF must say what it shows; one that only stands behind the row is silent.
        return format_html('<div class="heard-row__picture" style="background-image:url({})"></div>', address)
    return format_html('<div class="heard-row__picture">{}</div>', drawing)


@register.simple_tag(takes_context=True)
def site_picture(context: Any, image: Any) -> SafeString:
    """A picture on a page, with what it shows, or silent where it only decorates."""
    if image is None or not image.may_be_shown:
        return SafeString("")
    shown = "" if getattr(image, "decorative", False) else image.contextual_alt_text or image.description
    source = _address(context, image)
    return format_html('<img src="{}" alt="{}" loading="lazy">', source, shown)


@register.simple_tag(takes_context=True)
def hard_words_of(context: Any, row: Any) -> list[Any]:
    """The hard words that a row explains, and what the glossary says of its other bold words."""
    glossary, explained = context.get("glossary") or {}, words_explained(row)
    bold = dict.fromkeys(bold_words(row))
    return [*row["hard_words"], *(glossary[word] for word in bold if word in glossary and word not in explained)]


@register.simple_tag(takes_context=True)
def easy_read_codes(context: Any, row: Any) -> SafeString:
    """In the editor's preview: what to look at in a row, for the checks beside it. Readers get nothing of it."""
    if "explained" not in context:
        return SafeString("")
    language = context["page"].language
    codes = [remark.code for remark in remarks_on_row(row, language=language, explained=context["explained"])]
    return format_html(' data-easy-read="{}"', " ".join(dict.fromkeys(codes))) if codes else SafeString("")


def _address(context: Any, image: Any) -> str:
    """Where a picture lies; on paper it stands in the page itself, because nothing is fetched for it."""
    rendition = image.get_rendition(SIZE)
    if "size" not in context:
        return str(rendition.url)
    with rendition.file.open("rb") as file:
        packed = base64.b64encode(file.read()).decode("ascii")
    kind = "png" if rendition.file.name.endswith("png") else "jpeg"
    return f"data:image/{kind};base64,{packed}"
