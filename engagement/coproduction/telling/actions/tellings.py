"""Answers: drafted, approved in batches, told in person, or excused with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, lock, write
from crm.audit.verbs import Verb
from crm.base.rules import refuse_if, refuse_input_if
from crm.languages.dates import day_in_words
from crm.languages.models import Language
from crm.people.safety import WRITTEN
from crm.privacy.models import Purpose
from crm.sending import reaching
from crm.sending.actions import draft_message, queue_messages
from crm.sending.details import About, Recipient
from crm.sending.models import Format, Message
from engagement.coproduction.telling import letters_about as about
from engagement.coproduction.telling import permissions, rules
from engagement.coproduction.telling.actions.due import take_back
from engagement.coproduction.telling.details import Approved
from engagement.coproduction.telling.models import AnswerWords, Telling
from engagement.coproduction.telling.wording import Chosen, choose, versions_of

State = Telling.State


@dataclass
class _Drafts:
    """What is the same for many answers, asked once."""

    purpose: Purpose | None
    versions: dict[UUID, list[AnswerWords]] = field(default_factory=dict)

    def versions_about(self, telling: Telling) -> list[AnswerWords]:
        """The words there are for what they are told."""
        record = telling.about
        if record.pk not in self.versions:
            self.versions[record.pk] = versions_of(record)
        return self.versions[record.pk]


@action(permissions.draft_tellings)
def draft_tellings(*, actor: User, tellings: Sequence[Telling]) -> list[Telling]:
    """Write the answers in each reader's language and form, for their safe way; nothing is sent yet. Who cannot be
    reached safely is held back with the reason. One drafted before is drafted anew. Raises `Blocked`,
    `InputBlocked`."""
    refuse_input_if(rules.blockers_to_batch(tellings))
    drafts = _Drafts(Purpose.objects.current().filter(key=about.PURPOSE).first())
    return [_draft(actor, telling, drafts) for telling in tellings]


def _draft(actor: User, telling: Telling, drafts: _Drafts) -> Telling:
    fresh = lock(telling)
    refuse_if(rules.blockers_to_drafting(fresh))
    fresh = take_back(actor, fresh)
    language, form = _reader(fresh, drafts.purpose)
    chosen = choose(fresh.about, drafts.versions_about(fresh), language, form)
    message = draft_message(
        actor=actor,
        to=Recipient(person=fresh.person, organisation=fresh.organisation),
        purpose=drafts.purpose,
        template_key=about.LETTER,
        values=_values(fresh, chosen),
        about=About(about.ABOUT, fresh.pk),
        language=language,
    )
    fresh.language, fresh.words_used, fresh.message = language, chosen.words, message
    fresh.lacks = ". ".join(filter(None, [chosen.lacks, message.fell_back.rstrip(".")]))[:300]
    fresh.state, fresh.why = (State.DRAFTED, "") if message.way else (State.HELD, message.why)
    fresh.approved_by = fresh.approved_on = None
    return write(fresh, verb=Verb.TELLING_DRAFTED)


def _reader(telling: Telling, purpose: Purpose | None) -> tuple[Language | None, str]:
    """The language and form of written words; what is said aloud is read by a colleague, in English. A group gets plain
    English."""
    person = reaching.fresh_person(telling.person_id)
    if person is None or purpose is None:
        return None, Format.STANDARD
    form = reaching.form_for(person)
    route = reaching.route_to(person, purpose, form=form)
    if route.way and route.way not in WRITTEN:
        return None, Format.STANDARD
    return reaching.english_is_none(reaching.language_for(person)), form


def _values(telling: Telling, chosen: Chosen) -> dict[str, str]:
    words = chosen.words
    return {
        "said": chosen.said.said,
        "said_on": day_in_words(telling.said_on, words.language.code if words and words.language else "en"),
        "answer": chosen.said.answer,
        "help_link": about.link_with_mark(),
    }


@action(permissions.approve_tellings)
def approve_tellings(*, actor: User, tellings: Sequence[Telling], because: str = "") -> Approved:
    """Send the answers that were drafted. Words that nobody checked are not sent, whatever is said; one that is not as
    the reader needs it waits unless `because` says why it must go as it is. Who cannot be reached safely by now is held
    back. What was approved before stays as it is, so that a second press changes nothing. Raises `InputBlocked`."""
    refuse_input_if(rules.blockers_to_batch(tellings))
    done = Approved()
    ready: list[Telling] = []
    for telling in tellings:
        fresh = lock(telling)
        (done.waiting if list(rules.blockers_to_approving(fresh, because)) else ready).append(fresh)
    for row in ready:
        row.approved_by, row.approved_on, row.why = (
            actor,
            timezone.localdate(),
            because.strip()[:300] if row.lacks else "",
        )
        write(row, verb=Verb.TELLING_APPROVED)
    messages = [row.message for row in ready if row.message is not None]
    held = {message.pk for message in _queue(actor, messages)}
    for row in ready:
        row.refresh_from_db()
        (done.held if row.message_id in held else done.sent).append(row)
    return done


def _queue(actor: User, messages: Sequence[Message]) -> list[Message]:
    """Send them. Gives those that were held back."""
    return queue_messages(actor=actor, messages=messages).held if messages else []


@action(permissions.excuse_telling)
def excuse_telling(*, actor: User, telling: Telling, reason: str, expected_version: int | None = None) -> Telling:
    """Say why somebody is not told; the reason stands. A draft is taken back. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh = lock(telling, expected_version=expected_version)
    found = list(rules.blockers_to_excusing(fresh, reason))
    refuse_if([blocker for blocker in found if not blocker.field])
    refuse_input_if(found)
    fresh = take_back(actor, fresh)
    fresh.state, fresh.why = State.EXCUSED, reason.strip()
    return write(fresh, verb=Verb.TELLING_EXCUSED)


@action(permissions.tell_in_person)
def tell_in_person(
    *, actor: User, telling: Telling, how: str, told_on: date | None = None, expected_version: int | None = None
) -> Telling:
    """Note that they were told without a message, like at a meeting. A draft is taken back. Raises `Stale`, `Blocked`,
    `InputBlocked`."""
    fresh, today = lock(telling, expected_version=expected_version), timezone.localdate()
    found = list(rules.blockers_to_telling_in_person(fresh, how, told_on or today, today))
    refuse_if([blocker for blocker in found if not blocker.field])
    refuse_input_if(found)
    fresh = take_back(actor, fresh)
    fresh.state, fresh.why, fresh.told_on = State.TOLD, how.strip(), told_on or today
    return write(fresh, verb=Verb.TELLING_MOVED)
