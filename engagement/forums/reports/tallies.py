"""How the invitations of a forum stand: who answered what, who comes, who waits, who was not told or not phoned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, Sum

from engagement.forums.models import Forum, Invitation
from engagement.forums.reports.places import free_places
from engagement.forums.vocabulary import Answer, Place


@dataclass(frozen=True)
class Tally:
    """Invitations of one forum in numbers, for those who work on it: seats and calls to make, no statistics."""

    invited: int
    answers: list[tuple[str, str, int]]  # value, words, how many
    heads: int
    waiting: int
    to_log: int
    not_told: int
    free: int | None


def tally_of(forum: Forum, rows: Any) -> Tally:
    """Of the invitations this reader may see. 2 queries, and those of the free places."""
    rows = rows.filter(forum=forum).started().order_by()
    counts = {value: Count("pk", filter=Q(answer=value)) for value in Answer.values}
    coming = Q(answer=Answer.YES) & ~Q(place__in=(Place.WAITING, Place.OFFERED))
    heads = Sum(1 + F("guests_supporters") + F("guests_others"), filter=coming, default=0)
    told = rows.aggregate(
        invited=Count("pk"), heads=heads, waiting=Count("pk", filter=Q(place=Place.WAITING)),
        to_log=Count("pk", filter=~Q(to_say="")), **counts,
        not_told=Count("pk", filter=Q(told_sequence=None, answer=Answer.NONE)),
    )  # fmt: skip
    answers = [(value, str(words), told[value]) for value, words in Answer.choices]
    plain = {name: told[name] for name in ("invited", "heads", "waiting", "to_log", "not_told")}
    return Tally(answers=answers, free=free_places(forum), **plain)


def belongs(invitation: Invitation) -> str:
    """Who it is, in a word: for a list."""
    if invitation.panel_id:
        return f"member of {invitation.panel}"
    if invitation.organisation_id:
        return "group"
    return "" if invitation.person_id else "came by the open page"
