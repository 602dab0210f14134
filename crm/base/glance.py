"""The relationship at a glance: who they are to us, when we last met, what we owe, and who of us knows them.

It costs hardly a query of its own: it reads the cards and the timeline that the page has loaded anyway.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from crm.base.actors import Actor
from crm.base.timeline import Card, Glance, TimelineEntry, cards_about, coming_for, glances, timeline_of
from crm.base.words import ago, named_day

KNOWN_BY = 3  # so many colleagues are named


def relationship(subject: Any, *, reader: Actor) -> dict[str, Any]:
    """What the page of a group, person or community shows about our relationship: `cards`, `timeline`, `glance`,
    and whether there is a contact whose words the reader may read."""
    cards, timeline = cards_about(subject, reader=reader), timeline_of(subject, reader=reader)
    glance = glance_of(subject, reader=reader, cards=cards, timeline=timeline)
    readable = any(entry.url for entry in timeline)
    return {"cards": cards, "timeline": timeline, "glance": glance, "readable": readable}


def glance_of(
    subject: Any, *, reader: Actor, cards: Sequence[Card] = (), timeline: Sequence[TimelineEntry] = ()
) -> list[Glance]:
    """The lines about a group, person or community that this reader may see, in order."""
    lines = [line for source in glances for line in source(reader, subject)]
    lines += [line for card in cards for line in card.glance]
    lines += _met(timeline)
    for entry in coming_for(subject, reader=reader):
        words = ", ".join(part for part in (named_day(entry.on), entry.what, entry.where) if part)
        lines.append(Glance("Coming", words, url=entry.url, order=60))
    return sorted(lines, key=lambda line: line.order)


def _met(timeline: Sequence[TimelineEntry]) -> list[Glance]:
    """The last contact, and who of us was at most of the latest ones."""
    standing = [entry for entry in timeline if not entry.struck]
    if not standing:
        return [Glance("Last contact", "No contacts yet that you may read.", order=20)]
    last = standing[0]
    lines = [
        Glance("Last contact", f"{ago(last.on, timezone.localdate())}, {last.what.lower()}", url=last.url, order=20)
    ]
    if known := known_by(standing):
        lines.append(Glance("Who knows them", known, order=50))
    return lines


def known_by(standing: Sequence[TimelineEntry]) -> str:
    """Those of us who met them most lately, each with the day they last did; empty where the reader may not know."""
    times = Counter(name for entry in standing for name in entry.met)
    last = {name: entry.on for entry in reversed(standing) for name in entry.met}
    most = sorted(times, key=lambda name: (-times[name], -last[name].toordinal(), name))[:KNOWN_BY]
    return ", ".join(f"{name} (last {named_day(last[name])})" for name in most)
