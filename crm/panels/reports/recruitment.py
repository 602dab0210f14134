"""What those who choose read of calls and applications, and what is published of a draw: no name before an offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone

from crm.access.models import AccessNeed
from crm.access.permissions import record_need
from crm.access.told import Told
from crm.base.actors import Actor
from crm.base.phones import shown_phone
from crm.counting.figures import figure
from crm.panels.drawing import hash_of_all
from crm.panels.letters import ABOUT
from crm.panels.models import Application, Draw, RecruitmentCall
from crm.panels.vocabulary import KnowsAbout, PaidBy, ReachBy
from crm.people.models import Person
from crm.sending.models import Message

State = Application.State
TOLD = (State.OFFERED, State.RESERVE, State.NOT_CHOSEN)
ON_ITS_WAY = (Message.State.WAITING, Message.State.CLAIMED, Message.State.HANDING_OVER, Message.State.HANDED_OVER)
BY_HAND = {"phone": "Phone them", "text": "Send them a text message", "letter": "Write them a letter",
           "group": "Tell them through their group", "email": "Write to them"}  # fmt: skip
NAMED = ("name", "reach_by", "reach_at", "language")  # what nobody who chooses reads before a place is offered


@dataclass(frozen=True)
class Who:
    """Who an applicant is: known from the offer of a place on."""

    name: str
    reach_by: str
    reach_at: str
    entered_by: str
    language: str


def who(application: Application) -> Who | None:
    """Name and contact details; None while the choice is blind."""
    if not application.name_may_be_read:
        return None
    at = shown_phone(application.reach_at) if application.reach_by in ("phone", "text") else application.reach_at
    by = dict(ReachBy.choices).get(application.reach_by, "")
    entered = application.entered_by.name if application.entered_by is not None else ""
    language = application.language.name if application.language else "English"
    return Who(application.name, str(by), at, entered, language)


def how_told(application: Application) -> str:
    """How the applicant hears what was decided, and what is left for a colleague to do; "" where nothing was decided.
    Tells no name and no number by itself. At most 1 query."""
    if application.state not in TOLD or application.blanked_on:
        return ""
    sent = Message.objects.about(ABOUT, [application.pk]).order_by("-created_at", "-id").first()
    if sent is not None and sent.state in ON_ITS_WAY:
        return f"Our answer goes by e-mail: {sent.get_state_display().lower()}."
    by = application.reach_by
    if by == ReachBy.LINK and application.digest:
        return "They read our answer on their own page."
    failed = "Our e-mail did not reach them. " if sent is not None else ""
    how = BY_HAND.get(by, "Tell them")
    if application.name_may_be_read:
        return f"{failed}{how}: their name and how to reach them stand above."
    return f"{failed}{how}. Their name and how to reach them show once everybody has an answer."


def answers(application: Application) -> dict[str, Any]:
    """The answers that may be read without knowing who gave them: the field → the words."""
    paid = str(dict(PaidBy.choices).get(application.paid_by, ""))
    return {
        "postcode_start": application.postcode_start,
        "knows_about": [str(KnowsAbout(one).label) for one in application.knows_about],
        "topics": application.topics,
        "when_and_how": application.when_and_how,
        "would_help": application.would_help,
        "paid_by": str(paid),
    }


def told_in_applications(reader: Actor, person: Person) -> list[Told]:
    """What somebody who got a place said would help them, for those who may read their application: words that can be
    written down as an access need, once they were asked. 1 query."""
    rows = Application.objects.visible_to(reader).filter(person=person, membership__isnull=False)
    said = rows.exclude(would_help="").exclude(sent_at=None).order_by("-sent_at")
    return [Told(one.would_help, timezone.localdate(one.sent_at), "in their application") for one in said]


def whose_words_wait(application: Application, reader: Actor) -> Person | None:
    """The person, seen by the reader, whose words about what would help have led to no access need since they came."""
    if not (application.person_id and application.membership_id and application.would_help and application.sent_at):
        return None
    if not record_need.row.open_to(reader):
        return None
    since = AccessNeed.objects.filter(person=application.person_id, created_at__gte=application.sent_at)
    if since.exists():
        return None
    return Person.objects.visible_to(reader).filter(pk=application.person_id).first()


def next_on_reserve(call: RecruitmentCall) -> Application | None:
    """Who is asked next when a place is free: the first of the reserve list, if a place is free."""
    taken = Application.objects.filter(call=call, state__in=[State.OFFERED, State.ACCEPTED]).count()
    if taken >= call.places:
        return None
    return Application.objects.filter(call=call, state=State.RESERVE).order_by("reserve_rank").first()


def how_far(call: RecruitmentCall, reader: Actor) -> list[tuple[str, int]]:
    """State → how many applications, for those who choose: their own work list, not a figure that is given out."""
    rows: QuerySet[Any] = Application.objects.visible_to(reader).filter(call=call).order_by()
    counts = {row["state"]: row["many"] for row in rows.values("state").annotate(many=Count("pk"))}
    return [(str(label), counts[value]) for value, label in State.choices if value in counts]


def record_of(draw: Draw) -> dict[str, Any]:
    """What colleagues and auditors read of a draw: with the pool it is enough to draw again. Never a name, a number or
    the pool."""
    return {**_facts(draw), "quotas": _in_words(draw, draw.quotas)}


def published(draw: Draw) -> dict[str, Any]:
    """What anybody may read of a draw: without the quotas that would tell of a few of those drawn. That they were not
    changed since is shown by a fingerprint of pool and quotas together, which only who has both can make."""
    shown = {question: cells for question, cells in draw.quotas.items() if _tells_of_no_few(cells, draw.call.places)}
    hidden = [question for question in draw.quotas if question not in shown]
    words = _words(draw)
    return {
        **_facts(draw), "quotas": _in_words(draw, shown), "quotas_hidden": [words.get(key, key) for key in hidden],
    }  # fmt: skip


def _facts(draw: Draw) -> dict[str, Any]:
    return {
        "call": draw.call.title,
        "places": draw.call.places,
        "pool_sha256": draw.pool_hash,
        "pool_and_quotas_sha256": hash_of_all(draw.pool, draw.quotas),
        "frozen_at": draw.frozen_at.isoformat(),
        "method": draw.method,
        "seed": draw.seed,
        "seed_source": draw.seed_source,
        "drawn_at": draw.drawn_at.isoformat() if draw.drawn_at else None,
        "people_in_pool": str(figure(len(draw.pool))),
        "people_drawn": len(draw.chosen),
    }


def _tells_of_no_few(cells: Mapping[str, Sequence[int]], places: int) -> bool:
    """Whether no answer, nor all others together, is surely given by somebody and surely by fewer than may be shown:
    the quotas of an answer say so, or what the others leave of the places does."""
    least, most = sum(low for low, _ in cells.values()), sum(high for _, high in cells.values())
    ranges = [(max(low, places - (most - high)), min(high, places - (least - low))) for low, high in cells.values()]
    ranges.append((places - most, places - least))
    return not any(high > 0 and low > 0 and high < settings.SMALL_NUMBERS_UNDER for low, high in ranges)


def _words(draw: Draw) -> dict[str, str]:
    return {one["key"]: one["words"] for one in draw.call.pool_questions}


def _in_words(draw: Draw, quotas: Mapping[str, Any]) -> list[dict[str, Any]]:
    words = _words(draw)
    return [
        {"key": key, "question": words.get(key, key), "answer": answer, "least": least, "most": most}
        for key, cells in quotas.items()
        for answer, (least, most) in cells.items()
    ]
