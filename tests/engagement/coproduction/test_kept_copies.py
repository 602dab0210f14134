"""Somebody keeps every day's copy of everything public, for months, and takes one from the other.

Meanwhile single points come, are answered, withdrawn and restricted, and a person is erased. Rounding is switched off:
what it hides is not what protects.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import chain, combinations, pairwise
from typing import Any

import time_machine
from django.utils import timezone

from cms.models import HomePage, YouSaidPage
from crm.base.actors import SYSTEM
from crm.counting.actions import release_figures
from tests.engagement.coproduction.living import FEW, MORNINGS, ROUGH, Life, nobody_or_not_a_few
from tests.world import World

Copy = dict[str, Any]


def kept_copies(world: World, client: Any) -> list[tuple[date, Copy, str]]:
    """Every third morning's copy of the endpoint, and of the page in the first days of a month."""
    home = HomePage.objects.get(locale__language_code="en")
    home.add_child(instance=YouSaidPage(title="You said, we did", slug="you-said-test", summary="What changed"))
    start, kept, life = timezone.now().replace(day=3, hour=12), [], Life(world, seed=7)
    for number in range(MORNINGS):
        moment = start + timedelta(days=3 * number)
        with time_machine.travel(moment):
            release_figures(actor=SYSTEM)
            page = client.get("/en/you-said-test/").content.decode() if moment.day <= 3 else ""
            kept.append((moment.date(), client.get("/api/v1/public/you-said/").json(), page))
            life.day(number)
    return kept


def numbers_of(row: Copy) -> dict[str, int]:
    """The shown numbers of a row, and what is worked out from them."""
    found = {name: row[name] for name in ("asked", "answered") if row[name] is not None}
    return found | ({"waiting": found["asked"] - found["answered"]} if len(found) == 2 else {})


def rows_of(copy: Copy) -> dict[str, Copy]:
    return {"all": copy["whole"], **{row["locality"]: row for row in copy["localities"]}}


def test_whoever_keeps_every_copy_of_what_is_public_learns_of_no_few(public_pages, client, settings):
    settings.SMALL_NUMBERS_UNDER, settings.SMALL_NUMBERS_ROUND_TO = FEW, 1
    copies = kept_copies(public_pages, client)
    assert copies[-1][1]["whole"]["answered"], "something is told"
    assert any(line["points"] for line in copies[-1][1]["lines"])
    for before, after in pairwise(copies):
        no_row_steps_by_a_few(before, after)
        no_line_moves_within_a_month(before, after)
    for day, copy, page in copies:
        all_less_some_places_are_no_few(copy)
        if page:
            the_page_says_the_same(day, copy, page)


def no_row_steps_by_a_few(before: Any, after: Any) -> None:
    then, now = rows_of(before[1]), rows_of(after[1])
    assert then.keys() == now.keys(), "a row that appears tells that somebody spoke"
    assert then == now or before[0].month != after[0].month, "nothing moves within a month"
    for name, row in now.items():
        known = numbers_of(then[name])
        for number, value in numbers_of(row).items():
            assert nobody_or_not_a_few(value), (after[0], name, number)
            assert nobody_or_not_a_few(value - known.get(number, 0)), (after[0], name, number, known, value)


def all_less_some_places_are_no_few(copy: Copy) -> None:
    shown = [row["asked"] for row in copy["localities"] if row["asked"] is not None]
    for some in chain.from_iterable(combinations(shown, number) for number in range(len(shown) + 1)):
        assert nobody_or_not_a_few((copy["whole"]["asked"] or 0) - sum(some))


def no_line_moves_within_a_month(before: Any, after: Any) -> None:
    then = {line["id"]: (line["points"], line["communities"]) for line in before[1]["lines"]}
    for line in after[1]["lines"]:
        assert line["points"] in ROUGH
        if line["id"] in then and before[0].month == after[0].month:
            assert then[line["id"]] == (line["points"], line["communities"])


def the_page_says_the_same(day: date, copy: Copy, page: str) -> None:
    whole = copy["whole"]
    assert (f"Points that ask for something: {whole['asked']}." in page) == bool(whole["asked"]), day
    assert (f"we have answered {whole['percent']}%" in page) == (whole["percent"] is not None), day
    for line in copy["lines"]:
        assert line["points"] is None or f"About {line['points']} people’s points" in page
