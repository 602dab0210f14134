"""Whoever reads messages to restricted people leaves a mark in the audit, on every page and API row."""

from __future__ import annotations

from collections.abc import Iterable

from crm.accounts.models import User
from crm.people.actions import read_restricted_people
from crm.sending.models import Message


def leave_a_mark(reader: User, messages: Iterable[Message]) -> None:
    """Audit whom this reader was shown. Only named readers see messages to restricted people, whatever they are
    about. No query when nobody is restricted."""
    restricted = {row.person.pk: row.person for row in messages if row.person and row.person.restricted}
    if restricted:
        read_restricted_people(actor=reader, people=list(restricted.values()))
