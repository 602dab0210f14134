"""What is missing before a community can be saved: the words every door says."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from crm.areas.models import AreaKind
from crm.base.rules import Blocker
from crm.base.tables import Line
from crm.base.text import personal_details
from crm.communities.details import CommunityDetails, CommunityFactDetails
from crm.communities.models import Community, CommunityFact, FormerName
from crm.languages.models import Language

NO_NAME = Blocker("name_missing", "Write the name people there use", "name")
NAME_TAKEN = Blocker("name_taken", "There is a community of this name already", "name")
IN_ITSELF = Blocker("nesting_circle", "A community cannot lie in itself or in one that lies in it", "parent")
NO_RHYTHM = Blocker("rhythm_missing", "Write a number of days, 1 or more", "rhythm_days")
NO_LOCAL_RHYTHM = Blocker("rhythm_missing", "Write a number of days, 1 or more", "rhythms")
LOCALITY_TWICE = Blocker("locality_twice", "Each locality stands once", "rhythms")
NO_LOCALITY = Blocker("not_a_locality", "Choose a locality", "rhythms")
NO_FACT = Blocker("words_missing", "Write what is good to know. One sentence is enough", "words")
NO_SPEAKER = Blocker(
    "speaker_missing", "Say who in the community said so, like: the women's group committee", "said_by"
)
SAID_LATER = Blocker("day_in_future", "The date must be today or in the past", "said_on")
HAS_ENDED = Blocker("fact_ended", "This is marked as no longer true. Add it again if it is true again")
NO_REASON = Blocker("reason_missing", "Say why, in a few words", "reason")
INTO_ITSELF = Blocker("merge_into_itself", "Choose another community than this one", "into")
INTO_INNER = Blocker("merge_into_inner", "That one lies in this one. Move it out first", "into")
USUAL_RHYTHM = 90
LONGEST_RHYTHM = 32_767  # what the database keeps in a small whole number (PostgreSQL smallint)
LONGEST = {"name": 120, "source": 300}


def blockers_to_adding(details: CommunityDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being a community."""
    yield from _own(details, Community.objects.all())


def blockers_to_changing(details: CommunityDetails, community: Community) -> Iterator[Blocker]:
    """Everything that keeps a community from being changed like this."""
    yield from merged([community], "")
    yield from _own(details, Community.objects.exclude(pk=community.pk))
    if details.parent is not None and Community.objects.within(community).filter(pk=details.parent.pk).exists():
        yield IN_ITSELF


def _own(details: CommunityDetails, others: QuerySet[Community]) -> Iterator[Blocker]:
    name = details.name.strip()
    if not name:
        yield NO_NAME
    elif others.filter(name__iexact=name).exists():
        yield NAME_TAKEN
    if details.rhythm_days < 1:
        yield NO_RHYTHM
    if details.parent is not None:
        yield from merged([details.parent], "parent")
    yield from _rhythms(details)


def _rhythms(details: CommunityDetails) -> Iterator[Blocker]:
    localities = [row.locality for row in details.rhythms]
    if any(row.rhythm_days < 1 for row in details.rhythms):
        yield NO_LOCAL_RHYTHM
    if len({locality.pk for locality in localities}) != len(localities):
        yield LOCALITY_TWICE
    if any(locality.kind != AreaKind.LOCALITY for locality in localities):
        yield NO_LOCALITY


def merged(communities: Iterable[Community], field: str, *, known: Collection[Any] = ()) -> Iterator[Blocker]:
    """Why nothing new is recorded against these: one was merged into another. `known` are ids that stood there before:
    an old record is corrected without changing its community."""
    for community in communities:
        if community.merged_into_id and community.pk not in known:
            words = f"{community} is now part of {community.merged_into}. Choose {community.merged_into}"
            yield Blocker("community_merged", words, field)


def blockers_to_merging(community: Community, into: Community) -> Iterator[Blocker]:
    """Everything that keeps a community from going on under another."""
    if community.pk == into.pk:
        yield INTO_ITSELF
    elif Community.objects.within(community).filter(pk=into.pk).exists():
        yield INTO_INNER
    yield from merged([community], "")
    yield from merged([into], "into")


def blockers_to_adding_fact(community: Community, details: CommunityFactDetails) -> Iterator[Blocker]:
    """Everything that keeps this from being written down about a community."""
    yield from merged([community], "community")
    yield from blockers_to_fact(details)


def blockers_to_fact(details: CommunityFactDetails) -> Iterator[Blocker]:
    """What is missing in one thing to know, or must not stand in it: everyone on the staff reads it."""
    if not details.words.strip():
        yield NO_FACT
    if details.voice == CommunityFact.Voice.COMMUNITY and not details.said_by.strip():
        yield NO_SPEAKER
    if details.said_on is not None and details.said_on > timezone.localdate():
        yield SAID_LATER
    for field in ("words", "said_by"):
        for what in personal_details(getattr(details, field)):
            yield Blocker("personal_detail", f"This looks like {what}. Keep it with the person or the group", field)


def blockers_to_changing_fact(fact: CommunityFact) -> Iterator[Blocker]:
    """Why nothing can be put beside a fact, nor it be ended."""
    if fact.ended_on is not None:
        yield HAS_ENDED


def reason_missing(reason: str) -> Iterator[Blocker]:
    """A reason is needed."""
    if not reason.strip():
        yield NO_REASON


def known_by_name() -> dict[str, Community]:
    """Name in small letters → the community that bears it or once did; for one that was merged, the one that stays."""
    found = {row.name.casefold(): row.community for row in FormerName.objects.select_related("community__merged_into")}
    found |= {row.name.casefold(): row for row in Community.objects.select_related("merged_into")}
    return {name: community.merged_into or community for name, community in found.items()}


def blockers_to_loading(lines: Sequence[Line], known: Mapping[str, Community]) -> Iterator[Blocker]:
    """Everything wrong in a list of communities: a parent stands above what lies in it, or is there already."""
    spoken = set(Language.objects.values_list("code", flat=True))
    above: set[str] = set()
    for line in lines:
        name, parent = line["name"].casefold(), line["parent"].casefold()
        yield from _of_its_own(line)
        if name and name in above:
            yield line.wrong("community_twice", f"{line['name']} already stands above")
        if parent and parent not in above and parent not in known:
            yield line.wrong("parent_unknown", f"{line['parent']} does not stand above it and is not in the list")
        for code in line["languages"].split():
            if code not in spoken:
                yield line.wrong("language_unknown", f"the language {code} is not loaded. load_areas loads languages")
        above.add(name)


def _of_its_own(line: Line) -> Iterator[Blocker]:
    if not line["name"]:
        yield line.wrong("community_unnamed", "give the community a name")
    for column, most in LONGEST.items():
        if len(line[column]) > most:
            yield line.wrong("words_too_long", f"the {column} has more than {most} characters")
    if line["kind"] not in Community.Kind.values:
        yield line.wrong("kind_unknown", f"the kind must be one of {', '.join(Community.Kind.values)}")
    days = line["rhythm_days"]
    if days and not (days.isdecimal() and 1 <= int(days) <= LONGEST_RHYTHM):
        yield line.wrong("rhythm_wrong", f"write a number of days from 1 to {LONGEST_RHYTHM:,}, or nothing")
