"""Whoever reads that a restricted person is due an answer leaves a mark, on every page and API row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from crm.people.actions import read_restricted_people
from engagement.coproduction.telling.models import Telling


def leave_marks(reader: Any, tellings: Iterable[Telling]) -> None:
    """Audit which restricted people this reader was shown. No query when nobody is restricted."""
    restricted = {row.person.pk: row.person for row in tellings if row.person and row.person.restricted}
    if restricted:
        read_restricted_people(actor=reader, people=list(restricted.values()))
