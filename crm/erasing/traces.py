"""What to look for when a person is erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models.functions import Lower

from crm.accounts.models import User
from crm.areas.models import Council
from crm.erasing.reading import folded
from crm.erasing.spelling import Needle, is_words, needle_of_way, needles_of_name, needles_of_words
from crm.people.models import ContactWay, Person
from crm.venues.models import Venue


@dataclass(frozen=True)
class Traces:
    """What to look for: names, and numbers and addresses that are theirs alone. `others` are spellings that whoever
    decides wrote down; `common` are words that are nobody's alone, like "Rose" or "through the lunch club"; `whose` is
    the key of the person, whose own row goes anyway."""

    names: Sequence[Needle]
    ways: Sequence[Needle]
    others: Sequence[Needle] = ()
    whose: UUID | None = None
    common: Sequence[Needle] = ()

    @property
    def everything(self) -> list[Needle]:
        """All of it: what somebody looks for, and what goes out of words that are linked to the person."""
        return [*self.theirs, *self.common]

    @property
    def theirs(self) -> list[Needle]:
        """What goes out of words that nothing links to the person, once somebody looked."""
        return [*self.ways, *self.names, *self.others]


def traces_of(person: Person, spellings: Sequence[str] = ()) -> Traces:
    """Their name, every way to reach them that nobody else shares, and other spellings somebody wrote down. 2
    queries."""
    found = ContactWay.objects.filter(person=person).exclude(value="").values_list("value", flat=True)
    kept = {value: needle for value in sorted(found) if (needle := needle_of_way(value))}
    shared = [folded(value) for value in _of_others(person, [value.lower() for value in kept])] if kept else []
    theirs = {value: needle for value, needle in kept.items() if not any(map(needle.stands_in, shared))}
    ways = [needle for value, needle in theirs.items() if not is_words(value)]
    names = needles_of_name(person.name)
    common = [needle for value, needle in theirs.items() if is_words(value)]
    common += [needle for needle in names if needle.lone]
    others = [needle for words in spellings for needle in needles_of_words(words)]
    return Traces([needle for needle in names if not needle.lone], ways, others, person.pk, common)


def _of_others(person: Person, values: Sequence[str]) -> list[str]:
    """Numbers and addresses of other people, of colleagues and of places that are among some in small letters; and all
    of the council's, which it may write in another way."""
    same = ContactWay.objects.exclude(person=person).annotate(small=Lower("value")).filter(small__in=values)
    colleagues = User.objects.annotate(small=Lower("email")).filter(small__in=values)
    places = Venue.objects.annotate(small=Lower("address")).filter(small__in=values)
    council = [Council.objects.values_list(name) for name in ("contact_phone", "contact_email", "safeguarding_phone")]
    asked = [same.values_list("small"), colleagues.values_list("small"), places.values_list("small"), *council]
    first, *rest = [rows.order_by() for rows in asked]
    return [value for (value,) in first.union(*rest)]
