"""The compliance report on access needs (DAPB1605): its gaps first, then what is recorded, asked, shared and met.

Communication and information needs are the standard's; language, adjustments and practical help stand beside it and
are never added to it. Every number has gone through `crm.counting`. What happened is told of whole years that end with
a whole month, and what stands as of the end of the last month: two reports of different days of one month would
otherwise differ by what one person did between them.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from crm.access.models import NeedGroup, NeedKind, NeedType
from crm.areas.models import Area
from crm.base.words import named_day
from crm.counting.figures import Figure, says_the_rule
from engagement.needs.lines import OCCASIONS, PEOPLE, AccessReport, Asked, Gap, Line, Part
from engagement.needs.tallies import count
from engagement.needs.ties import EVERYWHERE, WHY, figures, slice_of

Figures = Mapping[Any, Figure]


def whole_year(asked: date | None = None) -> tuple[date, date]:
    """The twelve months that end with the last whole month over on the day asked for, and over by today."""
    yesterday = timezone.localdate() - timedelta(days=1)
    after = min(asked or yesterday, yesterday) + timedelta(days=1)
    first_after = after.replace(day=1)
    return first_after.replace(year=first_after.year - 1), first_after - timedelta(days=1)


def access_report(until: date | None = None, locality: Area | None = None) -> AccessReport:
    """Make the report of a locality, or of the whole council: numbers only. 6 queries, however many people there
    are."""
    as_of, (since, last) = whole_year()[1], whole_year(until)
    types = list(NeedType.objects.order_by("kind", "group", "name"))
    names: dict[Hashable, str] = {area.pk: area.name for area in Area.objects.localities().order_by("name")}
    names[None] = "Locality not known"
    told = figures(count(since, last, as_of), types, list(names))
    place: Hashable = locality.pk if locality else EVERYWHERE
    parts = [_part(NeedKind(kind), place, types, {} if locality else names, told) for kind in NeedKind.values]
    return AccessReport(
        since=since,
        until=last,
        as_of=as_of,
        locality=locality,
        gaps=_gaps(place, told),
        people_met=told["asked", place, "met"],
        asked=_asked(place, told),
        standard=parts[0],
        others=parts[1:],
        rule=says_the_rule(),
    )


def _part(
    kind: NeedKind, place: Hashable, types: Sequence[NeedType], localities: Mapping[Hashable, str], told: Figures
) -> Part:
    groups = NeedGroup.choices if kind == NeedKind.COMMUNICATION else []
    typed = [_line(row.name, row.key, slice_of(kind, place, "type", row.pk), told) for row in types if row.kind == kind]
    shown = [line for line in typed if line.shows_something]
    whole = slice_of(kind, place)
    return Part(
        kind=kind.value,
        name=str(kind.label),
        total=_line("All", "", whole, told),
        groups=[_line(str(words), group, slice_of(kind, place, "group", group), told) for group, words in groups],
        types=shown,
        localities=[_line(name, str(pk or ""), slice_of(kind, pk), told) for pk, name in localities.items()],
        reasons=[(words, told[(*whole, f"why_{why}")]) for why, words in WHY.items()],
        other_types=len(typed) - len(shown),
    )


def _line(name: str, key: str, where: tuple[Hashable, ...], told: Figures) -> Line:
    return Line(name, key, {measure: told[(*where, measure)] for measure in (*PEOPLE, *OCCASIONS)})


def _asked(place: Hashable, told: Figures) -> list[Asked]:
    words = {
        "with_needs": "Have a need recorded", "needs_nothing": "Were asked and need nothing",
        "ended": "Had needs that all ended, and were not asked since", "nobody_asked": "Nobody has asked",
    }  # fmt: skip
    found = [Asked(key, said, told["asked", place, key], of_met=True) for key, said in words.items()]
    return [*found, Asked("nothing", "Everybody who was asked and needs nothing, met in the period or not",
                          told["asked", place, "nothing"], of_met=False)]  # fmt: skip


def _gaps(place: Hashable, told: Figures) -> list[Gap]:
    of = slice_of(NeedKind.COMMUNICATION.value, place)
    return [
        Gap("nobody_asked", "People we met by name in the period whom nobody has asked what they need",
            told["asked", place, "nobody_asked"],
            "The standard asks us to ask everybody. People met without a name are in no number here."),
        Gap("ended", "People we met by name in the period whose needs all ended, and who were not asked since",
            told["asked", place, "ended"], "They may need something else by now."),
        Gap("late", "People whom we should have asked again by now", told[(*of, "late")],
            "What we know of their needs may be wrong."),
        Gap("nothing_late", "People who needed nothing, whom we should have asked again by now",
            told["asked", place, "nothing_late"], "They may need something by now."),
        Gap("never_reviewed", "People with a need told more than a year ago and never asked about again",
            told[(*of, "never_reviewed")], "The standard asks for regular review."),
        Gap("not_asked", "People who were not asked whether we may share every need", told[(*of, "not_asked")],
            "Nobody outside may be told, so the venue or the interpreter may not be ready."),
        Gap("no_outcome", "People with a need whom we met in the period, with nothing noted on whether it was met",
            told[(*of, "no_outcome")], "Met and not met below speak only of the times that were noted."),
    ]  # fmt: skip


HEADINGS = ["Part", "By", "Line", "Measure", "Number", "Counts"]


def as_table(report: AccessReport) -> Iterator[list[str]]:
    """The report as flat rows for a spreadsheet, the gaps first; a hidden number says so. The last rows say of when,
    of where, and what was done to the numbers."""
    yield HEADINGS
    for gap in report.gaps:
        yield ["Gaps", "all", gap.words, "people", str(gap.people), "people"]
    for asked in report.asked:
        yield ["Asked", "all", asked.words, "people", str(asked.people), "people"]
    for part in report.parts:
        for by, lines in part.ways:
            for line in lines:
                yield from ([part.name, by, line.name, words, str(line.numbers[measure]),
                             "people" if measure in PEOPLE else "times"]
                            for measure, words in {**PEOPLE, **OCCASIONS}.items())  # fmt: skip
        yield from ([part.name, "reason", words, "Not met or partly", str(number), "times"]
                    for words, number in part.reasons)  # fmt: skip
    where = report.locality.name if report.locality else "The whole council"
    yield ["Of", "", where, f"{named_day(report.since)} to {named_day(report.until)}", "", ""]
    yield ["Rule", "", report.rule, "", "", ""]
