"""What somebody says about a framework: plain values that files, pages and the API fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from engagement.coproduction.frameworks.models import FrameworkPart


@dataclass(frozen=True)
class PartDetails:
    """One part. `within` is the code of the part it lies in; `maps_to` are "key/code" of parts that say the same."""

    code: str
    name: str
    kind: str = FrameworkPart.Kind.OBJECTIVE
    words: str = ""
    within: str = ""
    maps_to: Sequence[str] = ()


@dataclass(frozen=True)
class FrameworkDetails:
    """One edition of a framework with its parts, in their order."""

    key: str
    edition: str
    name: str
    source: str
    first_day: date | None
    about: str = ""
    licence: str = ""
    parts: Sequence[PartDetails] = ()
