"""Points that may belong to a theme, offered by a named measure. Nothing is linked until somebody presses.

The measure: words in common, weighed by how rare they are (TF-IDF, cosine). Words are folded to small Latin letters
and cut to their first five, so that "carers" and "carer" meet in any script. It is worked out in Python from whole
numbers of words, so both databases offer the same points in the same order.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crm.base.actors import Actor
from crm.base.text import search_words
from engagement.coproduction.themes.models import Theme, ThemePoint
from engagement.log.models import Point

MEASURE = "Words in common with the theme, rare words counting more (TF-IDF, cosine)."
LOOKED_THROUGH = 1000  # the newest points this reader may read
MOST = 10
STEM = 5
# Words that say nothing about what somebody means.
EMPTY_WORDS = (
    "the and that this with for not you your our they them their there from have has had are was were will would could "
    "can cannot but about into when what who how why which been being than then some any all more most very just also "
    "only like want wants need needs said says told because out over she his her him its it is in on at to of a an as "
    "be do does did done get gets got go goes us we me my i or if so no up by"
)
EMPTY = frozenset(EMPTY_WORDS.split())


@dataclass(frozen=True)
class Offered:
    """A point that may belong to the theme, and how near it is: 0 to 100."""

    point: Point
    nearness: int


def nearest_points(theme: Theme, *, reader: Actor, most: int = MOST) -> list[Offered]:
    """At most ten points the reader may read that do not belong to the theme, the nearest first. 2 queries."""
    readable = Point.objects.visible_to(reader).standing()
    inside = list(
        Point.objects.filter(memberships__theme=theme, memberships__until=None, event__restricted=False)
        .order_by("id")
        .values_list("words", "translation")[:LOOKED_THROUGH]
    )
    belonging = ThemePoint.objects.filter(theme=theme, until=None).values("point")
    others = list(
        readable.exclude(pk__in=belonging)
        .select_related("event", "language")
        .order_by("-created_at", "-id")[:LOOKED_THROUGH]
    )
    wanted = Counter(_stems([theme.name, theme.about, *(words for pair in inside for words in pair)]))
    held = [Counter(_stems([point.words, point.translation])) for point in others]
    scores = _cosines(wanted, held)
    found = sorted(zip(scores, others, strict=True), key=lambda pair: (-pair[0], str(pair[1].pk)))
    return [Offered(point, round(score * 100)) for score, point in found[:most] if score > 0]


def _stems(texts: Iterable[str]) -> list[str]:
    return [word[:STEM] for text in texts for word in search_words(text) if len(word) > 2 and word not in EMPTY]


def _cosines(wanted: Counter[str], held: Sequence[Counter[str]]) -> list[float]:
    """How near each bag of words is to the wanted one, rounded so that no database or platform changes the order."""
    spread = Counter(word for bag in held for word in bag)
    rare = {word: math.log((1 + len(held)) / (1 + spread[word])) + 1 for word in {*spread, *wanted}}
    ours = _length(wanted, rare)
    return [
        round(math.fsum(number * wanted[word] * rare[word] ** 2 for word, number in bag.items()) / length, 6)
        if (length := ours * _length(bag, rare))
        else 0.0
        for bag in held
    ]


def _length(bag: Counter[str], rare: dict[str, float]) -> float:
    return math.sqrt(math.fsum((number * rare[word]) ** 2 for word, number in bag.items()))
