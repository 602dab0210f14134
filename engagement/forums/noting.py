"""What somebody writes in the notes of a forum, before it is saved."""

from __future__ import annotations

from dataclasses import dataclass

from engagement.forums.models import NotesRow


@dataclass(frozen=True)
class RowDetails:
    """One thought: plain words, the same in Easy Read, the picture beside it, and a heading over it if one begins."""

    words: str
    easy: str
    picture: str = ""
    heading: str = ""


ROW_FIELDS = ("words", "easy", "picture", "heading")


def row_of(row: NotesRow) -> RowDetails:
    """A row as it stands."""
    return RowDetails(**{name: getattr(row, name) for name in ROW_FIELDS})
