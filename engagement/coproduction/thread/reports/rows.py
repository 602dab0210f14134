"""The chain as flat rows, for files and for other programs."""

from __future__ import annotations

from typing import Any

from engagement.coproduction.thread.reports.chain import Chain

Row = dict[str, Any]
COLUMNS = ("stage", "on", "until", "kind", "id", "what", "note", "days_since_stage_before")


def flat_rows(chain: Chain) -> list[Row]:
    """A row for each step; a stage without one has a row that says what is missing."""
    rows: list[Row] = []
    for stage in chain.stages:
        days = stage.days
        for step in stage.steps:
            rows.append(
                {"stage": stage.key, "on": step.on, "until": step.until, "kind": step.kind, "id": step.pk,
                 "what": step.what, "note": step.note, "days_since_stage_before": days}
            )  # fmt: skip
        if stage.missing:
            empty: Row = dict.fromkeys(COLUMNS)
            rows.append({**empty, "stage": stage.key, "note": stage.missing})
    return rows
