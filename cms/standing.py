"""How every version of every message stands: what is missing, stale, unreviewed or overdue, by page and language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import CharField, QuerySet, Value
from django.utils import timezone

from cms.languages import Language, language
from cms.models import PAGE_TYPES, PublicPage
from cms.versions import MadeHow

FIELDS = (
    "kind", "page_ptr_id", "title", "locale__language_code", "translation_key", "live", "made_how", "checked_by",
    "checked_on", "check_method", "made_from_mark", "made_from_id", "standing_mark", "review_date",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """One version: `state` is current, stale, unreviewed, draft or missing; `page` is its id, if it is there."""

    state: str
    words: str
    page: int | None = None
    overdue: bool = False


MISSING = Standing("missing", "Missing")
WORDS = {
    "current": "Up to date",
    "stale": "Source has changed",
    "unreviewed": "Nobody checked it",
    "draft": "Draft",
}


@dataclass(frozen=True)
class Line:
    """One message in every language the site speaks."""

    title: str
    easy_read: bool
    page: int
    cells: list[Standing]


@dataclass(frozen=True)
class Table:
    """Every message, and how many versions stand how."""

    languages: list[Language]
    lines: list[Line]
    counted: Counter[str]

    @property
    def numbers(self) -> list[tuple[str, int]]:
        """Words of a state, and how many versions stand so."""
        return [(words, self.counted[state]) for state, words in {**WORDS, MISSING.state: MISSING.words}.items()]

    @property
    def waits(self) -> dict[str, int]:
        """State → how many versions, of those that wait for somebody."""
        return {state: number for state, number in self.counted.items() if state != "current"}

    @property
    def overdue(self) -> int:
        """How many versions were to be looked at again by a day that is past."""
        return sum(cell.overdue for line in self.lines for cell in line.cells)


def how_versions_stand() -> Table:
    """The table, first those left behind, then those in most languages; one query for all kinds of page."""
    rows = list(_everything())
    marks = {row["page_ptr_id"]: row["standing_mark"] for row in rows}
    spoken = {row["locale__language_code"] for row in rows if row["kind"] == "HomePage"}
    codes = [code for code, _ in settings.LANGUAGES if code in spoken]
    found: dict[UUID, dict[str, dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["translation_key"], {})[row["locale__language_code"]] = row
    today = timezone.localdate()
    lines = [_line(versions, codes, marks, today) for versions in found.values()]
    lines.sort(key=lambda line: (-_to_do(line.cells), -_there(line.cells), line.title))
    counted = Counter(cell.state for line in lines for cell in line.cells)
    return Table([language(code) for code in codes], lines, counted)


def _everything() -> Iterable[dict[str, Any]]:
    def of(kind: type[PublicPage]) -> QuerySet[Any, dict[str, Any]]:
        named = kind._default_manager.annotate(kind=Value(kind.__name__, output_field=CharField()))
        found: QuerySet[Any, dict[str, Any]] = named.order_by().values(*FIELDS)
        return found

    first, *others = (of(kind) for kind in PAGE_TYPES)
    return first.union(*others, all=True)


def _line(versions: dict[str, dict[str, Any]], codes: list[str], marks: dict[int, str], today: date) -> Line:
    first = versions.get(settings.LANGUAGE_CODE) or next(iter(versions.values()))
    cells = [_cell(versions[code], marks, today) if code in versions else MISSING for code in codes]
    return Line(first["title"], first["kind"] == "EasyReadPage", first["page_ptr_id"], cells)


def _cell(row: dict[str, Any], marks: dict[int, str], today: date) -> Standing:
    state = _state(row, marks)
    return Standing(state, WORDS[state], row["page_ptr_id"], overdue=row["review_date"] < today)


def _state(row: dict[str, Any], marks: dict[int, str]) -> str:
    if not row["live"]:
        return "draft"
    if row["made_from_mark"] and marks.get(row["made_from_id"]) != row["made_from_mark"]:
        return "stale"
    checked = row["checked_by"] and row["checked_on"] and row["check_method"]
    return "current" if checked and row["made_how"] != MadeHow.MACHINE_ONLY else "unreviewed"


def _to_do(cells: list[Standing]) -> int:
    return sum(cell.state == "stale" for cell in cells)


def _there(cells: list[Standing]) -> int:
    return sum(cell.page is not None for cell in cells)
