"""The kinds of letter about forums, what may stand in them, and who may see messages about an invitation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.urls import reverse

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.sending.models import Message
from crm.sending.registry import AboutKind, LetterKind, Now, about_kinds, letter_folders, letter_kinds
from engagement.forums.models import Attendance, Invitation

ABOUT = "forum-invitation"  # what every message about a forum is about: the one invitation
FOLDER = Path(__file__).parent / "letters"
ALWAYS = {
    "title": "what the forum is about",
    "when": "its day and time",
    "where": "where it is",
    "answer_link": "the reader's own link to answer",
}
NEEDED = frozenset({"answer_link"})
INVITATION, CHANGE, CANCELLED = "forum-invitation", "forum-change", "forum-cancelled"
REMINDER, PLACE, ANSWER = "forum-reminder", "forum-place", "forum-answer"
CAME, THANKS = "forum-attendance", "forum-thanks"  # a letter of thanks is about somebody's coming
KINDS = {
    INVITATION: LetterKind("Invitation to a forum", {**ALWAYS, "about": "more about the forum"}, NEEDED),
    CHANGE: LetterKind("A forum was changed", ALWAYS, NEEDED),
    CANCELLED: LetterKind("A forum does not take place", {**ALWAYS, "reason": "why"}, NEEDED),
    REMINDER: LetterKind("Reminder of a forum", ALWAYS, NEEDED),
    PLACE: LetterKind("A place came free", {**ALWAYS, "until": "until when it is kept"}, NEEDED),
    ANSWER: LetterKind("Your answer to an invitation", {**ALWAYS, "booked_by": "when all is booked"}, NEEDED),
}


THANKING = LetterKind(
    "Thank you for coming to a forum",
    {
        "title": ALWAYS["title"],
        "when": "its day",
        "next": "what happens next",
        "next_by": "by when",
        "notes_link": "where the notes are read",
    },
    frozenset({"next", "next_by"}),
)


Ages = Callable[[Message], Now | None]


def register_letters_about_forums(*, now: Ages, thanks_now: Ages) -> None:
    """Put them where messages look for them. `now` and `thanks_now`: what one written earlier would say now."""
    for key, kind in KINDS.items():
        letter_kinds.add(key, kind)
    letter_kinds.add(THANKS, THANKING)
    letter_folders.add("forums", FOLDER)
    about_kinds.add(CAME, AboutKind("Coming to a forum", _who_came, _may_thank, _desk_of, now=thanks_now))
    about_kinds.add(ABOUT, AboutKind("Invitation to a forum", _readable, _may_write, _address, now=now))


@kept
def _readable(actor: Actor) -> Any:
    return Invitation.objects.visible_to(actor).order_by().values("pk")


def _may_write(actor: Actor, pk: UUID) -> bool:
    return Invitation.objects.visible_to(actor).filter(pk=pk).exists()


def _address(pk: UUID) -> str:
    return reverse("workspace:invitation", args=[pk])


@kept
def _who_came(actor: Actor) -> Any:
    return Attendance.objects.visible_to(actor).order_by().values("pk")


def _may_thank(actor: Actor, pk: UUID) -> bool:
    return Attendance.objects.visible_to(actor).filter(pk=pk).exists()


def _desk_of(pk: UUID) -> str:
    forum = Attendance.objects.filter(pk=pk).values_list("forum_id", flat=True).first()
    return reverse("workspace:desk", args=[forum]) if forum else ""
