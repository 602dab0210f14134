"""Files of the public site when a person is erased: which name them, which no machine can read, and how they go.

A file's own name and what a picture says of itself are put right at once. What stands in a document, and what is to be
seen or heard, somebody must look at.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import Any

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.urls import reverse

from cms.bare_pictures import bare
from cms.file_words import forget_words, words_of
from cms.models import MediaVersion, SiteDocument, SitePicture, SiteRendition
from crm.base.ids import new_id
from crm.erasing.details import Looked
from crm.erasing.outside import FoundFile
from crm.erasing.spelling import Needle, stands_in
from crm.erasing.traces import Traces

WORDLESS = frozenset({SitePicture.People.NOBODY, SitePicture.People.DRAWN})


KINDS: dict[type, str] = {SiteDocument: "document", SitePicture: "picture", MediaVersion: "recording"}
EDITED_AT: dict[type, str] = {SiteDocument: "wagtaildocs:edit", SitePicture: "wagtailimages:edit"}


@dataclass(frozen=True)
class Kept:
    """A file on the disk: whose it is (nobody's, where no record leads to it), and which field of it."""

    path: str
    row: Any = None
    field: str = ""

    @property
    def key(self) -> str:
        """What names it without any word of its own."""
        if self.row is None:
            return f"file-{hashlib.sha256(self.path.encode()).hexdigest()[:12]}"
        several = f"-{self.field}" if isinstance(self.row, MediaVersion) else ""
        return f"{self.kind}-{self.row.pk}{several}"

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return KINDS.get(type(self.row), "file")

    @property
    def needs_eyes(self) -> bool:
        """Whether somebody must look at what no machine can read: not where it was said that there are no words."""
        return not (isinstance(self.row, SitePicture) and self.row.no_words and self.row.people in WORDLESS)

    def found(self, *, named: bool) -> FoundFile:
        """As whoever decides sees it."""
        name = str(getattr(self.row, "title", "")) or "A file that no page and no record uses"
        return FoundFile(self.key, name, self.kind, named, self._address())

    def _address(self) -> str:
        shelf = getattr(type(self.row), "snippet_viewset", None)
        name = shelf.get_url_name("edit") if shelf else EDITED_AT.get(type(self.row), "")
        return reverse(name, args=[self.row.pk]) if name else ""


def found_files(needles: Sequence[Needle]) -> Iterator[FoundFile]:
    """Every file in which one of the needles stands, and every one that somebody must look at."""
    for file in kept_files():
        words = words_of(file.path)
        if stands_in(words.text, needles) and not isinstance(file.row, SitePicture):
            yield file.found(named=True)
        elif not words.whole and file.needs_eyes:
            yield file.found(named=False)


def kept_files() -> Iterator[Kept]:
    """Every file of the public site but the sizes that are made of pictures; those that nobody uses too."""
    used: set[str] = set()
    for model, field in _file_fields():
        for row in model._base_manager.exclude(**{field: ""}).order_by("pk"):
            path = getattr(row, field).name
            used.add(path)
            if model is not SiteRendition and default_storage.exists(path):
                yield Kept(path, row, field)
    for path in _on_the_disk(""):
        if path not in used:
            yield Kept(path)


def _file_fields() -> Iterator[tuple[type[models.Model], str]]:
    """Every field of every record whose file lies where the web server gives it out."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField) and field.storage == default_storage and not model._meta.proxy:
                yield model, field.name


def _on_the_disk(folder: str) -> Iterator[str]:
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from sorted(str(PurePath(folder, name)) for name in files)
    for name in sorted(folders):
        yield from _on_the_disk(str(PurePath(folder, name)))


def take_out_of_files(traces: Traces, looked: Looked) -> Counter[str]:
    """Delete what was chosen, give names to files that name nobody, and take what pictures say of themselves."""
    needles = traces.theirs if looked.elsewhere else traces.ways
    counted: Counter[str] = Counter()
    for file in list(kept_files()):
        chosen = file.key in looked.unwanted
        named = stands_in(file.path, traces.theirs if chosen else needles)
        told = isinstance(file.row, SitePicture) and stands_in(words_of(file.path).text, traces.theirs)
        path = _move(file, bare_too=told) if (named or told) and file.row is not None else file.path
        if chosen or (named and file.row is None):
            _delete(Kept(path, file.row, file.field))
            counted[f"{file.kind}: deleted"] += 1
        elif named or told:
            counted[f"{file.kind}: named anew"] += 1
    transaction.on_commit(forget_words)
    return counted


def _move(file: Kept, *, bare_too: bool) -> str:
    """The same file under a name that says nothing, and of a picture, bare. Gives where it lies."""
    with default_storage.open(file.path, "rb") as old:
        kept = old.read()
    old_path = PurePath(file.path)
    new = f"{old_path.parent}/{file.key}-{new_id().hex[-8:]}{old_path.suffix.lower()}"
    path = default_storage.save(new, ContentFile(bare(kept) if bare_too else kept))
    setattr(file.row, file.field, path)
    type(file.row)._base_manager.filter(pk=file.row.pk).update(**{file.field: path})
    if isinstance(file.row, SitePicture):
        _forget_sizes(file.row)
        file.row._set_image_file_metadata()
        SitePicture.objects.filter(pk=file.row.pk).update(
            file_size=file.row.file_size, file_hash=file.row.file_hash, width=file.row.width, height=file.row.height
        )
    transaction.on_commit(partial(default_storage.delete, file.path))
    return path


def _forget_sizes(picture: SitePicture) -> None:
    """They are called like the picture was, and made again when a page shows it. Without Wagtail's signals: they would
    keep the old names as arguments of tasks."""
    rows = SiteRendition.objects.filter(image=picture)
    for path in rows.values_list("file", flat=True):
        transaction.on_commit(partial(default_storage.delete, path))
    rows._raw_delete(rows.db)


def _delete(file: Kept) -> None:
    """The record goes with its file; of a recording, which has several, the file alone, and it is shown no more."""
    if isinstance(file.row, MediaVersion):
        changes: dict[str, Any] = {file.field: ""} | ({"shown": False} if file.field == "file" else {})
        MediaVersion.objects.filter(pk=file.row.pk).update(**changes)
    elif file.row is not None:
        if isinstance(file.row, SitePicture):
            _forget_sizes(file.row)
        file.row.delete()
    transaction.on_commit(partial(default_storage.delete, file.path))
