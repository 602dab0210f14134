"""Reading only what changed: which rows that are, and what goes out for those that do not stand any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, QuerySet, When
from django.db.models.functions import Coalesce, Greatest

from crm.base.actors import Actor
from crm.base.models import Record
from crm.erasing.gone import may_be_gone
from crm.erasing.models import Gone
from engagement.coproduction.decisions.models import Outcome
from engagement.log.models import Point, Promise
from engagement.needs.models import NeedOutcome

Row = dict[str, Any]
# What was said or done at a contact goes with the contact, what came of a decision with the decision. A forum stands
# without the contact that was made of it.
GOES_WITH: Mapping[type[Record], str] = {Point: "event", Promise: "event", NeedOutcome: "event", Outcome: "decision"}


def changed(rows: QuerySet[Any], since: datetime, links: Sequence[str] = (), at: Any = None) -> QuerySet[Any]:
    """Rows that changed since a time, or a record that one of these links leads to did. `changed_at` is the latest of
    these times, or `at` where a reader may not know of all of them."""
    times = [f"{link}__modified_at" for link in links]
    if not times:
        alone: QuerySet[Any] = rows.filter(modified_at__gte=since).annotate(changed_at=F("modified_at"))
        return alone
    # One question for each time and their keys put together: asked as one condition over two tables, PostgreSQL reads
    # both of them whole.
    own, *others = (
        rows.model._base_manager.filter(**{f"{time}__gte": since}).order_by().values("pk")
        for time in ("modified_at", *times)
    )
    latest = at or Greatest("modified_at", *(Coalesce(time, "modified_at") for time in times))
    found: QuerySet[Any] = rows.filter(pk__in=own.union(*others)).annotate(changed_at=latest)
    return found.filter(changed_at__gte=since) if at else found


def changed_where_seen(
    rows: QuerySet[Any], since: datetime, link: str, those_seen: QuerySet[Any], contact: str = ""
) -> QuerySet[Any]:
    """As `changed`, by the record that a link leads to where that is one of those the reader may see: when another one
    changed is not theirs to know. Of a `contact`, everybody is told that it was withdrawn."""
    seen = Exists(those_seen.order_by().filter(pk=OuterRef(link)))
    times: list[Any] = [Case(When(seen, then=F(f"{link}__modified_at")))]
    times += [F(f"{contact}__withdrawn_at")] if contact else []
    latest = Greatest("modified_at", *(Coalesce(time, "modified_at") for time in times))
    return changed(rows, since, list(dict.fromkeys(filter(None, (link, contact)))), latest)


def may_be_withdrawn(model: type[Record]) -> bool:
    """Whether records of a kind are withdrawn, by themselves or with what they go with."""
    return model in GOES_WITH or hasattr(model, "withdrawn_at")


def withdrawn_at(row: Any) -> datetime | None:
    """When the row, or what it goes with, was withdrawn; None while it stands."""
    whole = getattr(row, GOES_WITH[type(row)]) if type(row) in GOES_WITH else None
    found: datetime | None = getattr(row, "withdrawn_at", None) or getattr(whole, "withdrawn_at", None)
    return found


def gone_since(model: type[Record], reader: Actor, since: datetime) -> QuerySet[Any] | None:
    """The records of a kind that were erased since a time, of those of which the reader may be told; None for a kind of
    which none ever is."""
    if not may_be_gone(model):
        return None
    told = Gone.objects.visible_to(reader).filter(kind=model._meta.model_name, gone_at__gte=since)
    return told.annotate(changed_at=F("gone_at"))


def loaded(found: Sequence[Any], rows: QuerySet[Any]) -> list[Any]:
    """What was found, but for what is gone, as it stands in `rows` with what is shown of it. Asked for in one question
    with what changed, PostgreSQL would join all rows there are with all that is shown."""
    whole = rows.in_bulk([row.pk for row in found if not isinstance(row, Gone)])
    return [whole[row.pk] for row in found if row.pk in whole]


def with_tombstones(found: Sequence[Any], page: Sequence[Any], shown: Sequence[Row]) -> list[Row]:
    """A page of what was found: rows as they are shown, those that were withdrawn or erased without their words."""
    out: dict[Any, Row] = {}
    for row, words in zip(page, shown, strict=True):
        time = withdrawn_at(row)
        out[row.pk] = {"id": row.pk, "state": "withdrawn", "withdrawn_at": time} if time else words
    gone = [row for row in found if isinstance(row, Gone)]
    out |= {row.pk: {"id": row.pk, "state": "erased", "erased_at": row.gone_at} for row in gone}
    return [out[row.pk] for row in found if row.pk in out]
