"""The letters to applicants, and who may see the messages made from them: nobody who still chooses without a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.panels.models import Application, RecruitmentCall
from crm.panels.permissions.recruitment import decide_application
from crm.people.models import Person
from crm.sending.registry import AboutKind, LetterKind, about_kinds, letter_folders, letter_kinds

ABOUT, DECIDED, OFFERED = "application", "application-decided", "application-offered"
PAGE = "put-in-when-it-is-sent"  # stands for the secret of the link in what is kept
OWN = {
    "call": "what people applied for",
    "reason": "why, in the words of who decided",
    "number": "the number of their application",
    "own_page": "the link to their own page",
}


@kept
def readable(user: Actor) -> Any:
    """The applications whose messages the user may see: those they may read, of people whose name they may know."""
    state = Application.State
    over = Q(call__state=RecruitmentCall.State.DECIDED, state__in=[state.RESERVE, state.NOT_CHOSEN])
    named = Q(state__in=[state.OFFERED, state.ACCEPTED]) | over
    known = Q(person=None) | Q(person__in=Person.objects.visible_to(user).order_by())
    return Application.objects.visible_to(user).filter(named & known).order_by().values("pk")


def may_write(user: Actor, pk: UUID) -> bool:
    """Whether the user decides on it."""
    found = Application.objects.filter(pk=pk).first()
    return found is not None and decide_application(actor=user, application=found)


def address(pk: UUID) -> str:
    """The page of the application."""
    return reverse("workspace:application", args=[pk])


def put_in(pk: UUID) -> dict[str, str]:
    """The secret of their own link, while the message is handed over."""
    return {PAGE: Application(pk=pk).mailed_secret}


def register_letters_to_applicants() -> None:
    """Our answer with its reason, and the offer of a place."""
    about_kinds.add(ABOUT, AboutKind("Application", readable, may_write, address, only=True, put_in=put_in))
    decided = {**OWN, "decision": "what was decided"}
    offered = {**OWN, "answer_by": "the day they should answer by"}
    letter_kinds.add(DECIDED, LetterKind("Our answer to an application", decided, frozenset({"decision", "reason"})))
    letter_kinds.add(OFFERED, LetterKind("The offer of a place", offered, frozenset({"answer_by", "own_page"})))
    letter_folders.add("panels", Path(__file__).parent / "data")
