"""The council's lists about forums: what can be offered, and days on which many people cannot come."""

from __future__ import annotations

from collections.abc import Sequence

from crm.access.models import NeedType
from crm.audit.actions import action, write_new
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.base.rules import refuse_input_if
from crm.base.tables import Line
from engagement.forums.models import CalendarDay, OfferKind
from engagement.forums.permissions import forums as permissions
from engagement.forums.rules import lists as rules


@action(permissions.load_offer_kinds)
def load_offer_kinds(*, actor: Actor, lines: Sequence[Line]) -> int:
    """Add the kinds of offer that are not there yet; what the council reworded stays. Returns how many were added: none
    the second time. Raises `InputBlocked` with every mistake and its line."""
    refuse_input_if(rules.blockers_to_offer_kinds(lines))
    known = set(OfferKind.objects.values_list("key", flat=True))
    types = {row.key: row for row in NeedType.objects.all()}
    new = [(line, _kind(line, place)) for place, line in enumerate(lines) if line["key"] not in known]
    write_new([kind for _, kind in new], verb=Verb.OFFER_KIND_LOADED)
    links = OfferKind.need_types.through._default_manager
    wanted = [(kind, types[key]) for line, kind in new for key in line["need_types"].split("|") if key in types]
    links.bulk_create(links.model(offerkind=kind, needtype=need_type) for kind, need_type in wanted)
    return len(new)


def _kind(line: Line, place: int) -> OfferKind:
    plain = ("key", "name", "group", "hint", "job_words", "venue_fact", "source")
    return OfferKind(
        **{name: line[name] for name in plain},
        lead_days=int(line["lead_days"]) if line["lead_days"] else None,
        in_languages=line["in_languages"] == "yes",
        order=place,
    )


@action(permissions.load_calendar_days)
def load_calendar_days(*, actor: Actor, lines: Sequence[Line]) -> int:
    """Add the days of note that are not there yet. Returns how many: none the second time. Raises `InputBlocked` with
    every mistake and its line."""
    refuse_input_if(rules.blockers_to_days(lines))
    known = set(CalendarDay.objects.values_list("name", "first_day"))
    new = [
        CalendarDay(name=line["name"], kind=line["kind"], first_day=first, last_day=line.day("last_day") or first,
                    near=line["near"] == "yes", source=line["source"])
        for line in lines
        if (first := line.day("first_day")) is not None and (line["name"], first) not in known
    ]  # fmt: skip
    write_new(new, verb=Verb.CALENDAR_DAY_LOADED)
    return len(new)
