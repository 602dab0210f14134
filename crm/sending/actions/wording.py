"""The words of one message: as they are made at first, and anew when what they tell has changed before they went."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from crm.areas.models import Council
from crm.audit.actions import attach, record
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.languages.dates import day_in_words
from crm.sending.models import LetterVersion, Message, MessageStep
from crm.sending.registry import Now, about_kinds
from crm.sending.rendering import Rendered, render

STOP = "You get this because: {purpose}. If you want to hear no more of this, tell us."
MADE_ANEW = "What it tells has changed since it was written. Its words were made anew"


def words_for(message: Message, version: LetterVersion, given: Mapping[str, str | date]) -> Rendered:
    """A version of a letter as this reader gets it, with who sends it and how to stop it. Days are written as its
    language writes them. 1 query."""
    council = Council.objects.first()
    always = {
        "name": _name(message),
        "council": council.name if council else "",
        "council_phone": council.contact_phone if council else "",
        "council_email": council.contact_email if council else "",
    }
    reach_us = " · ".join(filter(None, [always["council_phone"], always["council_email"]]))
    footer = "\n".join(filter(None, [always["council"], reach_us, _why(message)]))
    code = version.language.code if version.language else "en"
    told = {name: day_in_words(value, code) if isinstance(value, date) else value for name, value in given.items()}
    return render(version, {**always, **told}, form=message.format, footer=footer)


def _why(message: Message) -> str:
    because = about_kinds[message.about_kind].because if message.about_kind in about_kinds else ""
    return because or STOP.format(purpose=message.purpose.name)


def _name(message: Message) -> str:
    if message.person:
        return message.person.form_of_address or message.person.name
    return message.organisation.name if message.organisation else ""


def now_of(message: Message) -> Now | None:
    """What it would say now; None where its words never grow old."""
    found = about_kinds[message.about_kind].now(message) if message.about_kind in about_kinds else None
    return found if message.version_used_id and not message.blanked_on else None


def make_anew(message: Message, now: Now, *, actor: Actor) -> bool:
    """Give a message, held by whoever calls, the words it would get now; its history says so. Says whether they
    differ."""
    assert message.version_used is not None  # `now_of` gives nothing otherwise
    made = words_for(message, message.version_used, now.values)
    told: dict[str, Any] = {"subject": made.subject[:200], "text": made.text, "html": made.html}
    if now.calendar is not None:
        told.update(calendar_method=now.calendar[0], calendar_text=now.calendar[1])
    changed = [name for name, value in told.items() if getattr(message, name) != value]
    if not changed:
        return False
    for name in changed:
        setattr(message, name, told[name])
    message.version += 1
    message.save(update_fields=[*changed, "version", "modified_at"])
    record(Verb.MESSAGE_MADE_ANEW, subject=message, fields=sorted(changed))
    attach([MessageStep(message=message, state=message.state, words=MADE_ANEW, by_id=actor.pk)])
    now.heard()
    return True
