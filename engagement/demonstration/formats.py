"""Requests for other formats that came in the last weeks: some wait, one is late, some were answered."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from crm.base.demonstration import Say
from crm.languages.models import Language
from engagement.formats.actions import answer_format_request, ask_for_format
from engagement.formats.details import RequestDetails
from engagement.formats.models import FormatRequest
from engagement.formats.reports import answer_by, ready_by

# What is wanted, how, in which language, how to reach them (numbers Ofcom keeps for drama), how many days ago, and what
# came of it.
ASKED = [
    ("Come and talk about care at home", "read_aloud", "ur", "phone", "0121 496 0555", 2, "", ""),
    ("Direct payments: choose your own help", "easy_read", "", "email", "reader@post.example", 12, "", ""),
    ("Help if you look after somebody", "language", "so", "phone", "0121 496 0556", 4, "", ""),
    ("Staying safe from harm", "bsl", "", "text", "07700 900556", 6, "answered", "Booked an interpreter who signs it"),
    ("What we heard, and what came of it", "braille", "", "post", "14 Mill Street", 20, "done", "Sent it in braille"),
    ("Contact and help", "large_print", "", "post", "3 High Street", 25, "done", "Sent it in 20 points"),
    ("Living with dementia", "audio", "pa-Guru", "phone", "0121 496 0557", 30, "could_not", "Nobody to speak it yet"),
]


def load_formats(say: Say) -> None:
    """Ask, let some days go by, and answer."""
    today = timezone.localdate()
    for about, wanted, code, way, place, days, state, outcome in ASKED:
        language = Language.objects.filter(code=code).first() if code else None
        details = RequestDetails(about, wanted, language=language, reach_by=way, reach_at=place)
        request = ask_for_format(actor=AnonymousUser(), details=details)
        if state and request.owner is not None:
            answer_format_request(actor=request.owner, request=request, state=state, outcome=outcome)
        asked_on = today - timedelta(days=days)
        due_on = ready_by(asked_on) if state == "answered" else answer_by(asked_on)
        FormatRequest.objects.filter(pk=request.pk).update(asked_on=asked_on, due_on=due_on)
    say(f"Requests for other formats: {len(ASKED)}")
