"""Wagtail's editor as it comes: a form of its own blocks with nothing of ours, to compare ours with."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path
from wagtail import blocks
from wagtail.admin.auth import require_admin_access
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock, ImageChooserBlock

from settings.urls import urlpatterns as ours

ADDRESS = "/cms/stock/"
ROW = [
    ("choice", blocks.ChoiceBlock(choices=[("a", "A")], required=False)),
    ("image", ImageChooserBlock(required=False)),
    ("words", blocks.RichTextBlock()),
    ("lines", blocks.TextBlock(required=False)),
    ("pairs", blocks.ListBlock(blocks.StructBlock([("word", blocks.CharBlock())]))),
]
BLOCKS = blocks.StreamBlock(
    [
        ("heading", blocks.CharBlock()),
        ("paragraph", blocks.RichTextBlock()),
        ("document", DocumentChooserBlock()),
        ("picture", blocks.StructBlock([("image", ImageBlock()), ("caption", blocks.CharBlock(required=False))])),
        ("number", blocks.StructBlock([("most", blocks.IntegerBlock(default=1))])),
        ("section", blocks.StructBlock([("rows", blocks.ListBlock(blocks.StructBlock(ROW)))])),
    ]
)
WORDS = [
    {"type": "heading", "value": "A heading"},
    {"type": "paragraph", "value": "<p>Words</p>"},
    {"type": "document", "value": None},
    {"type": "picture", "value": {"image": None, "caption": ""}},
    {"type": "number", "value": {"most": 1}},
    {"type": "section", "value": {"rows": [{"choice": "", "image": None, "words": "<p>Words</p>", "lines": "",
                                            "pairs": [{"word": "Word"}]}]}},
]  # fmt: skip
PAGE = """{% extends "wagtailadmin/admin_base.html" %}{% block furniture %}<main id="main"><h1>Stock</h1>
<form>{{ form.media }}{{ form.body }}</form></main>{% endblock %}"""


@require_admin_access
def stock(request: HttpRequest) -> HttpResponse:
    """The form, filled with one of each."""
    form = type("StockForm", (forms.Form,), {"body": blocks.BlockField(BLOCKS)})(
        initial={"body": BLOCKS.to_python(WORDS)}
    )
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


urlpatterns = [path("cms/stock/", stock), *ours]
