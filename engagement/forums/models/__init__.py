"""Gathers the models of forums."""

from engagement.forums.models.days import CalendarDay
from engagement.forums.models.forums import Forum
from engagement.forums.models.offers import ForumOffer, Job, OfferKind
from engagement.forums.models.series import Series, SkippedDate
from engagement.forums.models.taking_part import Answer, Arrangement, Attendance, Headcount, Invitation

__all__ = [
    "Answer",
    "Arrangement",
    "Attendance",
    "CalendarDay",
    "Forum",
    "ForumOffer",
    "Headcount",
    "Invitation",
    "Job",
    "OfferKind",
    "Series",
    "SkippedDate",
]
