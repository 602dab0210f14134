"""Gathers the models of the rooms, as Django expects."""

from engagement.log.models import (
    AccessSupport,
    Barrier,
    Contribution,
    EngagementEvent,
    EventBarrier,
    EventCorrection,
    Point,
    Promise,
    PromiseChange,
    Reach,
    SafeguardingReferral,
    Topic,
)
from engagement.needs.models import NeedOutcome

__all__ = [
    "AccessSupport",
    "Barrier",
    "Contribution",
    "EngagementEvent",
    "EventBarrier",
    "EventCorrection",
    "NeedOutcome",
    "Point",
    "Promise",
    "PromiseChange",
    "Reach",
    "SafeguardingReferral",
    "Topic",
]
