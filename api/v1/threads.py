"""The unbroken thread: `/api/v1/threads/`, how far everything got, and the event log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from api.pagination import refused
from api.reports import Parameter, Report
from api.v1 import examples
from api.v1.themes import THEME
from api.views import Operation, Output, Row
from crm.counting.figures import says_how_roughly, says_the_rules
from engagement.coproduction.telling.reports.reached import STEPS
from engagement.coproduction.thread import permissions
from engagement.coproduction.thread.actions import number_feed
from engagement.coproduction.thread.models import FeedEntry
from engagement.coproduction.thread.reports.chain import Chain, chain_of
from engagement.coproduction.thread.reports.funnel import how_far
from engagement.coproduction.thread.reports.rows import COLUMNS, flat_rows
from engagement.coproduction.thread.views import record_of
from engagement.log.marks import mark_restricted

PAGE = 200


class ThreadStepOut(Output):
    """One thing in the chain, or (with `note` alone) that a stage is missing."""

    stage = serializers.CharField(help_text="`heard`, `promised`, `themed`, `worked_on`, `decided`, `changed`, `told`.")
    on = serializers.DateField(allow_null=True)
    until = serializers.DateField(allow_null=True)
    kind = serializers.CharField(allow_null=True, help_text="`point`, `promise`, `theme`, `project`, `decision`, …")
    id = serializers.UUIDField(allow_null=True)
    what = serializers.CharField(allow_null=True)
    note = serializers.CharField(allow_null=True)
    days_since_stage_before = serializers.IntegerField(allow_null=True)


class ThreadOut(Output):
    """A chain, as far as you may see."""

    kind = serializers.CharField()
    id = serializers.UUIDField()
    waiting_days = serializers.IntegerField(allow_null=True, help_text="Days since it was said, where it stopped.")
    stopped_before = serializers.CharField(allow_null=True, help_text="The stage that comes next.")
    more = serializers.DictField(child=serializers.IntegerField(), help_text="Stage → steps not in the list.")
    small_numbers = serializers.CharField(help_text="What was done to numbers of people.")
    results = ThreadStepOut(many=True)


class HowFarRow(Output):
    """How many points that ask for something got at least to each step; of a project about how many. Null: hidden."""

    about = serializers.CharField(help_text="`council`, `locality` or `project`.")
    id = serializers.UUIDField(
        allow_null=True, help_text="Null: the council, or the places together that are not told by themselves."
    )
    name = serializers.CharField()
    heard = serializers.IntegerField(allow_null=True)
    themed = serializers.IntegerField(allow_null=True)
    decided = serializers.IntegerField(allow_null=True)
    changed = serializers.IntegerField(allow_null=True)
    told = serializers.IntegerField(allow_null=True)


class HowFarOut(Output):
    """The table. Every locality and project stands in it, whatever its numbers."""

    counted_until = serializers.DateField(
        allow_null=True, help_text="The last day of the month that was counted last. Null: none was yet."
    )
    small_numbers = serializers.CharField(help_text="What was done to the numbers.")
    results = HowFarRow(many=True)


class FeedRow(Output):
    """Something happened to a record. Read it under its own address."""

    position = serializers.IntegerField()
    kind = serializers.CharField(help_text="`theme`, `project`, `decision` or `outcome`.")
    id = serializers.UUIDField()
    what = serializers.CharField(help_text="`created`, `changed`, or `told`: the first time people were told of it.")
    at = serializers.DateTimeField()


class FeedOut(Output):
    """The next entries, in order."""

    results = FeedRow(many=True)
    last_position = serializers.IntegerField(help_text="Ask with `after` this next time.")
    more = serializers.BooleanField(help_text="Ask again at once.")


EXAMPLE: dict[str, Any] = {
    "kind": "theme", "id": THEME["id"], "waiting_days": 41, "stopped_before": "Decided", "more": {"heard": 3},
    "small_numbers": "Numbers of people under 10 are hidden.",
    "results": [{"stage": "heard", "on": "2026-10-14", "until": None, "kind": "point", "id": f"{examples.ID}05",
                 "what": examples.TOLD, "note": "A concern", "days_since_stage_before": None}],
}  # fmt: skip
HOW_FAR: dict[str, Any] = {
    "counted_until": "2026-10-31",
    "small_numbers": "Numbers of people under 10 are hidden.",
    "results": [{"about": "council", "id": None, "name": "The whole council", "heard": 240, "themed": 180,
                 "decided": 60, "changed": 25, "told": None},
                {"about": "project", "id": f"{examples.ID}80", "name": "Breaks for carers", "heard": 60, "themed": 60,
                 "decided": 15, "changed": None, "told": None}],
}  # fmt: skip
FEED: dict[str, Any] = {
    "results": [{"position": 17, "kind": "decision", "id": f"{examples.ID}90", "what": "created",
                 "at": examples.WHEN}],
    "last_position": 17, "more": False,
}  # fmt: skip


class ThreadItem(Report):
    """The chain of one record."""

    permissions_by_method = {"GET": permissions.read_thread}
    operations = {
        "GET": Operation("Follow the thread of a record", "Of a point, theme, project, decision or outcome: forwards "
                         "to what changed and who was told, backwards to what was said. Words and promises: only those "
                         "you may read.", gives=ThreadOut, example=EXAMPLE),
    }  # fmt: skip

    def get(self, request: Request, kind: str, pk: UUID) -> HttpResponse:
        """Follow it."""
        self.insist_on_known_parameters()
        chain = chain_of(record_of(kind, pk, self.reader), reader=self.reader)
        mark_restricted(self.reader, chain.points)
        return self.sent({"kind": kind, "id": pk, **chain_row(chain)})


def chain_row(chain: Chain) -> Row:
    """The chain as it goes out."""
    rows = [{name: row[name] or None for name in COLUMNS} | {"days_since_stage_before": row["days_since_stage_before"]}
            for row in flat_rows(chain)]  # fmt: skip
    return {
        "waiting_days": chain.waiting,
        "stopped_before": chain.stopped_at or None,
        "more": {stage.key: stage.more for stage in chain.stages if stage.more},
        "small_numbers": says_how_roughly(),
        "results": rows,
    }


class HowFarReport(Report):
    """How far what people asked for has got."""

    permissions_by_method = {"GET": permissions.read_thread}
    operations = {
        "GET": Operation("How far what people asked for has got", "Heard, themed, decided, outcome recorded, told: for "
                         "the council, each locality and each project, at the end of last month. Numbers change by "
                         "batches; small ones are hidden, those of projects are rough.", gives=HowFarOut,
                         example=HOW_FAR),
    }  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """As it was counted."""
        self.insist_on_known_parameters()
        far = how_far()
        rows = [
            {"about": line.about, "id": line.pk, "name": line.name, **{step: line.steps[step].value for step in STEPS}}
            for line in far.lines
        ]
        return self.sent({"counted_until": far.until, "small_numbers": says_the_rules(), "results": rows})


class EventLog(Report):
    """What happened to themes, projects, decisions and outcomes, in order."""

    permissions_by_method = {"GET": permissions.number_feed}
    parameters = [Parameter("after", "The last position you have. From the beginning, unless told.", "integer")]
    operations = {
        "GET": Operation("Read the event log", f"At most {PAGE} entries after a position: created, changed, or people "
                         "were told. No names and no words. Positions are given once a change is committed, so that "
                         "none is missed.", gives=FeedOut, example=FEED),
    }  # fmt: skip

    def get(self, request: Request) -> HttpResponse:
        """The next entries."""
        self.insist_on_known_parameters()
        after = self._after()
        number_feed(actor=self.reader)
        found = list(FeedEntry.objects.visible_to(self.reader).numbered().filter(position__gt=after)[: PAGE + 1])
        rows = [
            {"position": one.position, "kind": one.kind, "id": one.subject_id, "what": one.what, "at": one.at}
            for one in found[:PAGE]
        ]
        last = rows[-1]["position"] if rows else after
        return self.sent({"results": rows, "last_position": last, "more": len(found) > PAGE})

    def _after(self) -> int:
        asked = self.request.query_params.get("after", "0")
        if not (asked.isascii() and asked.isdigit() and len(asked) < 16):
            raise refused("after", "Say a whole number, 0 or more.")
        return int(asked)
