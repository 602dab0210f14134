"""A picture without what it says of itself. Telephones write into every photo where it was taken, when, on whose
device; programs add a title, an author, words to find it by. None of it is for the public."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

# What is kept of a picture is good enough to make every size of it from.
AS_GOOD_AS_KEPT: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": 0}, "PNG": {"optimize": True}, "WEBP": {"quality": 95},
}  # fmt: skip


def bare(kept: bytes) -> bytes:
    """The picture itself, turned the right way up, with its colours (ICC) and nothing else. Another kind of file than
    JPEG, PNG and WebP comes back as it was. Raises OSError for what is no picture."""
    with Image.open(io.BytesIO(kept)) as picture:
        kind, colours = picture.format or "", picture.info.get("icc_profile")
        if kind not in AS_GOOD_AS_KEPT or getattr(picture, "is_animated", False):
            return kept
        upright = ImageOps.exif_transpose(picture)
        alone = Image.frombytes(upright.mode, upright.size, upright.tobytes())
        if upright.mode == "P":
            alone.putpalette(upright.getpalette() or [])
            alone.info = {name: upright.info[name] for name in ("transparency",) if name in upright.info}
    made = io.BytesIO()
    alone.save(made, kind, icc_profile=colours, **AS_GOOD_AS_KEPT[kind])
    return made.getvalue()


def bare_file(file: Any) -> ContentFile[bytes]:
    """A file that somebody sends, bare, under its own name; as it was where it is no picture."""
    file.open()
    file.seek(0)
    kept = file.read()
    try:
        made = bare(kept)
    except (OSError, ValueError):
        made = kept
    return ContentFile(made, name=file.name)
