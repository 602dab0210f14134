"""What rooms above put in: kinds of letter, what messages are about, and who follows their states."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from crm.base.actors import Actor
from crm.base.registries import Registry

# Placeholders every letter may use; they are filled in here.
ALWAYS: dict[str, str] = {
    "name": "how they want to be addressed",
    "council": "the name of the council",
    "council_phone": "the phone number people may ring",
    "council_email": "the address people may write to",
}


@dataclass(frozen=True)
class LetterKind:
    """One kind of letter: what it is for, and which placeholders its words may use (name → what it stands for).

    `needed` must stand in its words, like the link to answer. Only those `in_subject` may stand in a subject, because
    others see subjects: never a name. `by_hand`: an officer may write it to one person from their page.
    """

    name: str
    placeholders: Mapping[str, str] = field(default_factory=dict)
    needed: frozenset[str] = frozenset()
    in_subject: frozenset[str] = frozenset()
    by_hand: bool = False

    @property
    def known(self) -> dict[str, str]:
        """Every placeholder its words may use, those of all letters first."""
        return {**ALWAYS, **self.placeholders}


@dataclass(frozen=True)
class Now:
    """What a message that was written earlier would say now: the values of its placeholders, and its calendar entry
    (method and text) where that changed. `why_not`: why it should not go any more. `heard` is called when its words
    were made anew, inside the same action."""

    values: Mapping[str, str] = field(default_factory=dict)
    calendar: tuple[str, str] | None = None
    why_not: str = ""
    heard: Callable[[], object] = field(default=lambda: None)


@dataclass(frozen=True)
class AboutKind:
    """What a message may be about. `readable` asks for the ids an actor may see (a kept question), `may_write` says
    whether they may write about one, `address` the page of one, empty for none. `only`: nobody but those of `readable`
    sees its messages, because their address would tell what they may not know. `put_in` gives, for one record, what its
    messages hold only while they are handed over and what is kept nowhere (a link with a secret): the mark that stands
    for it → the words. `now` says what a message about one would say now; None where its words never grow old.
    `because`: why the reader gets it, for letters to colleagues, who cannot ask to hear no more of their work.
    """

    name: str
    readable: Callable[[Actor], Iterable[Any]]
    may_write: Callable[[Actor, UUID], bool]
    address: Callable[[UUID], str]
    only: bool = False
    put_in: Callable[[UUID], Mapping[str, str]] = field(default=lambda pk: {})
    now: Callable[[Any], Now | None] = field(default=lambda message: None)
    because: str = ""


letter_kinds: Registry[LetterKind] = Registry("kinds of letter")
about_kinds: Registry[AboutKind] = Registry("what messages are about")


def secrets_for(kind: str, pk: UUID | None) -> Mapping[str, str]:
    """What is put into one message while it is handed over: asked once for each, because it may differ each time."""
    return about_kinds[kind].put_in(pk) if pk is not None and kind in about_kinds else {}


def with_secrets(words: str, secrets: Mapping[str, str]) -> str:
    """The words of a message as they are handed over."""
    for mark, secret in secrets.items():
        words = words.replace(mark, secret)
    return words


def kind_of(key: str) -> LetterKind:
    """The kind of a letter; one without placeholders of its own where no room has put it in."""
    return letter_kinds[key] if key in letter_kinds else LetterKind(key)  # a registry has no get


# Called inside the action that changed a message, with the message and the state it was in before ("" for a new one).
message_changed: Registry[Callable[[Any, str], None]] = Registry("what follows a message")
# Folders of letters that come with Heard; rooms above put theirs in. `manage.py load_letters` reads them.
letter_folders: Registry[Path] = Registry("folders of letters")
