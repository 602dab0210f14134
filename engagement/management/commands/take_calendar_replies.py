"""`manage.py take_calendar_replies`: reads the answers that calendars sent to the mailbox of replies."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crm.base.actors import SYSTEM
from engagement.forums.actions.answers import take_calendar_reply
from engagement.forums.calendars.replies import reply_in_mail
from engagement.forums.calendars.scanning import MOST_OCTETS, NotReadable

MOST_MAIL = 2 * MOST_OCTETS  # an e-mail writes its calendar in base64, which is a third longer


class Command(BaseCommand):
    """Takes answers from e-mails: one from standard input, as a mail server hands it over, or all of a Maildir."""

    help = "Take answers that calendars sent: an e-mail from standard input, or the new ones of a Maildir."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to read."""
        parser.add_argument("--maildir", type=Path, help="a Maildir; what was read moves from `new` to `cur`")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take each, and say what became of it, naming nobody. Raises CommandError for what is no Maildir."""
        if options["maildir"] is None:
            self.stdout.write(self._take(sys.stdin.buffer.read(MOST_MAIL)))
            return
        for mail in self._new_in(options["maildir"]):
            with mail.open("rb") as letter:
                said = self._take(letter.read(MOST_MAIL))
            mail.rename(options["maildir"] / "cur" / f"{mail.name}:2,S")  # after it was taken: a crash reads it again
            self.stdout.write(said)

    @staticmethod
    def _new_in(maildir: Path) -> Iterator[Path]:
        if not all((maildir / part).is_dir() for part in ("new", "cur")):
            raise CommandError(f"{maildir} is no Maildir: it has no folders `new` and `cur`.")
        yield from sorted(path for path in (maildir / "new").iterdir() if path.is_file())

    @staticmethod
    def _take(data: bytes) -> str:
        try:
            reply = reply_in_mail(data)
        except NotReadable as problem:
            return f"Not taken. {problem}"
        taken = take_calendar_reply(actor=SYSTEM, reply=reply)
        return "Taken." if taken is not None else "Nothing changed: no such invitation, or it was answered since."
