"""Engagement events, who was reached, points and promises."""

from engagement.log.models.events import (
    Contribution,
    EngagementEvent,
    EventBarrier,
    EventCorrection,
    Reach,
    SafeguardingReferral,
)
from engagement.log.models.lists import AccessSupport, Barrier, KeptList, Topic
from engagement.log.models.points import Point
from engagement.log.models.promises import Promise, PromiseChange

__all__ = [
    "AccessSupport",
    "Barrier",
    "Contribution",
    "EngagementEvent",
    "EventBarrier",
    "EventCorrection",
    "KeptList",
    "Point",
    "Promise",
    "PromiseChange",
    "Reach",
    "SafeguardingReferral",
    "Topic",
]
