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

__all__ = [
    "AccessSupport",
    "Barrier",
    "Contribution",
    "EngagementEvent",
    "EventBarrier",
    "EventCorrection",
    "Point",
    "Promise",
    "PromiseChange",
    "Reach",
    "SafeguardingReferral",
    "Topic",
]
