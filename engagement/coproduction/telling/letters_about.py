"""The kinds of letter an answer goes in, who may see messages about one, and the link to say whether it helped."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from crm.base.actors import Actor
from crm.base.kept import kept
from crm.sending.registry import AboutKind, LetterKind, about_kinds, letter_folders, letter_kinds
from engagement.coproduction.telling.models import Telling
from engagement.log.models import Promise

ABOUT, LETTER, PURPOSE = "answer", "answer", "answering"
ABOUT_PROMISE, REMINDER = "promise", "promise-reminder"
PUT = "put-in-when-it-is-sent"  # stands for the secret of the link in what is kept
SALT = "engagement.coproduction.telling.helped"
WEEKS_OPEN = 12  # so long a link can be used
PLACEHOLDERS = {
    "said": "what they said, in the words of the answer",
    "said_on": "when they said it",
    "answer": "our answer",
    "help_link": "the reader's own link to say whether it helped",
}


def register_letters_of_answers() -> None:
    """The answer, and the reminder of a promise."""
    needed = frozenset({"said", "answer"})
    letter_kinds.add(LETTER, LetterKind("An answer to what somebody said", PLACEHOLDERS, needed))
    promise = {"due_on": "by when it was promised", "promise_link": "the page of the promise"}
    letter_kinds.add(
        REMINDER, LetterKind("Reminder of a promise, to a colleague", promise, frozenset({"promise_link"}))
    )
    letter_folders.add("answers", Path(__file__).parent / "letters")
    about_kinds.add(ABOUT, AboutKind("Answer to what somebody said", _readable, _may_write, _address, put_in=put_in))
    because = "You get this because you keep this promise."
    about_kinds.add(
        ABOUT_PROMISE, AboutKind("Promise", _promises, _may_write_promise, _promise, only=True, because=because)
    )


@kept
def _readable(actor: Actor) -> Any:
    return Telling.objects.visible_to(actor).order_by().values("pk")


def _may_write(actor: Actor, pk: UUID) -> bool:
    return Telling.objects.visible_to(actor).filter(pk=pk).exists()


def _address(pk: UUID) -> str:
    return reverse("workspace:telling", args=[pk])


@kept
def _promises(actor: Actor) -> Any:
    return Promise.objects.visible_to(actor).order_by().values("pk")


def _may_write_promise(actor: Actor, pk: UUID) -> bool:
    return Promise.objects.visible_to(actor).filter(pk=pk).exists()


def _promise(pk: UUID) -> str:
    return reverse("workspace:promise", args=[pk])


def secret_of(pk: UUID) -> str:
    """The secret of the link of one answer. It is signed and kept nowhere."""
    return signing.dumps(str(pk), salt=SALT)


def telling_behind(secret: str) -> UUID | None:
    """The answer a link belongs to; None when it is not ours or too old."""
    try:
        return UUID(signing.loads(secret, salt=SALT, max_age=WEEKS_OPEN * 7 * 86_400))
    except (signing.BadSignature, ValueError):
        return None


def put_in(pk: UUID) -> Mapping[str, str]:
    """The secret of their own link, while the letter is handed over."""
    return {PUT: secret_of(pk)}


def link_with_mark() -> str:
    """The full address of the page that asks whether it helped, with the mark where the secret belongs."""
    return settings.SITE_ADDRESS.rstrip("/") + reverse("answer-helped", args=[PUT])
