"""Engagement events, who was reached, points and promises."""

from engagement.log.models.events import (
    AccessSupport,
    Barrier,
    Contribution,
    EngagementEvent,
    EventBarrier,
    EventCorrection,
    Reach,
    SafeguardingReferral,
    Topic,
)
from engagement.log.models.points import Point
from engagement.log.models.promises import Promise, PromiseChange

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
