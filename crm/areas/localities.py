"""Keeps stored localities right after a correction of the groupings, inside the action that corrects them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import F
from django.utils import timezone

from crm.areas.models import Area, AreaGrouping, AreaKind
from crm.areas.reports import locality_of
from crm.audit.actions import record
from crm.audit.verbs import Verb
from crm.base.models import Record


def find_localities_again(model: type[Record], wards: Sequence[Area], *, day_field: str) -> int:
    """Work the stored locality of a room's records out anew, for wards whose groupings were wrong from the start; part
    of `load_areas`. `day_field` names the day that decides. Returns how many records changed."""
    changed = 0
    for ward in wards:
        everything: Any = model._default_manager
        here = everything.filter(area=ward)
        for grouping in AreaGrouping.objects.filter(inner=ward, outer__kind=AreaKind.LOCALITY).order_by("first_day"):
            then = here.filter(**{f"{day_field}__gte": grouping.first_day}).exclude(locality=grouping.outer_id)
            if grouping.last_day:
                then = then.filter(**{f"{day_field}__lte": grouping.last_day})
            changed += then.update(locality=grouping.outer, version=F("version") + 1, modified_at=timezone.now())
    if changed:
        record(Verb.AREA_CHANGED, kind=model._meta.model_name or "", fields=["locality"], count=changed)
    return changed


def find_home_again(model: type[Record], wards: Sequence[Area]) -> None:
    """The same for records whose locality is the one their ward lies in today (people); part of `load_areas`."""
    everything: Any = model._default_manager
    for ward in wards:
        now = timezone.now()
        locality = locality_of(ward, timezone.localdate())
        everything.filter(area=ward).update(locality=locality, version=F("version") + 1, modified_at=now)
