"""The letters that ask people how it felt: by e-mail with a link of their own, else with a printed one beside them.

A mailed link is made in the moment its letter is handed to the mail server, and kept nowhere. On paper a link beside a
name could be read by whoever prints it, so a letter by post, and what a colleague says, hold none: they go with a slip
from the shuffled pile.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from crm.base.actors import SYSTEM, Actor
from crm.base.kept import kept
from crm.languages.models import Language
from crm.sending.actions import stop_message
from crm.sending.models import Message
from crm.sending.registry import AboutKind, LetterKind, Now, about_kinds, letter_folders, letter_kinds
from engagement.coproduction.projects.links import mailed_secret
from engagement.coproduction.projects.models import FeltRound
from engagement.coproduction.projects.words import TONGUES

ABOUT, PURPOSE = "felt-round", "listening"
BY_MAIL, WITH_SLIP = "felt-by-mail", "felt-with-slip"
PUT = "put-in-when-it-is-sent"  # stands for the secret of the link in what is kept
OVER = "The last day to answer is over"
HAND_OVER = "It cannot go by e-mail any more. Hand them a printed link"
PLACEHOLDERS = {
    "project": "the short name of the project",
    "closes_on": "the last day to answer",
}


def register_letters_of_rounds() -> None:
    """Both letters, and what they are about."""
    link = {"felt_link": "a link that can be used once and leads to no person"}
    letter_kinds.add(
        BY_MAIL,
        LetterKind("How much did you decide? By e-mail", {**PLACEHOLDERS, **link}, frozenset({"felt_link"})),
    )
    letter_kinds.add(WITH_SLIP, LetterKind("How much did you decide? With a printed link", PLACEHOLDERS))
    letter_folders.add("felt", Path(__file__).parent / "letters")
    kind = AboutKind(
        "How much people felt they decided", _nobody_besides, _may_write, _address, put_in=put_in, now=_now
    )
    about_kinds.add(ABOUT, kind)


@kept
def _nobody_besides(actor: Actor) -> Any:
    """Who takes part is known to whoever may see each person, and to nobody for the sake of the round."""
    return FeltRound.objects.none().order_by().values("pk")


def _may_write(actor: Actor, pk: UUID) -> bool:
    return False  # to people one may see, and to no others


def _address(pk: UUID) -> str:
    return reverse("workspace:felt-letters", args=[pk])


def _now(message: Message) -> Now | None:
    """A letter that waited too long does not go."""
    open_ = FeltRound.objects.filter(closes_on__gte=timezone.localdate()).values_list("pk", flat=True)
    return None if message.about_id in open_ else Now(why_not=OVER)


def put_in(pk: UUID) -> Mapping[str, str]:
    """A link of a round, for one letter, while it is handed over."""
    return {PUT: mailed_secret(pk)}


def link_with_mark(language: Language | None) -> str:
    """The full address of the page that asks, in the reader's language where it speaks it, with the mark where the
    secret belongs."""
    address = settings.SITE_ADDRESS.rstrip("/") + reverse("felt", args=[PUT])
    code = TONGUES.first_of(language.code) if language is not None else "en"
    return address if code == "en" else f"{address}?lang={code}"


def follow_message(message: Message, before: str) -> None:
    """A letter that was written for an e-mail and now waits for the printer or a call would show its link beside the
    name: it is taken back and says why."""
    used = message.version_used
    shown = message.state in (Message.State.TO_PRINT, Message.State.TO_PHONE)
    if message.about_kind == ABOUT and shown and used is not None and used.letter.key == BY_MAIL:
        stop_message(actor=SYSTEM, message=message, reason=HAND_OVER)
