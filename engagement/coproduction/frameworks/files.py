"""Frameworks in files: one edition a file, as JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from crm.base.rules import Blocker, InputBlocked
from engagement.coproduction.frameworks.details import FrameworkDetails, PartDetails

SHIPPED = Path(__file__).parent / "data"


def read_frameworks(folder: Path = SHIPPED) -> list[FrameworkDetails]:
    """Every edition in a folder. Raises `InputBlocked` naming the file that is wrong."""
    return [_read(path) for path in sorted(folder.glob("*.json"))]


def _read(path: Path) -> FrameworkDetails:
    try:
        told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        parts = [PartDetails(**part) for part in told.pop("parts")]
        return FrameworkDetails(first_day=date.fromisoformat(told.pop("first_day")), parts=parts, **told)
    except (ValueError, KeyError, TypeError, AttributeError) as problem:
        words = f"{path.name} cannot be read as a framework: {problem}"
        raise InputBlocked([Blocker("framework_file_wrong", words[:300], path.name)]) from problem


def parts_from_lines(lines: str) -> list[PartDetails]:
    """Parts as somebody types them: one a line, code, colon, name. A line without a colon is numbered."""
    found = []
    for number, line in enumerate((one.strip() for one in lines.splitlines() if one.strip()), start=1):
        code, colon, name = line.partition(":")
        short = colon and len(code.strip()) <= 20
        found.append(PartDetails(code.strip(), name.strip()) if short else PartDetails(str(number), line))
    return found
