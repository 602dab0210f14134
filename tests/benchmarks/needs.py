"""Fills in what people need, and whether it was met: what the list of needs and the report on them are made of."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

from crm.access.actions import load_need_types
from crm.access.files import shipped_need_types
from crm.access.models import AccessNeed, NeedReview, NeedType, NoNeed
from crm.base.actors import SYSTEM
from crm.base.writing import writing_allowed
from engagement.needs.models import NeedOutcome
from tests.world import World

BATCH = 1_000
OUTCOMES = 3  # of each need


def fill_needs(world: World, persons: list[UUID], new_id: Callable[[], UUID], chance: random.Random) -> None:
    """Every second person has a need with three outcomes, every tenth needs nothing."""
    today = date.today()  # noqa: DTZ011
    load_need_types(actor=SYSTEM, lines=shipped_need_types())
    types = list(NeedType.objects.order_by("key"))
    with writing_allowed():
        needs = [_need(new_id(), person, chance.choice(types), world, today, chance) for person in persons[::2]]
        AccessNeed.objects.bulk_create(needs, batch_size=BATCH)
        NeedReview.objects.bulk_create(
            [NeedReview(need=need, reviewed_on=need.told_on, due_on=need.told_on, answer="same",
                        reviewed_by=world.amina) for need in needs[::3]], batch_size=BATCH)  # fmt: skip
        NeedOutcome.objects.bulk_create(
            [_outcome(new_id(), need, world, today, chance) for need in needs for _ in range(OUTCOMES)],
            batch_size=BATCH,
        )
        NoNeed.objects.bulk_create(
            [NoNeed(id=new_id(), person_id=person, asked_on=today - timedelta(days=90), asked_by=world.amina,
                    review_on=today + timedelta(days=275)) for person in persons[1::10]], batch_size=BATCH)  # fmt: skip


def _need(pk: UUID, person: UUID, kind: NeedType, world: World, today: date, chance: random.Random) -> AccessNeed:
    told_on = today - timedelta(days=chance.randrange(40, 500))
    return AccessNeed(
        id=pk, person_id=person, type=kind, what_to_do=kind.what_to_do, told_on=told_on,
        review_on=told_on + timedelta(days=365), may_share=chance.choice(AccessNeed.Sharing.values),
        recorded_by=world.amina,
    )  # fmt: skip


def _outcome(pk: UUID, need: AccessNeed, world: World, today: date, chance: random.Random) -> NeedOutcome:
    met = chance.choices(NeedOutcome.Met.values, weights=[6, 2, 2])[0]
    return NeedOutcome(
        id=pk, need=need, message="Letter about the forum", happened_on=today - timedelta(days=chance.randrange(365)),
        met=met, why="" if met == "met" else chance.choice(NeedOutcome.Why.values), recorded_by=world.amina,
    )  # fmt: skip
