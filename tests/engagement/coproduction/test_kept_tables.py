"""An analyst, who meets nobody, keeps every third day's copy of what colleagues read, and takes one from the other.

Meanwhile single people speak, are told or not told, leave, are withdrawn, restricted and erased. Rounding is switched
off: what it hides is not what protects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, combinations, pairwise
from typing import Any

import time_machine
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from crm.base.actors import SYSTEM
from crm.counting.actions import release_figures
from crm.counting.months import last_month_end
from engagement.coproduction.telling.reports.reached import STEPS, WITHIN
from tests.engagement.coproduction.living import MORNINGS, ROUGH, BusyLife, nobody_or_not_a_few

Copy = dict[str, Any]
Numbers = dict[str, int]


def kept_copies(world: Any, analyst: Any, signed_in: Any) -> list[tuple[date, Copy]]:
    """Every third morning's copy of each report, by API, and by page where a month begins."""
    start, kept = timezone.now().replace(day=3, hour=12), []
    with time_machine.travel(start):
        life = BusyLife(world, seed=11)
    for number in range(MORNINGS):
        moment = start + timedelta(days=3 * number)
        with time_machine.travel(moment):
            release_figures(actor=SYSTEM)
            copy = {
                "far": analyst.get("/reports/how-far/").json(),
                "days": analyst.get("/reports/answers/").json(),
                "left": analyst.get(f"/projects/{life.project.pk}/felt/").json()["left"],
                "public": analyst.get("/public/you-said/").json(),
            }
            month_begins = moment.day <= 3 or number == MORNINGS - 1
            # All months where one begins; in between, the newest.
            copy["themes"] = dict(figures_of_themes(analyst, life, start.date() if month_begins else moment.date()))
            if month_begins:
                copy["pages"] = pages_of(signed_in(world.analyst), life)
            kept.append((moment.date(), copy))
            life.day(number)
    return kept


def figures_of_themes(analyst: Any, life: BusyLife, since: date) -> Iterator[tuple[str, Copy]]:
    """Of each theme at the end of each month from the one before a day on."""
    day = last_month_end()
    while day >= since.replace(day=1) - timedelta(days=1):
        for theme in (life.wide, life.inner):
            yield f"{theme.name} {day}", analyst.get(f"/themes/{theme.pk}/figures/?on={day}").json()
        day = day.replace(day=1) - timedelta(days=1)


def pages_of(browser: Client, life: BusyLife) -> dict[str, str]:
    addresses = {
        "far": "/workspace/thread/", "days": "/workspace/reports/answers/",
        "left": f"/workspace/projects/{life.project.pk}/", "wide": f"/workspace/themes/{life.wide.pk}/",
    }  # fmt: skip
    return {name: browser.get(address).content.decode() for name, address in addresses.items()}


def test_whoever_keeps_every_copy_of_what_colleagues_read_learns_of_no_few(world, caller, signed_in, settings):
    settings.SMALL_NUMBERS_ROUND_TO = 1
    analyst = caller(world.analyst, "read", expires_at=timezone.now() + timedelta(days=400))
    copies = kept_copies(world, analyst, signed_in)
    wrong = [words for check in (in_one_copy, from_copy_to_copy) for words in check(copies)]
    assert not wrong, "\n".join([f"{len(wrong)} figures tell of a few:", *wrong[:40]])
    what_is_told_is_not_nothing(copies[-1][1])
    for day, copy in copies:
        if "pages" in copy:
            pages_say_the_same(day, copy)


def what_is_told_is_not_nothing(copy: Copy) -> None:
    """A report that hid everything would pass every check below."""
    far = rows_of(copy["far"]["results"])
    assert all(far["The whole council"][step] for step in STEPS)
    assert far["Breaks for carers"]["heard"]
    assert copy["days"]["whole"]["told"]
    assert copy["days"]["whole"]["days"] is not None
    assert copy["days"]["communities"]
    assert any(row["people"] for row in copy["left"])
    assert any(figures["points"] and figures["localities"] for figures in copy["themes"].values())


