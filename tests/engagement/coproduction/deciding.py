"""Frameworks, decisions, outcomes and answers in a world."""

from __future__ import annotations

from datetime import date
from typing import Any

from engagement.coproduction.frameworks.actions import add_framework
from engagement.coproduction.frameworks.details import FrameworkDetails, PartDetails
from engagement.coproduction.frameworks.models import Framework
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
