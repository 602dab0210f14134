"""Letters in files: `<key>.<language>[.easy_read].txt`, headers and a blank line before the words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crm.base.rules import Blocker, InputBlocked
from crm.sending.models import Format

SHIPPED = Path(__file__).parent / "data"
HEADERS = ("name", "purpose", "subject")


@dataclass(frozen=True)
class LetterFile:
    """One letter in one language and format, as a file has it."""

    key: str
    name: str
    purpose: str
    language: str
    format: str
    subject: str
    body: str
    machine_draft: bool = False


def read_letters(folder: Path = SHIPPED) -> list[LetterFile]:
    """Every letter in a folder. Raises `InputBlocked` naming the file that is wrong."""
    return [_read(path) for path in sorted(folder.glob("*.txt"))]


def _read(path: Path) -> LetterFile:
    key, language, *rest = path.stem.split(".")
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    told = dict(_headers(head))
    missing = [name for name in HEADERS if not told.get(name)]
    if missing or not body.strip():
        raise InputBlocked(
            [Blocker("letter_file_wrong", f"{path.name} lacks {', '.join(missing) or 'words'}", path.name)]
        )
    form = rest[0] if rest else Format.STANDARD
    drafted = told.get("machine draft") == "yes"
    return LetterFile(key, told["name"], told["purpose"], language, form, told["subject"], body.strip(), drafted)


def _headers(head: str) -> Iterator[tuple[str, str]]:
    for line in head.splitlines():
        name, _, value = line.partition(":")
        yield name.strip().lower(), value.strip()
