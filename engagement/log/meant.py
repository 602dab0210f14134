"""Whom somebody meant who typed a name: the one that bears it, or those whose names are like it."""

from __future__ import annotations

from typing import Any

from crm.accounts.models import User
from crm.base.text import search_words
from crm.communities.models import Community
from crm.organisations.models import Organisation
from crm.people.models import Person
from crm.search.reports import find_in, in_their_order, may_mean

Subject = Organisation | Community | Person
MOST = 5  # with two recent ones and one of the diary: the cards of the page stand beside its first eight answers


def _shelves(reader: User) -> list[tuple[str, Any]]:
    """Of whom this reader may know, and who can still be met."""
    return [
        ("organisation", Organisation.objects.visible_to(reader).open()),
        ("community", Community.objects.visible_to(reader).current()),
        ("person", Person.objects.visible_to(reader)),
    ]


def known_by_name(typed: str, reader: User, *models: type[Subject]) -> Subject | None:
    """The one group, community or person (or the one of these `models`) that bears exactly this name, whatever its
    capitals, accents or script; None when there is none, or more than one: then somebody has to say which."""
    wanted = search_words(typed)
    if not wanted:
        return None
    found: list[Any] = [
        row
        for kind, rows in _shelves(reader)
        if not models or issubclass(rows.model, models)
        for row in find_in(rows, kind, typed)
        if search_words(row.name) == wanted
    ]
    return found[0] if len(found) == 1 else None


def may_be_meant(typed: str, reader: User) -> list[Subject]:
    """Those of whom this reader may know whose name is like the one typed, or holds each word of it: the likeliest
    first, at most 5; groups before others that are as likely."""
    found: list[tuple[float, Subject]] = []
    for kind, rows in _shelves(reader):
        likely = {row.pk: how for how, row in may_mean(reader, kind, typed)}
        found += [
            (likely[row.pk], row) for row in in_their_order(list(likely), rows.filter(pk__in=likely) if likely else ())
        ]
    found.sort(key=lambda pair: -pair[0])
    return [row for _, row in found[:MOST]]
