"""Random selection: the pool is frozen and its hash fixed before the seed exists; then it is drawn."""

from __future__ import annotations

import secrets
from typing import Any

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, record, write
from crm.audit.verbs import Verb
from crm.base.rules import Blocker, refuse_if, refuse_input_if
from crm.panels import drawing
from crm.panels.actions.choosing import decided
from crm.panels.actions.telling import tell
from crm.panels.details.recruitment import Decision
from crm.panels.models import Application, Draw, PoolEntry, RecruitmentCall
from crm.panels.permissions import recruitment as permissions
from crm.panels.rules import recruitment as rules

State = Application.State
NOT_RANDOM = Blocker("not_random", "In this call people read the applications and decide")
FROZEN = Blocker("frozen", "The pool is frozen already")
NOT_FROZEN = Blocker("not_frozen", "Freeze the pool first")
DRAWN = Blocker("drawn", "The members are drawn already. A draw is made once")
NOT_DRAWN = Blocker("not_drawn", "The places are not drawn yet. The pool can be saved after the draw")
NO_SOURCE = Blocker("source_missing", "Write where the seed comes from, so that anybody can look it up", "seed_source")
OWN_SOURCE = "128 random bits from the operating system of this server, after the pool was frozen"
YES = "You were drawn at random from everybody who agreed to it and fits what the panel needs."
NO = "The places were drawn at random and you were not drawn. You are on the reserve list."


@action(permissions.freeze_pool)
def freeze_pool(*, actor: User, call: RecruitmentCall, quotas: dict[str, dict[str, list[int]]]) -> Draw:
    """Freeze who is in the pool, with what they answered, and the quotas. Nothing is drawn yet, and the seed does not
    exist yet: nobody can try seeds until they like the group. Raises `Blocked`, `InputBlocked` for quotas that no
    group can meet."""
    held = lock(call)
    refuse_if([NOT_RANDOM] if held.method != RecruitmentCall.Method.RANDOM else [])
    refuse_if([rules.NOT_CHOOSING] if held.state != RecruitmentCall.State.CHOOSING else [])
    refuse_if([FROZEN] if Draw.objects.filter(call=held).exists() else [])
    pool = pool_of(held)
    wrong = drawing.what_is_wrong(pool, quotas, held.places)
    refuse_input_if([Blocker("quotas_impossible", words, "quotas") for words in wrong])
    draw = Draw(call=held, frozen_at=timezone.now(), pool=pool, pool_hash=drawing.hash_of(pool), quotas=quotas)
    draw.method = drawing.METHOD
    return write(draw, verb=Verb.POOL_FROZEN)


@action(permissions.draw_members)
def draw_members(*, actor: User, call: RecruitmentCall, seed: str = "", seed_source: str = "") -> Draw:
    """Draw: offers to those who were drawn, the others on the reserve list in the order of the queue. Without a seed
    one is drawn here; a public one (tomorrow's lottery numbers, say) needs its source. Raises `Blocked`,
    `InputBlocked`."""
    held = lock(call)
    draw = Draw.objects.select_related("call").filter(call=held).first()
    if draw is None:
        refuse_if([NOT_FROZEN])
        raise AssertionError
    fresh = lock(draw)
    refuse_if([DRAWN] if fresh.drawn_at else [])
    refuse_input_if([NO_SOURCE] if seed.strip() and not seed_source.strip() else [])
    fresh.seed, fresh.seed_source = seed.strip() or secrets.token_hex(16), seed_source.strip() or OWN_SOURCE
    found = drawing.select(fresh.pool, fresh.quotas, held.places, fresh.seed)
    fresh.chosen, fresh.drawn_at = found.chosen, timezone.now()
    _tell(held, found, actor)
    return write(fresh, verb=Verb.MEMBERS_DRAWN)


@action(permissions.take_pool)
def take_pool(*, actor: User, call: RecruitmentCall) -> dict[str, Any]:
    """The frozen pool, number → answers, for an auditor who repeats the draw outside Heard; who took it is kept. Not
    before the draw: whoever knows the pool could look for a public seed that fits. Raises `Blocked`."""
    draw = Draw.objects.filter(call=call).exclude(drawn_at=None).first()
    if draw is None:
        refuse_if([NOT_DRAWN])
        raise AssertionError
    record(Verb.POOL_TAKEN, subject=draw, count=len(draw.pool))
    pool: dict[str, Any] = draw.pool
    return pool


def _tell(call: RecruitmentCall, found: drawing.Selection, actor: User) -> None:
    """Everybody's answer; each has its own line in the audit, and a message where they gave an e-mail address."""
    rows = {
        row.number: row
        for row in Application.objects.select_related("call").filter(
            call=call, number__in=[*found.chosen, *found.reserve]
        )
    }
    for number in found.chosen:
        if rows[number].state in rules.WAITING:
            tell(actor, write(decided(rows[number], Decision(State.OFFERED, YES)), verb=Verb.APPLICATION_DECIDED))
    for rank, number in enumerate(found.reserve, start=1):
        if rows[number].state in rules.WAITING:
            tell(actor, write(decided(rows[number], Decision(State.RESERVE, NO), rank), verb=Verb.APPLICATION_DECIDED))


def pool_of(call: RecruitmentCall) -> dict[str, Any]:
    """Number → what they answered and agreed to, of applications that wait for an answer. Never names."""
    rows = PoolEntry.objects.filter(application__call=call, application__state__in=rules.WAITING)
    return dict(rows.order_by("application__number").values_list("application__number", "features"))
