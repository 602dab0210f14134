"""What somebody says about a forum that takes place, before it is saved: who came, what was said, how it is closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crm.accounts.models import User
from crm.communities.models import Community
from crm.languages.models import Language
from crm.people.models import Person
from engagement.forums.models import Attendance, Captured, Invitation
from engagement.log.details import BarrierDetails
from engagement.log.models import AccessSupport, Barrier, Point, Reach, Topic


@dataclass(frozen=True)
class AttendanceDetails:
    """Whether somebody came. Who it is: an invitation, else a person, else what they are called, which may be empty.
    `others` came with them, without names; `barrier` and `reason` say what kept somebody away."""

    came: bool = True
    invitation: Invitation | None = None
    person: Person | None = None
    called: str = ""
    how: str = Attendance.How.LIST
    spoke: bool = False
    others: int = 0
    barrier: Barrier | None = None
    reason: str = ""


PLAIN = ("came", "called", "how", "spoke", "others", "barrier", "reason")


def attendance_of(row: Attendance) -> AttendanceDetails:
    """What stands: what somebody leaves out stays so."""
    return AttendanceDetails(
        invitation=row.invitation, person=row.person, **{name: getattr(row, name) for name in PLAIN}
    )


@dataclass(frozen=True)
class HeadcountDetails:
    """How many came without a name, of one community or of none named."""

    people: int | None
    community: Community | None = None
    basis: str = Reach.Basis.COUNTED


@dataclass(frozen=True)
class CapturedDetails:
    """One thing that was said or promised. Only the words must be given, and of a promise the day."""

    words: str
    kind: str = Captured.Kind.CONCERN
    verbatim: bool = False
    raised_by: Attendance | None = None
    language: Language | None = None
    quoting: str = Point.Quoting.NOT_ASKED
    due_on: date | None = None
    owner: User | None = None


@dataclass(frozen=True)
class ClosingDetails:
    """How a forum is closed. None: as its plan, its arrangements and its list say. `rest_stayed_away`: whoever said yes
    and is not on the list did not come."""

    communities: Sequence[Community] | None = None
    topics: Sequence[Topic] | None = None
    support_used: Sequence[AccessSupport] | None = None
    languages_used: Sequence[Language] | None = None
    barriers: Sequence[BarrierDetails] | None = None
    next_words: str = ""
    next_by: date | None = None
    nobody_came: bool = False
    rest_stayed_away: bool = False
