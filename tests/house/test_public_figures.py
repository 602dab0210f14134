"""A figure that can be kept and compared gets out by one way only: released once a month, never counted for a page."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from crm.counting.releases import counted_monthly
from tests.house.source import ROOT, name_of, sources, tree

# What anyone reads beside the site itself, and what colleagues read who meet nobody: the reports, their pages and
# their part of the API. Whoever writes another adds it here.
READ_FROM_RELEASES = [
    ROOT / "engagement/coproduction/telling/reports/you_said.py",
    ROOT / "engagement/coproduction/telling/reports/helped.py",
    ROOT / "engagement/coproduction/telling/reports/days.py",
    ROOT / "engagement/coproduction/telling/views/public.py",
    ROOT / "engagement/coproduction/thread/reports/funnel.py",
    ROOT / "engagement/coproduction/thread/views.py",
    ROOT / "engagement/coproduction/projects/reports/people.py",
    ROOT / "engagement/coproduction/projects/views/projects.py",
    ROOT / "api/v1/you_said.py",
    ROOT / "api/v1/threads.py",
    ROOT / "api/v1/project_verbs.py",
]
# `figure` and `percent` write down what a release holds; these count rows, or hide beside what was hidden before.
COUNTERS: dict[str, set[str] | None] = {
    "crm.counting.figures": {"table", "grid", "tied"},
    "engagement.coproduction.projects.reports.leaving": {"count_leavers"},
    "engagement.coproduction.telling.reports.monthly": {"count_how_far", "count_whether_it_helped"},
    "engagement.coproduction.telling.reports.reached": {
        "asked_points", "answered", "countable_points", "points_of_projects",
    },
    "engagement.coproduction.telling.reports.waited": {"count_days"},
    "engagement.coproduction.themes.reports.figures": None,
    "engagement.coproduction.themes.reports.hidden": None,
}  # fmt: skip
COUNTING_CALLS = {"count", "aggregate", "Count"}
NO_FIGURE = {"ASKING", "counts_exactly"}


def counted_in(path: Path) -> list[str]:
    """What a file takes from a report that counts, and where it counts points or people itself."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module in COUNTERS:
            counters = COUNTERS[node.module]
            names = {name.name for name in node.names} - NO_FIGURE
            found += sorted(names if counters is None else names & counters)
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name in COUNTING_CALLS:
                found.append(f"line {node.lineno}: {name}()")
    return found


@pytest.mark.parametrize("path", READ_FROM_RELEASES, ids=name_of)
def test_what_is_read_by_those_who_meet_nobody_counts_nothing(path):
    assert not counted_in(path), f"{name_of(path)}: read it from `released`; count it in `counted_monthly`."


def test_the_site_takes_no_figure_but_from_reports_for_anyone():
    found = {
        name_of(path): names
        for path in sources("cms")
        if (names := [name for name in counted_in(path) if not name.startswith("line ")])
    }
    assert not found, f"{found}: figures for anyone are released (docs/decisions/0070)."


def test_a_theme_is_told_roughly_to_those_who_meet_nobody():
    """It is counted for the day that is asked for, so nothing but rough numbers may leave that report."""
    calls = {
        node.func.id
        for node in ast.walk(tree(ROOT / "engagement/coproduction/themes/reports/hidden.py"))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert "roughly" in calls
    assert not calls & {"figure", "table", "tied", "grid"}


def test_what_is_counted_each_month_is_known():
    assert set(counted_monthly.names()) == {
        "from said to told", "how long answers take", "whether answers helped", "why people left projects",
    }  # fmt: skip
