"""Places for films and recordings that are not made yet, and recordings by a computer voice, each labelled as what it
is.

Pahari is spoken more than it is written, and nobody here can write Romani: only their speakers can record them. No
signing is ever generated: a film stands here only as a place with a title. The recordings beside the words
(`cms/data/demonstration/voices`) were made of the English pages by espeak-ng (`-v en-gb -s 140`) and lame; a council
puts a person's voice there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from cms.demonstration.words import FOLDER
from cms.models import MediaKind, MediaVersion
from cms.versions import MadeHow

if TYPE_CHECKING:
    from cms.models import PublicPage

SIGNED = ("", "come-and-talk", "contact-and-help", "join-us", "staying-safe")
ONLY_SPOKEN = {"phr": "Pahari", "rom": "Romani"}
VOICES = FOLDER / "voices"
SECONDS = {"come-and-talk": 74, "contact-and-help": 32}


def load_media(english: dict[tuple[str, bool], PublicPage]) -> None:
    """Make them where they are not there yet."""
    there = set(MediaVersion.objects.exclude(language__in=ONLY_SPOKEN).values_list("page_id", "kind"))
    planned = set(MediaVersion.objects.values_list("page_id", "language"))
    for slug in SIGNED:
        page = english[slug, False]
        if (page.pk, MediaKind.BSL) not in there:
            title = f"A film in British Sign Language: {page.title}"
            MediaVersion.objects.create(page=page, kind=MediaKind.BSL, title=title, shown=True)
    for slug in SECONDS:
        page = english[slug, False]
        if (page.pk, MediaKind.AUDIO) not in there:
            _speak(page)
    for slug in ("", *SECONDS):
        page = english[slug, False]
        for code, name in ONLY_SPOKEN.items():
            if (page.pk, code) not in planned:
                title = f"A recording in {name} that is not made yet"
                MediaVersion.objects.create(page=page, kind=MediaKind.AUDIO, language=code, title=title, shown=True)


def _speak(page: PublicPage) -> None:
    voice = MediaVersion(
        page=page, kind=MediaKind.AUDIO, title="A computer voice", seconds=SECONDS[page.slug],
        made_how=MadeHow.COMPUTER_VOICE, made_by="A computer voice",
    )  # fmt: skip
    voice.file.save(f"{page.slug}.mp3", ContentFile((VOICES / f"{page.slug}.mp3").read_bytes()), save=False)
    voice.shown = True
    voice.save()
