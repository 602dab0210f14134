"""Frameworks, decisions, outcomes and answers in a world."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from engagement.coproduction.decisions.actions import record_decision, record_outcome
from engagement.coproduction.decisions.details import (
    DecisionDetails,
    EvidenceDetails,
    OptionDetails,
    OutcomeDetails,
)
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.frameworks.actions import add_framework
from engagement.coproduction.frameworks.details import FrameworkDetails, PartDetails
from engagement.coproduction.frameworks.models import Framework
from engagement.log.details import PointDetails
from engagement.log.models import Point
from tests.world import World


def framework_details(**changes: Any) -> FrameworkDetails:
    """A plan of the council's own with two objectives."""
    parts = [PartDetails("1", "Listen to everybody"), PartDetails("2", "Tell people what came of it")]
    plain = {
        "key": "local-plan",
        "edition": "2026",
        "name": "Local plan",
        "source": "The council, 2026",
        "first_day": date(2026, 1, 1),
        "parts": parts,
    }
    return FrameworkDetails(**{**plain, **changes})


def a_framework(world: World, **changes: Any) -> Framework:
    """Added by the lead; each with an edition of its own."""
    number = Framework.objects.count() + 1
    return add_framework(actor=world.lead, details=framework_details(**{"edition": f"Edition {number}", **changes}))


def a_point(world: World, words: str = "The letters came in English only.", **changes: Any) -> Point:
    """Said by Parveen at a contact with the mosque's group; whose words, by whom and when may be told otherwise."""
    told = {name: changes.pop(name) for name in list(changes) if name in PointDetails.__dataclass_fields__}
    details = {"kind": "ask", "raised_by": world.person, **told}
    contact = world.contact(people=[world.person], points=[PointDetails(words, **details)], **changes)
    return contact.points.get()


NO = {
    "answer": "no",
    "will_do": "",
    "reason": "We cannot do this. The law does not let us. We will ask the government again next year.",
    "options": [OptionDetails("Pay for it", why="It is against the law")],
}
NOT_YET = {**NO, "answer": "not_yet", "look_again_on": date(2099, 1, 1)}


def decision_details(world: World, **changes: Any) -> DecisionDetails:
    """In part, with an option chosen and one refused."""
    plain = {
        "question": "Do letters about care come in Urdu?",
        "answer": "in_part",
        "reason": "We can write the first letter in Urdu. We do not have the money for all of them.",
        "will_do": "Send the first letter in Urdu",
        "decided_on": timezone.localdate(),
        "decided_by": "Adult social care board",
        "authority": "Scheme of delegation",
        "options": [
            OptionDetails("The first letter in Urdu", chosen=True),
            OptionDetails("Every letter in Urdu", why="It costs more than we have"),
        ],
        "evidence": [EvidenceDetails("Many people asked for it")],
    }
    return DecisionDetails(**{**plain, **changes})


def a_decision(world: World, *points: Point, actor: Any = None, **changes: Any) -> Decision:
    """Recorded by Amina; it answers these points, or one of its own."""
    answers = {"points": list(points)} if points or "themes" in changes else {"points": [a_point(world)]}
    return record_decision(actor=actor or world.amina, details=decision_details(world, **{**answers, **changes}))


def outcome_details(**changes: Any) -> OutcomeDetails:
    """Partly different, measured."""
    plain = {
        "effect": "partly",
        "words": "The first letter comes in Urdu.",
        "for_whom": "People in the East who read Urdu",
        "since": timezone.localdate(),
        "measure": "First letters in Urdu in a month",
        "measure_before": "0",
        "measure_after": "41",
    }
    return OutcomeDetails(**{**plain, **changes})


def an_outcome(world: World, decision: Decision | None = None, **changes: Any) -> Outcome:
    """Of a decision, or of one of its own."""
    return record_outcome(actor=world.amina, decision=decision or a_decision(world), details=outcome_details(**changes))
