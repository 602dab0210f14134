"""Whether the needs of people who were met were met: mostly, and why not where not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from crm.access.models import AccessNeed
from crm.audit.actions import write_new
from crm.audit.verbs import Verb
from crm.base.demonstration import Say
from crm.base.tables import read_table
from crm.demonstration.chance import Chance
from crm.demonstration.history import backdate
from engagement.demonstration.lists import DATA
from engagement.log.models import Contribution
from engagement.needs.models import NeedOutcome

NOTED = 75  # of a hundred times that a known need was there to be met, so many were noted
IN_MESSAGES = 15  # of a hundred needs, so many were noted for a message too
WEIGHTS = (22, 20, 26, 8, 16, 8)  # of the reasons, where they fit
Words = dict[str, list[tuple[str, list[str]]]]  # reason → what was said, and about which needs
Met, Why = NeedOutcome.Met, NeedOutcome.Why


def load_needs_met(say: Say) -> None:
    """Note it for contacts of eighteen months, and for some letters."""
    chance = Chance("heard/needs met")
    words: Words = defaultdict(list)
    for line in read_table(DATA / "needs_met.csv", ("why", "words", "fits")):
        words[line["why"]].append((line["words"], [one for one in line["fits"].split("; ") if one]))
    outcomes = [*_at_contacts(chance, words), *_in_messages(chance, words)]
    write_new(outcomes, verb=Verb.NEED_OUTCOME_NOTED)
    backdate(outcomes, [datetime.combine(row.happened_on, time(17), UTC) for row in outcomes])
    not_met = sum(row.met != Met.MET for row in outcomes)
    say(f"Needs met or not: {len(outcomes)}, {not_met} of them not or only partly.")


def _needs() -> dict[Any, list[AccessNeed]]:
    found: dict[Any, list[AccessNeed]] = defaultdict(list)
    for need in AccessNeed.objects.select_related("recorded_by", "type").order_by("pk"):
        found[need.person_id].append(need)
    return found


def _at_contacts(chance: Chance, words: Words) -> Iterator[NeedOutcome]:
    needs = _needs()
    rows = Contribution.objects.filter(event__withdrawn_at=None, person__in=list(needs)).select_related(
        "event__logged_by"
    )
    for row in rows.order_by("event_id", "person_id"):
        for need in needs[row.person_id]:
            day = row.event.occurred_on
            known = need.told_on <= day and (need.ended_on is None or day <= need.ended_on)
            if known and chance.happens(NOTED):
                outcome = NeedOutcome(need=need, event=row.event, happened_on=day, recorded_by=row.event.logged_by)
                yield _decided(chance, words, outcome)


def _in_messages(chance: Chance, words: Words) -> Iterator[NeedOutcome]:
    today = timezone.localdate()
    for needs in _needs().values():
        for need in needs:
            days = (today - need.told_on).days
            if days > 10 and chance.happens(IN_MESSAGES):
                on = need.told_on + timedelta(days=chance.randrange(5, days))
                message = chance.choice(words["message"])[0]
                outcome = NeedOutcome(need=need, message=message, happened_on=on, recorded_by=need.recorded_by)
                yield _decided(chance, words, outcome)


def _that_fit(words: Words, why: str, need: AccessNeed) -> list[str]:
    """What can be said about a need of this type: no lift is out of order where large print was wanted."""
    kind = f"{need.type.group} {need.type.key}"
    return [said for said, fits in words[why] if not fits or any(one in kind for one in fits)]


def _decided(chance: Chance, words: Words, outcome: NeedOutcome) -> NeedOutcome:
    moment = datetime.combine(outcome.happened_on, time(17), UTC)
    outcome.id = chance.id_at(moment)
    outcome.met = chance.choices(Met.values, [72, 13, 15])[0]
    if outcome.met != Met.MET:
        likely = {why: _that_fit(words, why, outcome.need) for why in Why.values}
        weights = [weight if likely[why] else 0 for why, weight in zip(Why.values, WEIGHTS, strict=True)]
        outcome.why = chance.choices(Why.values, weights)[0]
        outcome.words = chance.choice(likely[outcome.why]) if chance.happens(55) else ""
    return outcome