def rows_of(rows: list[Copy], name: str = "name") -> dict[str, Copy]:
    return {row[name]: row for row in rows}


def with_rests(row: Copy) -> Numbers:
    """The shown numbers of a row of steps, and every rest of a whole."""
    found = {step: row[step] for step in STEPS if row[step] is not None}
    rests = {f"{whole}, not {part}": found[whole] - found[part]
             for whole, part in WITHIN if whole in found and part in found}  # fmt: skip
    return found | rests


def tables_of(copy: Copy) -> dict[str, Numbers]:
    """Every row whose numbers are counts, by name."""
    tables = {f"far: {row['name']}": with_rests(row) for row in copy["far"]["results"] if row["about"] != "project"}
    for row in [copy["days"]["whole"], *copy["days"]["localities"]]:
        tables[f"days: {row['name']}"] = {name: row[name] for name in ("told", "waiting") if row[name] is not None}
    for row in copy["left"]:
        tables[f"left: {row['because']}"] = {"people": row["people"]} if row["people"] is not None else {}
    return tables


def rough_numbers_of(copy: Copy) -> Iterator[tuple[str, int | None]]:
    """Every number of what overlaps."""
    for row in copy["far"]["results"]:
        if row["about"] == "project":
            yield from ((f"far: {row['name']}, {step}", row[step]) for step in STEPS)
    for row in copy["days"]["communities"]:
        yield from ((f"days: {row['name']}, {name}", row[name]) for name in ("told", "waiting"))
    for name, figures in copy["themes"].items():
        yield from ((f"{name}, {number}", figures[number]) for number in ("points", "asking", "direct"))
        for kind in ("communities", "localities", "through"):
            yield from ((f"{name}, {row['name']}", row["points"]) for row in figures[kind])


def in_one_copy(copies: list[tuple[date, Copy]]) -> Iterator[str]:
    for day, copy in copies:
        for name, numbers in tables_of(copy).items():
            yield from (f"{day} {name}: {what} is {number}" for what, number in numbers.items()
                        if not nobody_or_not_a_few(number))  # fmt: skip
        yield from (f"{day} {name}: {number} is not rough" for name, number in rough_numbers_of(copy)
                    if number not in ROUGH)  # fmt: skip
        yield from less_some_places(day, copy)
        yield from beside_what_anyone_reads(day, copy)
        yield from days_of_few(day, copy)


def less_some_places(day: date, copy: Copy) -> Iterator[str]:
    """The council, less any of its localities."""
    far = [row for row in copy["far"]["results"] if row["about"] != "project"]
    wholes = [(far[0], far[1:], STEPS), (copy["days"]["whole"], copy["days"]["localities"], ("told", "waiting"))]
    for whole, rows, names in wholes:
        for name in names:
            shown = [row[name] for row in rows if row[name] is not None]
            for some in chain.from_iterable(combinations(shown, number) for number in range(len(shown) + 1)):
                if whole[name] is not None and not nobody_or_not_a_few(whole[name] - sum(some)):
                    yield f"{day} {name}: the council's {whole[name]} less {some}"


def beside_what_anyone_reads(day: date, copy: Copy) -> Iterator[str]:
    far = rows_of(copy["far"]["results"])
    for row in [{**copy["public"]["whole"], "locality": "The whole council"}, *copy["public"]["localities"]]:
        ours = far.get(row["locality"], dict.fromkeys(STEPS))
        for step, public in {"heard": row["asked"], "decided": row["answered"]}.items():
            if not nobody_or_not_a_few((ours[step] or 0) - (public or 0)):
                yield f"{day} {row['locality']}: {step} is {ours[step]} here and {public} in public"


