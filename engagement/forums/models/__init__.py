"""Gathers the models of forums."""

from engagement.forums.models.arrangements import Arrangement, ArrangementStep
from engagement.forums.models.attendance import Attendance, Captured, Headcount
from engagement.forums.models.days import CalendarDay
from engagement.forums.models.editions import CalendarEdition
from engagement.forums.models.forums import Forum
from engagement.forums.models.invitations import HeldPlaces, HelpAsked, Invitation
from engagement.forums.models.links import CalendarLink
from engagement.forums.models.notes import ForumNotes, NotesRow
from engagement.forums.models.offers import ForumOffer, Job, OfferKind
from engagement.forums.models.series import Series, SkippedDate
from engagement.forums.vocabulary import Answer

__all__ = [
    "Answer",
    "Arrangement",
    "ArrangementStep",
    "Attendance",
    "CalendarDay",
    "CalendarEdition",
    "CalendarLink",
    "Captured",
    "Forum",
    "ForumNotes",
    "ForumOffer",
    "Headcount",
    "HeldPlaces",
    "HelpAsked",
    "Invitation",
    "Job",
    "NotesRow",
    "OfferKind",
    "Series",
    "SkippedDate",
]
