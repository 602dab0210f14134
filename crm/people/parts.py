"""What hangs on a person as rows of its own: made from the details, and told apart from what stood there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import models

from crm.base.phones import kept_phone
from crm.people import rules
from crm.people.details import PersonDetails, WayDetails
from crm.people.models import ContactWay, Person, PersonHat, PersonLanguage, PersonRole, SafeContactRule

# What is compared to see whether a part changed, for the audit's revision.
PARTS: dict[str, tuple[str, ...]] = {
    "ways": ("kind", "value", "is_preferred", "do_not_use", "best_times", "is_safe", "note"),
    "language_uses": ("language_id", "use", "is_preferred"),
    "roles": ("organisation_id", "role", "first_day", "last_day"),
    "hats": ("hat", "first_day", "last_day"),
    "safe_rules": ("rule", "words"),
}


def parts_of(person: Person, details: PersonDetails) -> dict[str, Sequence[models.Model]]:
    """The rows that hang on a person, by the name of their relation."""
    return {
        "ways": [_way(person, way) for way in details.ways],
        "language_uses": [
            PersonLanguage(person=person, language=use.language, use=use.use, is_preferred=use.is_preferred)
            for use in details.languages
        ],
        "roles": [
            PersonRole(
                person=person,
                organisation=role.organisation,
                role=role.role.strip(),
                first_day=role.first_day,
                last_day=role.last_day,
            )
            for role in details.roles
        ],
        "hats": [
            PersonHat(person=person, hat=hat.hat, first_day=hat.first_day, last_day=hat.last_day)
            for hat in details.hats
        ],
        "safe_rules": [
            SafeContactRule(person=person, rule=rule.rule, words=rule.words.strip()) for rule in details.safe_rules
        ],
    }


def _way(person: Person, way: WayDetails) -> ContactWay:
    return ContactWay(
        person=person,
        kind=way.kind,
        value=(kept_phone(way.value) or "") if way.kind in rules.BY_NUMBER else way.value.strip(),
        is_preferred=way.is_preferred,
        do_not_use=way.do_not_use,
        best_times=way.best_times.strip(),
        is_safe=way.is_safe,
        note=way.note.strip(),
    )


def plain_parts(rows: Any, fields: tuple[str, ...]) -> list[list[str]]:
    """Rows as sorted words, to be compared."""
    return sorted([str(getattr(row, field)) for field in fields] for row in rows)
