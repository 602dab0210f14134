"""What kind of file an applicant's recording may be, told by its first bytes and not by its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm.base.rules import Blocker

LARGEST = 50_000_000  # bytes: about ten minutes of BSL filmed with a phone, or an hour of speech
TOO_LARGE = Blocker("recording_too_large", "The recording must be smaller than 50 MB", "recording")
NOT_A_RECORDING = Blocker(
    "not_a_recording", "Choose a sound or video file: MP3, M4A, MP4, OGG, WebM or WAV", "recording"
)
# Ending and media type by what the file begins with (place, bytes).
KINDS: tuple[tuple[int, bytes, str, str], ...] = (
    (4, b"ftyp", "mp4", "video/mp4"),
    (0, b"ID3", "mp3", "audio/mpeg"),
    (0, b"\xff\xfb", "mp3", "audio/mpeg"),
    (0, b"OggS", "ogg", "audio/ogg"),
    (0, b"\x1aE\xdf\xa3", "webm", "video/webm"),
    (8, b"WAVE", "wav", "audio/wav"),
)


def kind_of(file: Any) -> tuple[str, str] | None:
    """Ending and media type; None when it is no recording we know."""
    file.seek(0)
    start = file.read(16)
    file.seek(0)
    return next(((end, media) for place, mark, end, media in KINDS if start[place : place + len(mark)] == mark), None)


def blockers_to_recording(file: Any) -> Iterator[Blocker]:
    """Why a file cannot be attached as a recording."""
    if file is None:
        return
    if file.size > LARGEST:
        yield TOO_LARGE
    if kind_of(file) is None:
        yield NOT_A_RECORDING
