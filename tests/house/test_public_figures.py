"""A figure gets out in public by one way only: released once a month, never counted for a page."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from crm.counting.releases import counted_for_the_public
from tests.house.source import ROOT, name_of, sources, tree

# What anyone reads beside the site itself. Whoever writes another public report adds it here.
FOR_ANYONE = [
    ROOT / "engagement/coproduction/telling/reports/you_said.py",
    ROOT / "engagement/coproduction/telling/reports/helped.py",
]
# `figure` and `percent` write down what a release holds; these count rows, or hide beside what was hidden before.
COUNTERS = {
    "crm.counting.figures": {"table", "grid", "tied"},
    "engagement.coproduction.telling.reports.reached": None,
    "engagement.coproduction.telling.reports.days": None,
    "engagement.coproduction.thread.reports.funnel": None,
    "engagement.coproduction.themes.reports.figures": None,
    "engagement.coproduction.themes.reports.hidden": None,
}
COUNTING_CALLS = {"count", "aggregate"}


def counted_in(path: Path) -> list[str]:
    """What a file takes from a report that counts, and where it counts points or people itself."""
    found = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module in COUNTERS:
            allowed = COUNTERS[node.module]
            found += [name.name for name in node.names if allowed is None or name.name in allowed]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in COUNTING_CALLS:
            found.append(f"line {node.lineno}: .{node.func.attr}()")
    return found


@pytest.mark.parametrize("path", FOR_ANYONE, ids=name_of)
def test_what_anyone_reads_counts_nothing(path):
    assert not counted_in(path), f"{name_of(path)}: read it from `released`; count it in `counted_for_the_public`."


def test_the_site_takes_no_figure_but_from_reports_for_anyone():
    found = {
        name_of(path): names
        for path in sources("cms")
        if (names := [name for name in counted_in(path) if not name.startswith("line ")])
    }
    assert not found, f"{found}: figures for anyone are released (docs/decisions/0070)."


def test_what_is_counted_for_the_public_is_known():
    assert counted_for_the_public.names() == ["you said, we did", "whether answers helped"]
