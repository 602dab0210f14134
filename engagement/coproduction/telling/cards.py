"""What this room shows on pages of other rooms: who is told about a decision or outcome, and whether it helped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.urls import reverse

from crm.base.actors import OFFICE_ROLES, Actor, holds
from crm.base.rules import Blocker
from crm.base.timeline import Card
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.decisions.permissions import record_decision
from engagement.coproduction.projects.models import Project
from engagement.coproduction.telling.models import PublicLine, Telling
from engagement.coproduction.telling.permissions import publish_line
from engagement.coproduction.telling.reports.helped import helped_by
from engagement.coproduction.themes.models import Theme

SHOWN = 10


def told_about_decision(reader: Actor, decision: Decision) -> Card | None:
    """How far the answers are that this reader may see. 2 queries."""
    return _card(reader, decision, "decision")


def told_about_outcome(reader: Actor, outcome: Outcome) -> Card | None:
    """How far the answers are that this reader may see. 2 queries."""
    return _card(reader, outcome, "outcome")


def _card(reader: Actor, record: Any, name: str) -> Card | None:
    states: list[tuple[str, int]] = []
    if holds(reader, OFFICE_ROLES):
        rows = Telling.objects.visible_to(reader).filter(**{name: record}).order_by()
        found = dict(rows.values_list("state").annotate(number=Count("pk")))
        states = [(label, found[value]) for value, label in Telling.State.choices if found.get(value)]
    shows = {
        "states": states,
        "sees": holds(reader, OFFICE_ROLES),
        "list": f"{reverse('workspace:tellings')}?{name}={record.pk}",
        "words": reverse(f"workspace:{name}-words", args=[record.pk]),
        "helped": helped_by(record),
    }
    return Card("workspace/coproduction/card_told.html", shows, order=10)


def in_public(reader: Actor, decision: Decision) -> Card | None:
    """Whether it stands in You said, we did, and the button. 1 query."""
    line = PublicLine.objects.filter(decision=decision).first()
    standing = line is not None and line.taken_off_on is None
    may = publish_line(actor=reader) and not decision.is_withdrawn
    shows = {"line": line, "standing": standing, "may": may, "decision": decision}
    return Card("workspace/coproduction/card_public.html", shows, order=20)


def untold_about(record: Decision | Outcome) -> int:
    """How many people and groups wait for word of it and no reason stands."""
    of = {"decision": record} if isinstance(record, Decision) else {"outcome": record}
    return Telling.objects.untold().filter(**of).count()


def told_before_closing(project: Project) -> Iterator[Blocker]:
    """Why a project cannot close yet: somebody who asked or took part has not heard what was decided. 2 queries."""
    decisions = list(Decision.objects.standing().filter(project=project).order_by().values_list("pk", flat=True))
    number = Telling.objects.untold().of_decisions(decisions).count() if decisions else 0
    if number:
        due = "1 answer is" if number == 1 else f"{number} answers are"
        yield Blocker("people_untold", f"{due} still due. Tell people what came of it, or say why not")


def decided_about_theme(reader: Actor, theme: Theme) -> Card | None:
    """On the page of a theme: what was decided about it, and a way to write a decision down. 1 query."""
    return _decided(reader, Decision.objects.filter(themes=theme), f"theme={theme.pk}")


def decided_about_project(reader: Actor, project: Project) -> Card | None:
    """On the page of a project: what was decided, and a way to write a decision down. 1 query."""
    return _decided(reader, Decision.objects.filter(project=project), f"project={project.pk}")


def _decided(reader: Actor, rows: Any, query: str) -> Card | None:
    found = list(rows.visible_to(reader).standing().order_by("-decided_on", "-id")[: SHOWN + 1])
    shows = {"decisions": found[:SHOWN], "more": len(found) > SHOWN, "query": query}
    shows["may_add"] = record_decision.row.open_to(reader)
    return Card("workspace/coproduction/card_decided.html", shows, order=30)
