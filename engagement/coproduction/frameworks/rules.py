"""What is wrong with a framework before it can be kept: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.text import slugify

from crm.base.rules import Blocker
from engagement.coproduction.frameworks.details import FrameworkDetails, PartDetails
from engagement.coproduction.frameworks.models import Framework, FrameworkPart

MOST_PARTS = 300
NO_NAME = Blocker("name_missing", "Write what it is called", "name")
NO_KEY = Blocker("key_wrong", "Write a short name in letters, digits and hyphens, like edi-strategy", "key")
NO_EDITION = Blocker("edition_missing", "Write which edition it is, like 2025+", "edition")
NO_SOURCE = Blocker("source_missing", "Write who published it, and where it can be read", "source")
NO_DAY = Blocker("day_missing", "Write from which day it holds", "first_day")
NO_PARTS = Blocker("parts_missing", "Write at least one part, like: 1: Listen to everybody", "parts")
TOO_MANY = Blocker("parts_too_many", f"Write at most {MOST_PARTS} parts", "parts")
NO_REASON_TO_END = Blocker("framework_ended", "This edition ended already")
END_BEFORE = Blocker("ends_before_it_began", "The last day is before the first", "last_day")
EDITION_THERE = Blocker("edition_there", "This edition is there already. Give the new one another name", "edition")


def blockers_to_adding(details: FrameworkDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being an edition of a framework."""
    given = {NO_NAME: details.name.strip(), NO_EDITION: details.edition.strip(), NO_SOURCE: details.source.strip()}
    yield from (blocker for blocker, value in given.items() if not value)
    if not details.key or slugify(details.key) != details.key:
        yield NO_KEY
    if details.first_day is None:
        yield NO_DAY
    if not details.parts:
        yield NO_PARTS
    if len(details.parts) > MOST_PARTS:
        yield TOO_MANY
    yield from _about_parts(details.parts)
    if Framework.objects.filter(key=details.key, edition=details.edition.strip()).exists():
        yield EDITION_THERE


def _about_parts(parts: Sequence[PartDetails]) -> Iterator[Blocker]:
    codes: set[str] = set()
    for part in parts:
        yield from _about_part(part, codes)
        codes.add(part.code)


def _about_part(part: PartDetails, before: set[str]) -> Iterator[Blocker]:
    if not part.code.strip() or not part.name.strip():
        yield Blocker(
            "part_incomplete", f"Give every part a code and a name: “{(part.code or part.name)[:60]}”", "parts"
        )
    if len(part.code) > 20 or len(part.name) > 300:
        yield Blocker("part_too_long", f"A code has at most 20 signs, a name 300: “{part.code[:20]}”", "parts")
    if part.code in before:
        yield Blocker("part_twice", f"Two parts have the code {part.code[:20]}", "parts")
    if part.kind not in FrameworkPart.Kind.values:
        yield Blocker("part_kind_unknown", f"What sort of part is {part.code[:20]}?", "parts")
    if part.within and part.within not in before:
        yield Blocker("part_within_unknown", f"{part.code[:20]} lies in a part that does not stand before it", "parts")


def blockers_to_ending(framework: Framework, last_day: date | None) -> Iterator[Blocker]:
    """Why an edition cannot end on that day."""
    if framework.last_day is not None:
        yield NO_REASON_TO_END
    if last_day is not None and last_day < framework.first_day:
        yield END_BEFORE
