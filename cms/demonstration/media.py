"""Places for films and recordings that are not made yet, and recordings by a computer voice, each labelled as what it
is.

Pahari is spoken more than it is written, and nobody here can write Romani: only their speakers can record them. No
signing is ever generated: a film stands here only as a place with a title. The recording is a second of silence, so
that the player, its label and its size can be seen; a council puts a person's voice there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from cms.models import MediaKind, MediaVersion
from cms.versions import MadeHow

if TYPE_CHECKING:
    from cms.models import PublicPage

SIGNED = ("", "come-and-talk", "contact-and-help", "join-us", "staying-safe")
SPOKEN = ("come-and-talk", "contact-and-help")
ONLY_SPOKEN = {"phr": "Pahari", "rom": "Romani"}
# MPEG-1 layer III, 32 kbit/s, one channel: frames that hold nothing are silence, 26 ms each.
SILENT_SECOND = (bytes.fromhex("fffb10c0") + bytes(100)) * 39


def load_media(english: dict[tuple[str, bool], PublicPage]) -> None:
    """Make them where they are not there yet."""
    there = set(MediaVersion.objects.exclude(language__in=ONLY_SPOKEN).values_list("page_id", "kind"))
    planned = set(MediaVersion.objects.values_list("page_id", "language"))
    for slug in SIGNED:
        page = english[slug, False]
        if (page.pk, MediaKind.BSL) not in there:
            title = f"A film in British Sign Language: {page.title}"
            MediaVersion.objects.create(page=page, kind=MediaKind.BSL, title=title, shown=True)
    for slug in SPOKEN:
        page = english[slug, False]
        if (page.pk, MediaKind.AUDIO) not in there:
            _speak(page)
    for slug in ("", *SPOKEN):
        page = english[slug, False]
        for code, name in ONLY_SPOKEN.items():
            if (page.pk, code) not in planned:
                title = f"A recording in {name} that is not made yet"
                MediaVersion.objects.create(page=page, kind=MediaKind.AUDIO, language=code, title=title, shown=True)


def _speak(page: PublicPage) -> None:
    voice = MediaVersion(
        page=page, kind=MediaKind.AUDIO, title="A computer voice (a second of silence for now)", seconds=1,
        made_how=MadeHow.COMPUTER_VOICE, made_by="A computer voice",
    )  # fmt: skip
    voice.file.save(f"{page.slug}.mp3", ContentFile(SILENT_SECOND), save=False)
    voice.shown = True
    voice.save()
