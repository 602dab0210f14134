"""Decisions: recorded, corrected with what they said before, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write, write_new
from crm.audit.verbs import Verb
from crm.base.links import set_links
from crm.base.rules import refuse_if, refuse_input_if
from engagement.coproduction.decisions import permissions
from engagement.coproduction.decisions.details import DecisionDetails
from engagement.coproduction.decisions.following import follow
from engagement.coproduction.decisions.history import said_before, words_of
from engagement.coproduction.decisions.models import (
    AnsweredPoint,
    Decision,
    DecisionOption,
    Evidence,
    ThreadCorrection,
)
from engagement.coproduction.decisions.reports.points import points_of_themes
from engagement.coproduction.decisions.rules import decisions as rules
from engagement.log.models import Point

WORDS = ("question", "reason", "will_do", "decided_by", "authority")
PLAIN = ("answer", "will_by", "look_again_on", "decided_on", "project", "locality")


@action(permissions.record_decision)
def record_decision(*, actor: User, details: DecisionDetails) -> Decision:
    """Record a decision. It answers the points named, and those of its themes that were made by its day. Raises
    `InputBlocked` with every reason at once."""
    refuse_input_if(rules.blockers_to_recording(details, timezone.localdate()))
    decision = _filled(Decision(recorded_by=actor, owner=details.owner or actor), details)
    write(decision, verb=Verb.DECISION_RECORDED)
    decision.themes.set(details.themes)
    _put_parts(decision, details)
    _answer(decision, details)
    follow(actor, decision)
    return decision


@action(permissions.correct_decision)
def correct_decision(
    *, actor: User, decision: Decision, details: DecisionDetails, reason: str, expected_version: int | None = None
) -> Decision:
    """Put a decision right; what it said before is kept and can be read. Who is due an answer follows. Raises `Stale`,
    `Blocked`, `InputBlocked`."""
    fresh = lock(decision, expected_version=expected_version)
    details = replace(details, owner=details.owner or fresh.owner)
    found = list(rules.blockers_to_correcting(fresh, details, reason, timezone.localdate()))
    refuse_if([blocker for blocker in found if blocker is rules.IS_WITHDRAWN])
    refuse_input_if(found)
    before = words_of(fresh)
    _filled(fresh, details).owner = details.owner or fresh.owner
    linked = set_links(fresh, "themes", details.themes)
    fresh.options.all().delete()
    fresh.evidence.all().delete()
    _put_parts(fresh, details)
    points = _answer(fresh, replace(details, points=[*details.points, *_unseen(actor, fresh)]))
    changed = said_before(before, words_of(fresh))
    if points:
        changed.append(["how many points it answered", str(points["points"][0])])
    if linked:
        changed.append(["the themes it answered", str(len(linked["themes"][0]))])
    if changed:
        note = ThreadCorrection(decision=fresh, corrected_by=actor, reason=reason.strip(), before=changed)
        attach([note])
        linked = {**linked, "corrections": (None, reason.strip())}
    write(fresh, verb=Verb.DECISION_CORRECTED, linked=linked)
    follow(actor, fresh)
    return fresh


@action(permissions.withdraw_decision)
def withdraw_decision(*, actor: User, decision: Decision, reason: str, expected_version: int | None = None) -> Decision:
    """Take a decision back, with the reason; it stays readable, and nothing counts it. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(decision, expected_version=expected_version)
    found = list(rules.blockers_to_withdrawing(fresh, reason))
    refuse_if([blocker for blocker in found if not blocker.field])
    refuse_input_if(found)
    fresh.withdrawn_at, fresh.withdrawn_by, fresh.withdrawn_reason = timezone.now(), actor, reason.strip()
    write(fresh, verb=Verb.DECISION_WITHDRAWN)
    follow(actor, fresh)
    return fresh


def _filled(decision: Decision, details: DecisionDetails) -> Decision:
    for name in WORDS:
        setattr(decision, name, getattr(details, name).strip())
    for name in PLAIN:
        setattr(decision, name, getattr(details, name))
    return decision


def _put_parts(decision: Decision, details: DecisionDetails) -> None:
    options = [option for option in details.options if option.words.strip()]
    weighed = [row for row in details.evidence if row.words.strip()]
    attach([
        DecisionOption(
            decision=decision, position=place, words=one.words.strip(), chosen=one.chosen, why=one.why.strip()
        )
        for place, one in enumerate(options, start=1)
    ])  # fmt: skip
    attach([
        Evidence(decision=decision, position=place, kind=one.kind, words=one.words.strip(), source=one.source.strip())
        for place, one in enumerate(weighed, start=1)
    ])  # fmt: skip


def _answer(decision: Decision, details: DecisionDetails) -> dict[str, Any]:
    """Link the points it answers; end the links to those it answers no more. Gives what changed."""
    wanted: dict[UUID, UUID | None] = dict(points_of_themes(details.themes, said_by=decision.decided_on))
    wanted |= {point.pk: None for point in details.points}
    standing = {row.point_id: row for row in AnsweredPoint.objects.filter(decision=decision, until=None)}
    _end(row for key, row in standing.items() if key not in wanted)
    new = [
        AnsweredPoint(decision=decision, point_id=key, theme_id=theme, since=timezone.localdate())
        for key, theme in wanted.items()
        if key not in standing
    ]
    write_new(new, verb=Verb.DECISION_CORRECTED if standing else Verb.DECISION_RECORDED)
    return {} if set(wanted) == set(standing) else {"points": (len(standing), len(wanted))}


def _unseen(actor: User, decision: Decision) -> list[Point]:
    """Points that were named and that this actor may not read: whoever corrects the words cannot have meant them."""
    rows = AnsweredPoint.objects.filter(decision=decision, until=None, theme=None)
    seen = rows.visible_to(actor).order_by().values("pk")
    return [row.point for row in rows.exclude(pk__in=seen).select_related("point")]


def _end(rows: Iterable[AnsweredPoint]) -> None:
    for row in rows:
        row.until = timezone.localdate()
        write(row, verb=Verb.DECISION_CORRECTED)