def days_of_few(day: date, copy: Copy) -> Iterator[str]:
    """The days in the middle stand beside a number that is no few."""
    for row in [copy["days"]["whole"], *copy["days"]["localities"], *copy["days"]["communities"]]:
        if (row["days"] is None) != (row["told"] is None):
            yield f"{day} {row['name']}: {row['days']} days of {row['told']} people"


def from_copy_to_copy(copies: list[tuple[date, Copy]]) -> Iterator[str]:
    for (before, old), (day, new) in pairwise(copies):
        then, now = tables_of(old), tables_of(new)
        yield from (f"{day}: the row {name} came or went" for name in then.keys() ^ now.keys())
        for name in then.keys() & now.keys():
            for what in then[name].keys() | now[name].keys():
                step = now[name].get(what, 0) - then[name].get(what, 0)
                if step and (not nobody_or_not_a_few(step) or before.month == day.month):
                    yield f"{day} {name}: {what} steps by {step}"
        yield from days_that_tell_of_a_few(day, old, new)
        yield from what_came_without_a_number(day, old, new)


def days_that_tell_of_a_few(day: date, old: Copy, new: Copy) -> Iterator[str]:
    """Two middles of numbers a few apart narrow down what the few waited."""
    for kind in ("localities", "communities"):
        then, now = rows_of(old["days"][kind]), rows_of(new["days"][kind])
        for name in then.keys() & now.keys():
            moved = then[name]["days"] != now[name]["days"]
            if moved and then[name]["told"] == now[name]["told"] and kind == "localities":
                yield f"{day} {name}: {then[name]['days']} days became {now[name]['days']}, of {now[name]['told']}"


def what_came_without_a_number(day: date, old: Copy, new: Copy) -> Iterator[str]:
    """All communities are shown or counted as not shown; projects stand there from the day they are opened."""
    counted = [len(copy["days"]["communities"]) + copy["days"].get("communities_hidden", 0) for copy in (old, new)]
    if counted[0] != counted[1]:
        yield f"{day}: {counted[0]} communities became {counted[1]}"
    projects = [{row["id"] for row in copy["far"]["results"] if row["about"] == "project"} for copy in (old, new)]
    if projects[0] != projects[1]:
        yield f"{day}: a project came or went"


def pages_say_the_same(day: date, copy: Copy) -> None:
    def shown(number: int | None, about: str = "") -> str:
        return "hidden" if number is None else f"{about}{number}"

    far, days = copy["pages"]["far"], copy["pages"]["days"]
    for row in copy["far"]["results"]:
        about = "about " if row["about"] == "project" else ""
        assert numbers_on(far, row["name"]) == [shown(row[step], about) for step in STEPS], (day, row)
    for about, row in [*(("", row) for row in copy["days"]["localities"]),
                       *(("about ", row) for row in copy["days"]["communities"])]:  # fmt: skip
        told, waiting = (shown(row[name], about) for name in ("told", "waiting"))
        assert numbers_on(days, row["name"]) == [told, waiting, shown(row["days"])], (day, row)
    left = " ".join(strip_tags(copy["pages"]["left"]).split())
    for row in copy["left"]:
        assert row["people"] is None or f"{row['because']}: {row['people']}" in left, (day, row)
    wide = copy["themes"][f"Wide {day.replace(day=1) - timedelta(days=1)}"]
    assert f"points {shown(wide['points'], 'about ')}" in copy["pages"]["wide"], (day, wide)
    for row in chain(wide["localities"], wide["communities"]):
        assert f"{row['name']}: about {row['points']}" in copy["pages"]["wide"], (day, row)


def numbers_on(page: str, name: str) -> list[str]:
    """The cells of a row, without shares and bars."""
    row = next(found for found in re.findall(r"<tr.*?</tr>", page, re.S) if f">{name}<" in found)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.S)
    return [re.sub(r"\s*\(\d+%\)", "", strip_tags(cell)).strip() for cell in cells]
