"""Writes somebody's name, number and address wherever a person of the council could have written them: into every
column of every table that takes words, into every kind of block, and into files and their names.

It knows nothing of how erasing works. What it leaves out stands in `not_planted.py`, each with a reason.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import count
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from PIL import Image
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.models import Page

from cms.models import HomePage
from crm.base.writing import writing_allowed
from engagement.coproduction.frameworks.models import FrameworkPart
from tests.crm.erasing.traces import ALL_OF_IT, EMAIL, SPELT

ROWS = 3  # of each table: some are hers and go, some are about others and are reworded
CLEAN = ("07700900456", "Zubeda Mir", "zubeda-kauser-mir", "zubeda.mir@example.org")
NO_LETTERS = (models.UUIDField, models.DecimalField, models.GenericIPAddressField, models.BooleanField,
              models.IntegerField, models.AutoField, models.FloatField, models.DateField, models.TimeField,
              models.DurationField, models.ForeignKey, models.OneToOneField)  # fmt: skip
# Leaves of a page's body that hold a number, a choice of a list or a link to a record.
NO_WORDS = (blocks.ChoiceBlock, blocks.IntegerBlock, blocks.BooleanBlock, DocumentChooserBlock, ImageChooserBlock)
# A field that may be empty, without which its table still takes no row.
ASKED_TOO = {"engagement.calendarlink": "person", "engagement.threadcorrection": "decision",
             "engagement.helptally": "decision"}  # fmt: skip
# What must be so in a row before a column of it may hold words.
WITH: dict[str, dict[str, Any]] = {
    "crm.letterversion.checked_by": {"checked_on": timezone.localdate},
    "engagement.answerwords.checked_by": {"checked_on": timezone.localdate},
    "engagement.attendance.reason": {"came": lambda: False, "spoke": lambda: False},
}
_number = count(1)


def tables() -> Iterator[type[models.Model]]:
    """Every model that has a table of its own, whoever brings it."""
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy and model._meta.managed:
            yield model


def columns() -> Iterator[tuple[type[models.Model], Any]]:
    """Every column that could hold letters. A kind of field nobody thought of is one of them."""
    for model in tables():
        for field in model._meta.local_concrete_fields:
            if not isinstance(field, NO_LETTERS):
                yield model, field


def called(model: type[models.Model], field: Any) -> str:
    """What a column is called here."""
    return f"{model._meta.label_lower}.{field.attname}"


def fill_empty_tables() -> None:
    """A row in every table that has none: what nobody made in the world could not be written into."""
    for model in tables():
        if not model._base_manager.exists():
            make(model)


def make(model: type[models.Model], **told: Any) -> Any:
    """A row with nothing in it but what must be there, and what the test says."""
    if issubclass(model, Page):
        name = f"page-{next(_number)}"
        return HomePage.objects.first().add_child(instance=model(title=name, slug=name, summary="x"))
    asked = ASKED_TOO.get(model._meta.label_lower, "")
    needed = [one for one in model._meta.local_concrete_fields if one.name == asked or not _goes_without(one)]
    values = {field.name: _anything(model, field) for field in needed}
    if model._meta.label_lower == "engagement.frameworkmap":  # leads to another part
        values["other"] = FrameworkPart.objects.exclude(pk=values["part"].pk).first()
    with writing_allowed():
        return model._base_manager.bulk_create([model(**{**values, **told})])[0]


def _goes_without(field: Any) -> bool:
    return field.has_default() or field.null or isinstance(field, models.AutoField)


def _anything(model: type[models.Model], field: Any) -> Any:
    """Something that the column takes."""
    if field.is_relation:
        return _another(model, field)
    if field.choices:
        return field.choices[0][0]
    if field.attname.endswith("object_id"):
        return str(HomePage.objects.first().pk)
    if isinstance(field, models.FileField):
        return ContentFile(a_dot(), name=f"{next(_number)}.png")
    number = next(_number)
    by_kind: tuple[tuple[Any, Any], ...] = (
        (models.JSONField, {}), (models.UUIDField, uuid4()), (models.DateTimeField, timezone.now()),
        (models.DateField, timezone.localdate()), (models.TimeField, timezone.now().time()),
        (models.IntegerField, number), (models.DecimalField, number), (models.EmailField, f"{number}@example.org"),
        (models.GenericIPAddressField, "127.0.0.1"), (models.BooleanField, False), (object, f"x{number}"),
    )  # fmt: skip
    return next(value for kind, value in by_kind if isinstance(field, kind))


def _another(model: type[models.Model], field: Any) -> Any:
    """A row that a row of this model may lead to."""
    related = field.related_model
    if related is ContentType:
        return ContentType.objects.get_for_model(HomePage)
    rows = related._base_manager.all()
    if field.unique:
        rows = rows.exclude(pk__in=model._base_manager.values(field.attname))
    return rows.order_by("pk").first() or make(related)


def plant(model: type[models.Model], field: Any) -> int:
    """Write her into a column of some rows, in as many ways as it takes. Gives how many took it."""
    rows = list(Page.objects.filter(depth__gt=2) if model is Page else model._base_manager.order_by("pk"))
    chosen = {row.pk: row for row in (rows[0], rows[len(rows) // 2], rows[-1])[:ROWS]}.values() if rows else ()
    return sum(_planted(row, field) for row in chosen)


def _planted(row: Any, field: Any) -> bool:
    too = {name: make_it() for name, make_it in WITH.get(called(type(row), field), {}).items()}
    for value in _values(row, field):
        try:
            with transaction.atomic(), writing_allowed():
                if isinstance(row, Page) and field.attname == "slug":  # the addresses below follow
                    row.slug = value
                    row.save(clean=False)
                    return True
                return bool(type(row)._base_manager.filter(pk=row.pk).update(**{field.attname: value, **too}))
        except IntegrityError:
            continue
    return False


def _values(row: Any, field: Any) -> Iterator[Any]:
    """What to try, the fullest first."""
    kept = getattr(row, field.attname)
    if isinstance(field, StreamField):
        yield field.to_python(json.dumps(filled(field.stream_block)))
    elif isinstance(field, models.FileField):
        yield field.storage.save(f"planted/zubeda-mir-{next(_number)}.png", ContentFile(a_dot()))
    elif isinstance(field, models.JSONField):
        yield {**kept, "told": [ALL_OF_IT]} if isinstance(kept, dict) else [*(kept or ()), ALL_OF_IT]
    else:
        yield from (_as_text(words, kept) for words in _fitting(field))


def a_dot() -> bytes:
    """A picture of one dot."""
    made = io.BytesIO()
    Image.new("RGB", (1, 1)).save(made, "PNG")
    return made.getvalue()


def _as_text(words: str, kept: Any) -> str:
    """JSON that a library keeps in a text stays JSON."""
    if isinstance(kept, str) and kept[:2] == '{"' and kept[-1:] == "}":
        return json.dumps({**json.loads(kept), "told": words})
    return json.dumps(words) if isinstance(kept, str) and kept[:1] == kept[-1:] == '"' else words


def _fitting(field: Any) -> Iterator[str]:
    """All of her where there is room; otherwise one way of spelling, another for each column."""
    most = field.max_length or 20_000
    number = next(_number)
    if isinstance(field, models.SlugField):
        yield f"zubeda-kauser-mir-{number}"[:most]
    elif isinstance(field, models.EmailField):
        yield EMAIL.upper()
    elif isinstance(field, models.URLField):
        yield "https://example.org/zubeda%20kauser-mir/?from=zubeda.mir%40example.org&call=tel:+44-7700-900-456"[:most]
    elif most >= len(ALL_OF_IT):
        yield ALL_OF_IT
        yield f"{ALL_OF_IT} {number}"
    short = [words for words in SPELT if len(words) <= most]
    yield from short[number % len(short or "x") :][:1]
    yield from (f"{words} {number}" for words in CLEAN if len(words) + 5 <= most)
    yield from (words for words in CLEAN if len(words) <= most)


def filled(block: Any) -> Any:
    """The value of a block, and of every block in it, that names her wherever words go."""
    if isinstance(block, blocks.StreamBlock):
        return [_item(name, child) for name, child in block.child_blocks.items()]
    if isinstance(block, blocks.StructBlock):
        return {name: filled(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [_item("item", block.child_block)]
    if isinstance(block, blocks.RichTextBlock):
        return f"<p>{ALL_OF_IT}</p><p><b>Zubeda</b> Kauser M<i>ir</i></p>"
    if isinstance(block, NO_WORDS):
        return None if isinstance(block, blocks.ChooserBlock) else block.get_default()
    assert isinstance(block, blocks.CharBlock | blocks.TextBlock), (
        f"{type(block).__name__} is a new kind of block: say here whether words go into it, and plant some."
    )
    most = block.field.max_length or 20_000
    return ALL_OF_IT if len(ALL_OF_IT) <= most else next(words for words in SPELT if len(words) <= most)


def _item(name: str, block: Any) -> dict[str, Any]:
    return {"type": name, "value": filled(block), "id": str(uuid4())}
