"""What fits whom: the support used, the language spoken, and who may speak for a group of young people."""

from __future__ import annotations

from collections.abc import Iterable

from crm.languages.models import Language
from crm.organisations.models import Organisation
from crm.people.models import Person
from engagement.demonstration.place import Place
from engagement.log.models import AccessSupport, EngagementEvent

ANYONE, SIGNED, SPOKEN, WOMEN = "anyone", "signed", "spoken", "women"  # beside communities, in words.csv
YOUNG_BANDS = (*Person.CHILDREN, Person.AgeBand.YOUNG)


def support_for(place: Place, group: Organisation | None, kind: str) -> list[AccessSupport]:
    """The kinds of support that this group may have needed where it was met like this."""
    theirs = {ANYONE}
    if group is not None:
        spoken = [language for language in group.languages.all() if language.code != "en"]
        theirs |= {SIGNED if language.is_signed else SPOKEN for language in spoken}
        theirs |= {WOMEN} if any(word in group.name for word in ("Women", "women", "Mothers")) else set()
        for _, community in place.relations[group.pk]:
            theirs.update(place.enclosing[community.pk])
    fits = {name for name, who in place.words["support fits"] if theirs & set(who.split("; "))}
    if kind == EngagementEvent.Kind.ONLINE:
        fits &= {name for name, _ in place.words["support online"]}
    return [one for one in place.support if one.name in fits]


def languages_for(place: Place, group: Organisation | None, people: Iterable[Person]) -> list[Language]:
    """The languages beside English that may have been used with a group: those of whoever is named."""
    of_group = [language for language in group.languages.all() if language.code != "en"] if group else []
    named = list(people)
    return [one for one in of_group if not named or any(one.pk in place.speaks[person.pk] for person in named)]


def among_the_young(place: Place, group: Organisation, members: list[Person]) -> list[Person]:
    """Of a group of young people its young members, of any other all."""
    young = {name for name, _ in place.words["young"]}
    if not any(community.name in young for _, community in place.relations[group.pk]):
        return members
    return [person for person in members if person.age_band in YOUNG_BANDS]
