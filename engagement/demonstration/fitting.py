"""What fits whom: the support used, the language spoken, and who may speak for a group of young people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import cycle
from uuid import UUID

from crm.accounts.models import User
from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.demonstration.place import Place
from engagement.log.models import AccessSupport, EngagementEvent

# Beside communities, in words.csv:
ANYONE, SIGNED, SPOKEN, WOMEN, ENGLISH, PASSING = "anyone", "signed", "spoken", "women", "english", "met in passing"
WITH_ONE = "Somebody they trust came along"  # the only support at a visit to one person
KEPT_TO_THEMSELVES = ("rme", "sth")  # languages that Travellers speak among themselves, and not with officers
YOUNG_BANDS = (*Person.CHILDREN, Person.AgeBand.YOUNG)


def marks_of(place: Place, group: Organisation | None) -> set[str]:
    """What words.csv knows a group by: its communities, and whether it signs, speaks other languages or is women's."""
    if group is None:
        return {ANYONE, PASSING}
    spoken = [language for language in group.languages.all() if language.code != "en"]
    marks = {ANYONE} | {SIGNED if language.is_signed else SPOKEN for language in spoken}
    marks |= set() if spoken else {ENGLISH}
    marks |= {WOMEN} if any(word in group.name for word in ("Women", "women", "Mothers")) else set()
    for _, community in place.relations[group.pk]:
        marks.update(place.enclosing[community.pk])
    return marks


def support_for(place: Place, group: Organisation | None, kind: str, *, met: bool) -> list[AccessSupport]:
    """The kinds of support that this group, or one person whom somebody met, may have needed where it was like this."""
    if group is None:
        return [one for one in place.support if met and one.name == WITH_ONE]
    fits = place.fitting("support fits", marks_of(place, group))
    if kind == EngagementEvent.Kind.ONLINE:
        fits &= {name for name, _ in place.words["support online"]}
    return [one for one in place.support if one.name in fits]


def languages_for(place: Place, group: Organisation | None, people: Iterable[Person]) -> list[Language]:
    """The languages beside English that may have been used with a group: those of whoever is named."""
    not_meant = {"en", *KEPT_TO_THEMSELVES}
    of_group = [language for language in group.languages.all() if language.code not in not_meant] if group else []
    named = list(people)
    return [one for one in of_group if not named or any(one.pk in place.speaks[person.pk] for person in named)]


def among_the_young(place: Place, group: Organisation, members: list[Person]) -> list[Person]:
    """Of a group of young people its young members, of any other all."""
    young = {name for name, _ in place.words["young"]}
    if not any(community.name in young for _, community in place.relations[group.pk]):
        return members
    return [person for person in members if person.age_band in YOUNG_BANDS]


def who_knows_whom(place: Place) -> dict[UUID, User]:
    """The officer whom each group knows best: those of a locality share its groups evenly."""
    turns = defaultdict(list)
    for group in place.groups:
        if group.area_id is not None:
            turns[place.locality_of[group.area_id]].append(group)
    return {
        group.pk: officer
        for locality, groups in turns.items()
        for group, officer in zip(groups, cycle(place.officers[locality]), strict=False)
    }
