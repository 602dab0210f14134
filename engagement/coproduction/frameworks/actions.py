"""Frameworks: loaded from files, added by a council, ended when another edition follows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from crm.accounts.models import User
from crm.audit.actions import action, attach, lock, write, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_if, refuse_input_if
from engagement.coproduction.frameworks import permissions, rules
from engagement.coproduction.frameworks.details import FrameworkDetails, PartDetails
from engagement.coproduction.frameworks.models import Framework, FrameworkMap, FrameworkPart


@action(permissions.load_frameworks)
def load_frameworks(*, actor: Actor, frameworks: Sequence[FrameworkDetails]) -> int:
    """Add the editions that are not there yet, then what says the same in them. An edition that is there stays as it
    is: words that changed are another edition. Gives how many were added. Raises `InputBlocked`."""
    there = set(Framework.objects.values_list("key", "edition"))
    new = [details for details in frameworks if (details.key, details.edition) not in there]
    for details in new:
        _add(details)
    for details in new:
        _map(details)
    return len(new)


@action(permissions.add_framework)
def add_framework(*, actor: User, details: FrameworkDetails) -> Framework:
    """Add an edition of a framework of the council's own. Raises `InputBlocked` with every reason at once."""
    made = _add(details)
    _map(details)
    return made


def _add(details: FrameworkDetails) -> Framework:
    refuse_input_if(rules.blockers_to_adding(details))
    assert details.first_day is not None  # the rules refused it otherwise
    framework = Framework(
        key=details.key,
        edition=details.edition.strip(),
        name=details.name.strip(),
        about=details.about.strip(),
        source=details.source.strip(),
        licence=details.licence.strip(),
        first_day=details.first_day,
    )
    write(framework, verb=Verb.FRAMEWORK_ADDED)
    made: dict[str, FrameworkPart] = {}
    for place, part in enumerate(details.parts, start=1):
        made[part.code] = _part(framework, part, place, made)
    write_new(list(made.values()), verb=Verb.FRAMEWORK_ADDED)
    return framework


def _part(framework: Framework, part: PartDetails, place: int, before: dict[str, FrameworkPart]) -> FrameworkPart:
    return FrameworkPart(
        framework=framework,
        code=part.code.strip(),
        kind=part.kind,
        position=place,
        within=before[part.within] if part.within else None,
        name=part.name.strip(),
        words=part.words.strip(),
    )


def _map(details: FrameworkDetails) -> None:
    """Both ways: whichever of two parts something is linked to, it counts for the other. A part that is named and not
    there is left out: a council need not keep every framework."""
    wanted = {(part.code, other) for part in details.parts for other in part.maps_to}
    if not wanted:
        return
    own = {
        part.code: part
        for part in FrameworkPart.objects.filter(framework__key=details.key, framework__edition=details.edition)
    }
    keys = {other.partition("/")[0] for _, other in wanted}
    others: dict[str, list[FrameworkPart]] = {}
    for part in FrameworkPart.objects.filter(framework__key__in=keys).select_related("framework"):
        others.setdefault(f"{part.framework.key}/{part.code}", []).append(part)
    pairs = {(own[code].pk, one.pk) for code, other in wanted for one in others.get(other, ())}
    both = sorted(pairs | {(other, part) for part, other in pairs})
    there = set(FrameworkMap.objects.filter(part__in=[part for part, _ in both]).values_list("part", "other"))
    attach([FrameworkMap(part_id=part, other_id=other) for part, other in both if (part, other) not in there])


@action(permissions.end_framework)
def end_framework(
    *, actor: User, framework: Framework, last_day: date | None = None, expected_version: int | None = None
) -> Framework:
    """It holds no more after a day; what was linked to it stays linked. Raises `Stale`, `Blocked`, `InputBlocked`."""
    fresh = lock(framework, expected_version=expected_version)
    found = list(rules.blockers_to_ending(fresh, last_day))
    refuse_if([blocker for blocker in found if not blocker.field])
    refuse_input_if(found)
    fresh.last_day = last_day or timezone.localdate()
    return write(fresh, verb=Verb.FRAMEWORK_ENDED)
