"""What to look for when a person is erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from crm.erasing.spelling import Needle, needle_of_way, needles_of_name, needles_of_words
from crm.people.models import ContactWay, Person


@dataclass(frozen=True)
class Traces:
    """What to look for: names, and numbers and addresses that are theirs alone. `others` are spellings that whoever
    decides wrote down; `whose` is the key of the person, whose own row goes anyway."""

    names: Sequence[Needle]
    ways: Sequence[Needle]
    others: Sequence[Needle] = ()
    whose: UUID | None = None

    @property
    def everything(self) -> list[Needle]:
        """All of it."""
        return [*self.ways, *self.names, *self.others]


def traces_of(person: Person, spellings: Sequence[str] = ()) -> Traces:
    """Their name, every way to reach them that nobody else shares, and other spellings somebody wrote down. 2
    queries."""
    kept = set(ContactWay.objects.filter(person=person).exclude(value="").values_list("value", flat=True))
    shared = set(ContactWay.objects.filter(value__in=kept).exclude(person=person).values_list("value", flat=True))
    ways = [needle for value in sorted(kept - shared) if (needle := needle_of_way(value))]
    others = [needle for words in spellings for needle in needles_of_words(words)]
    return Traces(needles_of_name(person.name), ways, others, person.pk)
