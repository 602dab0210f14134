"""The list at the desk of a forum: who is expected, who came, how many altogether, and whose phone number it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Sum

from crm.base.actors import Actor
from crm.base.phones import kept_phone
from crm.people.models import ContactWay, Person
from engagement.forums.models import Attendance, Captured, Forum, Headcount, Invitation
from engagement.forums.vocabulary import Place

BY_NUMBER = (ContactWay.Kind.PHONE, ContactWay.Kind.TEXT)
MOST = 500  # as many as can be invited at a time


@dataclass(frozen=True)
class AtTheDesk:
    """One line: somebody who was invited, or who walked in, and what is written down about them."""

    invitation: Invitation | None
    attendance: Attendance | None

    @property
    def key(self) -> str:
        """What its buttons send: which invitation or attendance it is."""
        return f"i{self.invitation.pk}" if self.invitation else f"a{self.attendance.pk}" if self.attendance else ""

    @property
    def name(self) -> str:
        """Who it is."""
        if self.invitation is not None:
            return self.invitation.name
        return self.attendance.name if self.attendance else ""

    @property
    def person(self) -> Person | None:
        """The person, where there is a record of them."""
        return self.invitation.person if self.invitation else self.attendance.person if self.attendance else None

    @property
    def expected(self) -> bool:
        """Whether they said that they come, or may come, and do not wait for a place."""
        one = self.invitation
        return one is not None and one.comes and one.place not in (Place.WAITING, Place.OFFERED)

    @property
    def came(self) -> bool:
        """Whether it is written down that they came."""
        return self.attendance is not None and self.attendance.came

    @property
    def stayed_away(self) -> bool:
        """Whether it is written down that they did not come."""
        return self.attendance is not None and not self.attendance.came


def desk_of(forum: Forum, reader: Actor) -> list[AtTheDesk]:
    """Everybody this reader may see who was invited or walked in, by name. 2 queries."""
    noted = list(Attendance.objects.visible_to(reader).filter(forum=forum).for_list()[:MOST])
    by_invitation = {row.invitation_id: row for row in noted if row.invitation_id}
    invited = Invitation.objects.visible_to(reader).filter(forum=forum).started().for_list()[:MOST]
    rows = [AtTheDesk(one, by_invitation.pop(one.pk, None)) for one in invited]
    rows += [AtTheDesk(None, row) for row in noted if row.invitation_id is None or row.invitation_id in by_invitation]
    return sorted(rows, key=lambda row: (not row.expected, row.name.casefold(), row.key))


@dataclass(frozen=True)
class Heads:
    """How many came: with their names, beside them, and without names. Seats and cups, no statistics."""

    named: int
    others: int
    unnamed: int

    @property
    def all(self) -> int:
        """Altogether."""
        return self.named + self.others + self.unnamed


def heads_of(forum: Forum) -> Heads:
    """Of everybody, whoever may see them. 2 queries."""
    came = Attendance.objects.filter(forum=forum, came=True).order_by()
    told = came.aggregate(heads=Sum(1 + F("others"), default=0), others=Sum("others", default=0))
    unnamed = Headcount.objects.filter(forum=forum).order_by().aggregate(people=Sum("people", default=0))["people"]
    return Heads(named=told["heads"] - told["others"], others=told["others"], unnamed=unnamed)


def name_raisers(rows: Iterable[Captured], reader: Actor) -> list[Captured]:
    """What was said, each with `raiser`: who said it, where this reader may know. 1 query."""
    known = list(rows)
    wanted = {row.raised_by_id for row in known if row.raised_by_id}
    seen = {row.pk: row for row in Attendance.objects.visible_to(reader).filter(pk__in=wanted).for_list()}
    for row in known:
        row.raiser = seen.get(row.raised_by_id)  # type: ignore[attr-defined,arg-type]  # for this showing alone
    return known


def with_this_number(forum: Forum, number: str, reader: Actor) -> list[AtTheDesk]:
    """Who was invited to this forum and has this phone number; a family may share one. Nobody else is looked for. 3
    queries; none for what is no number."""
    kept = kept_phone(number)
    if not kept:
        return []
    people = ContactWay.objects.filter(kind__in=BY_NUMBER, value=kept).order_by().values("person")
    rows: Any = Invitation.objects.visible_to(reader).filter(forum=forum)
    found = rows.filter(Q(person__in=people) | Q(reach_at=kept)).for_list()
    noted = {row.invitation_id: row for row in Attendance.objects.filter(forum=forum, invitation__in=found.order_by())}
    return [AtTheDesk(one, noted.get(one.pk)) for one in found]
