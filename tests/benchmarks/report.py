"""Writes what was measured into docs/benchmarks.md, between its two marks; the words around them are ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"
HEADINGS = ["operation", "requests/s, 1 client", "p50 / p95 ms", "requests/s, 8 clients", "p50 / p95 ms", "queries",
            "to bare Django", "to plain SQL", "p95 to plain SQL", "target"]  # fmt: skip


def main() -> None:
    """Put the tables in."""
    runs = sorted((json.loads(file.read_text()) for file in (ROOT / "var" / "bench").glob("*.json")),
                  key=lambda run: (run["vendor"], run["people"]))  # fmt: skip
    text = PAGE.read_text()
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    tables = _kept(old) | {_heading(run): _table(run) for run in runs}
    PAGE.write_text(before + BEGIN + "\n\n" + "\n".join(tables[key] for key in sorted(tables, key=_turn))
                    + _growth(runs) + END + after)  # fmt: skip


def _kept(old: str) -> dict[str, str]:
    """The tables that stand on the page: what is not measured anew stays, as it was measured."""
    parts = [f"### {part.strip()}\n" for part in old.split("### ")[1:] if "contacts\n" in part]
    return {part.partition("\n")[0]: part for part in parts}


def _turn(heading: str) -> tuple[str, int]:
    return heading.split(",", maxsplit=1)[0], int(heading.split(", ")[1].split(maxsplit=1)[0].replace(",", ""))


def _heading(run: dict[str, Any]) -> str:
    vendor = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[run["vendor"]]
    return f"### {vendor}, {run['people']:,} people, {run['people'] * 10:,} contacts"


def _table(run: dict[str, Any]) -> str:
    lines = [
        _heading(run),
        "",
        "| " + " | ".join(HEADINGS) + " |",
        "|" + "---|" * len(HEADINGS),
        *(_row(operation) for operation in run["operations"]),
        "",
        _beside(run),
        "",
    ]
    return "\n".join(lines)


def _beside(run: dict[str, Any]) -> str:
    export = run["export"]
    times = export["ours"] / max(export["plain"], 0.001)
    calendar = run.get("calendar")  # runs before there were forums have none
    first = f", in a new process {calendar['first']} ms" if calendar and "first" in calendar else ""
    made = (
        f"Calendar of {calendar['forums']} forums made afresh: {calendar['afresh']} ms, "
        f"its text alone {calendar['text']} ms "
        f"({calendar['afresh'] / max(calendar['text'], 0.1):.1f} ×){first}. "
        if calendar
        else ""
    )
    found = "".join(
        f"Finding {one['what']} alone: {one['ours']} ms, the plain query {one['plain']} ms "
        f"({one['ours'] / max(one['plain'], 0.01):.1f} ×). "
        for one in run.get("finding", [])
    )
    return (
        made
        + found
        + (
            f"CSV of {export['rows']:,} contacts: {export['ours']} s, plain SQL {export['plain']} s ({times:.1f} ×). "
            f"Memory of master and two workers after all of it: {run['memory']} MiB."
        )
    )


def _row(row: dict[str, Any]) -> str:
    one, most = row["ours 1"], 8 if "ours 8" in row else 1  # the dearest are asked by one client only
    eight = row[f"ours {most}"]
    if "error" in one or "error" in eight:
        return f"| {row['name']} | {one.get('error', '')} {eight.get('error', '')} |" + " |" * (len(HEADINGS) - 2)
    plain = row.get(f"kept {most}") or row.get(f"plain {most}") or {}
    cells = [
        row["name"],
        f"{one['rate']:.0f}",
        f"{one['p50']} / {one['p95']}",
        f"{eight['rate']:.0f}",
        f"{eight['p50']} / {eight['p95']}",
        str(eight["queries"]),
        _ratio(eight["rate"], row.get(f"bare {most}", {}).get("rate")),
        _ratio(eight["rate"], plain.get("rate")),
        f"{eight['p95'] / plain['p95']:.1f} ×" if plain.get("p95") else "–",
        row["target"],
    ]
    return "| " + " | ".join(cells) + " |"


def _ratio(ours: float, theirs: float | None) -> str:
    return f"{ours / theirs:.2f} of {theirs:.0f}" if theirs else "–"


def _growth(runs: list[dict[str, Any]]) -> str:
    """Requests per second at 8 clients as the data grows."""
    lines = ["", "### As the data grows", "", "Requests a second at 8 clients, Heard's.", ""]
    for vendor in ("sqlite", "postgresql"):
        sizes = [run for run in runs if run["vendor"] == vendor]
        if not sizes:
            continue
        lines += [f"| {vendor} | " + " | ".join(f"{run['people']:,} people" for run in sizes) + " |",
                  "|" + "---|" * (len(sizes) + 1)]  # fmt: skip
        for place, operation in enumerate(sizes[0]["operations"]):
            rates = [run["operations"][place].get("ours 8", {}).get("rate") for run in sizes]
            lines.append(
                f"| {operation['name']} | " + " | ".join(f"{rate:.0f}" if rate else "–" for rate in rates) + " |"
            )
        lines.append("")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
