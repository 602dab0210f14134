"""Who may see who is due an answer, write it, approve it, and put it into public."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crm.base.actors import FIELD_ROLES, OFFICE_ROLES, Actor, Role
from crm.base.permissions import permission
from engagement.coproduction.telling.models import AnswerWords, PublicPromise, Telling
from engagement.coproduction.themes.models import READERS
from engagement.log.models import Promise

CHECKERS = frozenset({Role.LEAD, Role.MANAGER, Role.TRANSLATOR, Role.CHECKER})
PUBLISHERS = frozenset({Role.LEAD, Role.MANAGER, Role.PUBLISHER})
COUNTERS = OFFICE_ROLES | {Role.ANALYST, Role.PUBLISHER}


def _sees(actor: Actor, tellings: Sequence[Telling]) -> bool:
    wanted = {telling.pk for telling in tellings}
    return Telling.objects.visible_to(actor).filter(pk__in=wanted).count() == len(wanted)


@permission("Read who is due an answer", roles=OFFICE_ROLES, scope="read")
def read_tellings(*, actor: Actor) -> bool:
    """People one may see, and groups, about points one may read."""
    return True


@permission("Draft answers", roles=OFFICE_ROLES)
def draft_tellings(*, actor: Actor, tellings: Sequence[Telling]) -> bool:
    """Whoever may read them."""
    return _sees(actor, tellings)


@permission("Approve answers and send them", roles=OFFICE_ROLES)
def approve_tellings(*, actor: Actor, tellings: Sequence[Telling]) -> bool:
    """Whoever may read them."""
    return _sees(actor, tellings)


@permission("Say why somebody is not told", roles=OFFICE_ROLES)
def excuse_telling(*, actor: Actor, telling: Telling) -> bool:
    """Whoever may read it."""
    return _sees(actor, [telling])


@permission("Note that somebody was told in person", roles=OFFICE_ROLES)
def tell_in_person(*, actor: Actor, telling: Telling) -> bool:
    """Whoever may read it."""
    return _sees(actor, [telling])


@permission("Read answers in words", roles=READERS, scope="read")
def read_answer_words(*, actor: Actor) -> bool:
    """Whoever meets people, counts or publishes: they are the council's own words."""
    return True


@permission("Write an answer in words", roles=OFFICE_ROLES | {Role.PUBLISHER, Role.TRANSLATOR})
def word_answer(*, actor: Actor) -> bool:
    """Officers, leads and managers; publishers and translators."""
    return True


@permission("Note that the words of an answer were checked", roles=CHECKERS)
def check_answer_words(*, actor: Actor, words: AnswerWords) -> bool:
    """Leads, managers, translators and checkers; never whoever wrote them."""
    written_by: Any = words.written_by_id
    return bool(written_by != actor.pk)


@permission("Read how long answers take", roles=COUNTERS, scope="read")
def read_days_to_answer(*, actor: Actor) -> bool:
    """Officers, leads, managers, analysts and publishers: numbers only, small ones hidden."""
    return True


@permission("Say whether an answer helped", public=True)
def answer_whether_it_helped(*, actor: Actor) -> bool:
    """Whoever has the link of an answer; once."""
    return True


@permission("Read what stands in public", roles=READERS, scope="read")
def read_public_lines(*, actor: Actor) -> bool:
    """Whoever meets people, counts or publishes: those taken off too."""
    return True


@permission("Read You said, we did", public=True, scope="read")
def read_you_said(*, actor: Actor) -> bool:
    """Anyone: numbers only, small ones hidden, and words for anyone to read."""
    return True


@permission("Put a decision into You said, we did", roles=PUBLISHERS)
def publish_line(*, actor: Actor) -> bool:
    """Leads, managers and publishers."""
    return True


@permission("Take a decision off You said, we did", roles=PUBLISHERS)
def take_line_off(*, actor: Actor) -> bool:
    """Leads, managers and publishers."""
    return True


def _reads(actor: Actor, promise: Promise) -> bool:
    return Promise.objects.visible_to(actor).filter(pk=promise.pk).exists()


@permission("Put a promise into the public list", roles=FIELD_ROLES)
def publish_promise(*, actor: Actor, promise: Promise) -> bool:
    """Whoever may see the promise."""
    return _reads(actor, promise)


@permission("Take a promise off the public list", roles=FIELD_ROLES | {Role.PUBLISHER})
def take_promise_off(*, actor: Actor, public: PublicPromise) -> bool:
    """Whoever meets people, and publishers: what should not stand there is taken off at once."""
    return True


@permission("Remind whoever keeps a promise", roles=(), scope="admin", system=True)
def remind_of_promises(*, actor: Actor) -> bool:
    """Only the system, every day."""
    return True
