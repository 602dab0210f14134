"""What is missing before somebody can sit on a panel, or leave it: the words every door says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from crm.base.rules import Blocker
from crm.communities.models import Community
from crm.declared.models import DeclaredCommunity
from crm.panels.details.panels import LeaveDetails, MembershipDetails, NoteDetails
from crm.panels.models import Membership, Panel, Seat
from crm.panels.rules.panels import blockers_to_standing
from crm.people.models import Person

# The purpose (crm/privacy/data/purposes.csv) for which people tell us their community so that a seat can be kept.
FOR_SEATS = "seats"
Part = Membership.Part

OTHER_PANEL = Blocker("seat_of_another_panel", "This seat belongs to another panel", "seat")
SEAT_ENDED = Blocker("seat_ended", "This seat was taken away. Choose another", "seat")
SEAT_TAKEN = Blocker("seat_taken", "Somebody sits there in these days. Choose another seat or other days", "seat")
BACKWARDS = Blocker("days_backwards", "The last day must be the first day or later", "last_day")
BEFORE_PANEL = Blocker("day_before_panel", "The panel did not meet yet on this day", "first_day")
ALREADY = Blocker("already_there", "They sit on this panel already in these days", "first_day")
CHAIR_TAKEN = Blocker("chair_taken", "This panel has a chair in these days. One person chairs at a time", "role")
FOR_WHOM = Blocker("substitute_for_missing", "Choose whom they stand in for", "substitutes")
NOT_A_SUBSTITUTE = Blocker("not_a_substitute", "Only a substitute stands in for somebody", "substitutes")
STRANGER = Blocker("substitute_for_stranger", "Choose somebody who sits on this panel and is no substitute",
                   "substitutes")  # fmt: skip
NO_OWN_SEAT = Blocker("substitute_in_seat", "A substitute has no seat of their own: they use that of whom they stand "
                      "in for", "seat")  # fmt: skip
LEFT = Blocker("member_left", "They left this panel")
NO_BECAUSE = Blocker("reason_missing", "Choose why they left", "because")
LEAVES_EARLY = Blocker("leaves_before_start", "They cannot leave before their first day", "last_day")
LEAVES_LATE = Blocker("leaves_after_term", "Their term is over before that day", "last_day")
NO_WORDS = Blocker("words_missing", "Write what they declared, or what the training was", "words")
NO_NOTE_KIND = Blocker("kind_missing", "Choose interest or training", "kind")
NOTE_FUTURE = Blocker("day_in_future", "The day must be today or in the past", "happened_on")


def not_declared(community: Community) -> Blocker:
    """Why a reserved seat stays free, said so that nobody guesses and nobody is pressed."""
    words = (
        f"This seat is kept for people who told us themselves that they belong here: {community.name}. They have not "
        "told us so for keeping seats. You can ask them, and they can say no. Please never guess. Any open seat is "
        "theirs without it"
    )
    return Blocker("not_declared", words, "seat")


def own_declaration(person: Person, community: Community) -> DeclaredCommunity | None:
    """What the person said themselves, for keeping seats, and did not take back: that they belong to this community or
    to one that lies in it. None when they did not."""
    within = Community.objects.within(community).order_by().values("pk")
    said = DeclaredCommunity.objects.standing().filter(
        person=person, purpose__key=FOR_SEATS, purpose__ended_on=None, community__in=within
    )
    return said.order_by("-declared_on", "-id").first()


def still_said() -> Q:
    """Of memberships: whoever sits in a reserved seat said so themselves and did not take it back. In a seat that is
    open to everybody there is nothing to say."""
    said = DeclaredCommunity.objects.standing().filter(
        person=OuterRef("person"), purpose__key=FOR_SEATS, purpose__ended_on=None,
        community__enclosing__ancestor=OuterRef("seat__reserved_for"),
    )  # fmt: skip
    return Q(seat__reserved_for=None) | Q(Exists(said.order_by()))


def needed_seat(details: MembershipDetails) -> Seat | None:
    """The seat whose reservation counts: their own, or that of whom they stand in for."""
    return details.substitutes.seat if details.substitutes else details.seat


def blockers_to_joining(
    panel: Panel, person: Person, details: MembershipDetails, *, first_day: date, besides: Membership | None = None
) -> Iterator[Blocker]:
    """Everything that keeps somebody from sitting there so, in that term. `besides` is their own row when it
    changes."""
    if details.last_day is not None and details.last_day < first_day:
        yield BACKWARDS
        return
    if first_day < panel.first_day:
        yield BEFORE_PANEL
    others = Membership.objects.filter(panel=panel)
    others = others.exclude(pk=besides.pk) if besides else others
    meanwhile = _overlapping(others, first_day, details.last_day)
    if meanwhile.filter(person=person).exists():
        yield ALREADY
    if details.role == Part.CHAIR and meanwhile.filter(role=Part.CHAIR).exists():
        yield CHAIR_TAKEN
    yield from _about_substitutes(panel, person, details)
    yield from _about_the_seat(panel, details, meanwhile)
    if _is_new_claim(details, besides):
        yield from _about_the_reservation(person, details)


def _overlapping(rows: QuerySet[Membership], first: date, last: date | None) -> QuerySet[Membership]:
    rows = rows.filter(Q(last_day=None) | Q(last_day__gte=first))
    return rows if last is None else rows.filter(first_day__lte=last)


def _about_substitutes(panel: Panel, person: Person, details: MembershipDetails) -> Iterator[Blocker]:
    if details.role != Part.SUBSTITUTE:
        if details.substitutes is not None:
            yield NOT_A_SUBSTITUTE
        return
    whom = details.substitutes
    if whom is None:
        yield FOR_WHOM
    elif whom.panel_id != panel.pk or whom.person_id == person.pk or whom.role == Part.SUBSTITUTE:
        yield STRANGER
    if details.seat is not None:
        yield NO_OWN_SEAT


def _about_the_seat(panel: Panel, details: MembershipDetails, meanwhile: QuerySet[Membership]) -> Iterator[Blocker]:
    seat = details.seat
    if seat is None:
        return
    if seat.panel_id != panel.pk:
        yield OTHER_PANEL
    elif seat.ended_on:
        yield SEAT_ENDED
    elif meanwhile.filter(seat=seat).exists():
        yield SEAT_TAKEN


def _is_new_claim(details: MembershipDetails, besides: Membership | None) -> bool:
    """A declaration is asked for when somebody comes to the seat, and when their term is made longer."""
    seat = needed_seat(details)
    if besides is None or seat is None:
        return True
    before = besides.substitutes.seat_id if besides.substitutes else besides.seat_id
    longer = besides.last_day is not None and (details.last_day is None or details.last_day > besides.last_day)
    return seat.pk != before or longer


def _about_the_reservation(person: Person, details: MembershipDetails) -> Iterator[Blocker]:
    seat = needed_seat(details)
    if seat is not None and seat.reserved_for is not None and own_declaration(person, seat.reserved_for) is None:
        yield not_declared(seat.reserved_for)


def blockers_to_changing_member(membership: Membership) -> Iterator[Blocker]:
    """Why nothing about it can be changed any more."""
    if membership.left_because:
        yield LEFT
    yield from blockers_to_standing(membership.panel)


def blockers_to_leaving(membership: Membership, details: LeaveDetails, last_day: date) -> Iterator[Blocker]:
    """Everything that keeps this from being recorded."""
    if not details.because:
        yield NO_BECAUSE
    if last_day < membership.first_day:
        yield LEAVES_EARLY
    if membership.last_day is not None and last_day > membership.last_day:
        yield LEAVES_LATE


def blockers_to_noting(details: NoteDetails, today: date) -> Iterator[Blocker]:
    """Everything that keeps this from being noted."""
    if not details.kind:
        yield NO_NOTE_KIND
    if not details.words.strip():
        yield NO_WORDS
    if details.happened_on is not None and details.happened_on > today:
        yield NOTE_FUTURE
