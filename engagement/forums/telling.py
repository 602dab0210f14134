"""How people are told what is arranged for them: the letter, who may write it, and what follows when it went."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.base.words import named_time
from crm.sending.models import Message
from crm.sending.registry import AboutKind, LetterKind, Now, about_kinds, letter_folders, letter_kinds
from engagement.forums.models import Arrangement

ABOUT, LETTER, PURPOSE = "arrangement", "arrangement-made", "access"
PLACEHOLDERS = {
    "what": "what is arranged", "forum": "what the forum is about", "when": "its day and time", "where": "its place",
}  # fmt: skip
NOT_SURE = "What it tells is not arranged any more, or not for that day"
State = Message.State
WENT = (State.HANDED_OVER, State.POSTED, State.PHONED)
UNDER_WAY = (State.WAITING, State.CLAIMED, State.HANDING_OVER, State.NOT_KNOWN, State.TO_PRINT, State.TO_PHONE)


def register_letters_of_arrangements() -> None:
    """The letter, and what messages may be about."""
    letter_kinds.add(LETTER, LetterKind("What is arranged for you at a forum", PLACEHOLDERS, frozenset({"what"})))
    letter_folders.add("arrangements", Path(__file__).parent / "data" / "arrangements")
    about_kinds.add(ABOUT, AboutKind("Access arrangement", _readable, _may_write, _address, now=_now))


@kept
def _readable(actor: Actor) -> Any:
    return Arrangement.objects.visible_to(actor).order_by().values("pk")


def _may_write(actor: Actor, pk: UUID) -> bool:
    return Arrangement.objects.visible_to(actor).filter(pk=pk).exists()


def _address(pk: UUID) -> str:
    return reverse("workspace:arrangement", args=[pk])


def _now(message: Message) -> Now:
    """What the letter would say now. 1 query."""
    assert message.about_id is not None  # what is about nothing has no kind
    row = Arrangement.objects.filter(pk=message.about_id).for_list().first()
    if row is None or not row.is_needed or not row.is_sure:
        return Now(why_not=NOT_SURE)
    return Now(values_of(row))


def values_of(row: Arrangement) -> dict[str, str]:
    """What the letter says."""
    day = date_format(row.forum.on, "l j F Y")
    return {
        "what": row.what,
        "forum": row.forum.title,
        "when": f"{day}, {named_time(row.forum.starts)}",
        "where": row.forum.where,
    }


def on_its_way(row: Arrangement) -> bool:
    """Whether a message about it was written and has not ended."""
    return Message.objects.about(ABOUT, [row.pk]).filter(state__in=UNDER_WAY).exists()
