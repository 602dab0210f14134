"""Counting the figures of a month, once it is over."""

from __future__ import annotations

from crm.audit.actions import action, write
from crm.audit.verbs import Verb
from crm.base.actors import Actor
from crm.counting import permissions
from crm.counting.models import Release
from crm.counting.months import last_month_end
from crm.counting.releases import counted_monthly, released


@action(permissions.release_figures)
def release_figures(*, actor: Actor) -> int:
    """Count every figure until the end of the last month, unless it was. Gives how many things were."""
    until, made = last_month_end(), 0
    for what in counted_monthly.names():
        last = released(what)
        if last is None or last.until < until:
            told = counted_monthly[what](last.told if last else None)
            write(Release(what=what, until=until, told=told), verb=Verb.FIGURES_RELEASED)
            made += 1
    return made
