"""What can go when a request to be erased is granted in part: each kind of row that hangs on the person."""

from __future__ import annotations

from crm.erasing.mentions import how_many
from crm.erasing.models import ErasureRequest
from crm.people.models import Intermediary, Person, SafeContactRule
from crm.people.relations import OnErase, PersonRelation, person_relations
from crm.privacy.models import ContactPermission, Objection, Restriction

# What protects somebody stays as long as they are kept: how never to reach them, through whom, what they did not allow,
# and who alone may see them. The request itself must know whom it is about.
STAYS = frozenset({SafeContactRule, Intermediary, ContactPermission, Objection, Restriction, ErasureRequest,
                   Person.named_readers.through})  # fmt: skip


def may_go() -> list[PersonRelation]:
    """Every relation but those that protect the person."""
    return [one for one in person_relations if one.field and one.model not in STAYS]


def parts_of(person: Person) -> list[tuple[str, str]]:
    """The relations of which this person has rows, each with how many and what becomes of them. A fixed number of
    queries."""
    rows = {one.name: one.model._base_manager.filter(**{one.field: person}) for one in may_go()}
    found = how_many(rows)
    return [(one.name, _in_words(one, found[one.name])) for one in may_go() if found[one.name]]


def _in_words(relation: PersonRelation, number: int) -> str:
    kind = str(relation.model._meta.verbose_name)
    becomes = {
        OnErase.DELETE: "deleted", OnErase.UNLINK: "stays without their name",
        OnErase.BLANK: "stays without their name and words",
    }  # fmt: skip
    return f"{kind[:1].upper()}{kind[1:]} ({number}): {becomes[relation.erase]}"
