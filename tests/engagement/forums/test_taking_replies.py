"""The command that takes answers from calendars: one e-mail, or a Maildir, and nothing twice."""

from __future__ import annotations

import io
from email.message import EmailMessage

import pytest
from django.core.management import CommandError, call_command

from engagement.forums.calendars.scheduling import replies_to
from engagement.forums.models import Invitation
from tests.engagement.forums.inviting import an_invitation


def mail(invitation: Invitation, said: str = "ACCEPTED", stamp: str = "20990101T100000Z") -> bytes:
    mailbox = replies_to("replies@heard.example", invitation.secret)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "METHOD:REPLY", "BEGIN:VEVENT", f"UID:{invitation.forum.uid}",
        f"DTSTAMP:{stamp}", "SEQUENCE:0", f"ORGANIZER:mailto:{mailbox}",
        f"ATTENDEE;PARTSTAT={said}:mailto:parveen@example.org", "END:VEVENT", "END:VCALENDAR", "",
    ]  # fmt: skip
    message = EmailMessage()
    message["To"] = mailbox
    message.set_content("Accepted")
    message.add_attachment("\r\n".join(lines).encode(), "text", "calendar", filename="reply.ics")
    return message.as_bytes()


def taken(*arguments: str) -> list[str]:
    said = io.StringIO()
    call_command("take_calendar_replies", *arguments, stdout=said)
    return said.getvalue().splitlines()


def test_an_email_from_the_mail_server_sets_the_answer_of_that_one_invitation(world, monkeypatch):
    invitation = an_invitation(world)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(mail(invitation))))
    assert taken() == ["Taken."]
    invitation.refresh_from_db()
    assert (invitation.answer, invitation.answered_how) == ("yes", "calendar")


def test_a_maildir_is_read_once_and_what_cannot_be_read_stops_nothing(world, tmp_path):
    invitation = an_invitation(world)
    for part in ("new", "cur", "tmp"):
        (tmp_path / part).mkdir()
    (tmp_path / "new" / "1").write_bytes(b"To: replies@heard.example\r\n\r\nI cannot come, sorry.")
    (tmp_path / "new" / "2").write_bytes(mail(invitation, "DECLINED"))
    (tmp_path / "new" / "3").write_bytes(mail(invitation, "ACCEPTED", stamp="20200101T100000Z"))
    first, *rest = taken("--maildir", str(tmp_path))
    assert first == "Not taken. Line 1: There is no calendar in this e-mail."
    assert rest == ["Taken.", "Nothing changed: no such invitation, or it was answered since."]
    assert taken("--maildir", str(tmp_path)) == []
    assert len(list((tmp_path / "cur").iterdir())) == 3
    invitation.refresh_from_db()
    assert invitation.answer == "no"


def test_a_folder_that_is_no_maildir_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no Maildir"):
        taken("--maildir", str(tmp_path))
