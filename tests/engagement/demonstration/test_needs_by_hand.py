"""The access report of the demonstration, counted again as docs/access-report-by-hand.md writes it down."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from crm.counting.figures import Figure
from engagement.needs.reports import access_report

RECIPE = settings.BASE_DIR / "docs/access-report-by-hand.md"
OF_PEOPLE = {"people", "late", "agreed", "shared"}


def by_hand(question: str, days: dict[str, str]) -> list[dict[str, Any]]:
    """The rows of a question as the page writes it, with the days put in."""
    with connection.cursor() as cursor:
        cursor.execute(re.sub(r":(since|until|as_of)\b", r"%(\1)s", question), days)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def is_told_rightly(shown: Figure, counted: int) -> bool:
    """Rounded as the page says, or hidden; a small one is never shown."""
    step = settings.SMALL_NUMBERS_ROUND_TO
    if shown.value is None:
        return True
    return counted >= settings.SMALL_NUMBERS_UNDER and shown.value == (counted + step // 2) // step * step


@pytest.mark.usefixtures("demonstration")
class TestTheAccessReportByHand:
    def test_every_number_that_is_shown_is_the_one_counted_by_hand(self):
        report = access_report()
        people, times, unasked = re.findall(r"```sql\n(.+?)```", RECIPE.read_text(encoding="utf-8"), re.DOTALL)
        days = {name: getattr(report, name).isoformat() for name in ("since", "until", "as_of")}
        placed = {(row["kind"], str(row["locality"]).replace("-", "")): row for row in by_hand(people, days)}
        whole = people.replace("SELECT kind, locality,", "SELECT kind,").replace(
            "GROUP BY kind, locality", "GROUP BY kind"
        )
        kinds = {row["kind"]: row for row in by_hand(whole, days)}
        noted = by_hand(times, days)
        compared = 0
        for part in report.parts:
            lines = [(line, placed.get((part.kind, line.key.replace("-", "") or "None"))) for line in part.localities]
            for line, row in [(part.total, kinds[part.kind]), *lines]:
                for measure in OF_PEOPLE:
                    shown, counted = line.numbers[measure], row[measure] if row else 0
                    assert is_told_rightly(shown, counted), (part.kind, line.name, measure, shown, counted)
                    compared += shown.value is not None
            for met in ("met", "partly", "not_met"):
                counted = sum(row["times"] for row in noted if (row["kind"], row["met"]) == (part.kind, met))
                assert is_told_rightly(part.total.numbers[met], counted), (part.kind, met)
                compared += part.total.numbers[met].value is not None
        gap = next(gap for gap in report.gaps if gap.key == "nobody_asked")
        assert is_told_rightly(gap.people, by_hand(unasked, days)[0]["nobody_asked"])
        assert compared >= 15, "There must be something to compare."
