"""Whether answers helped, in numbers that cannot be looked behind: about how many said so until the end of the last
month. Whoever looks before and after one answer sees the same."""

from __future__ import annotations

from crm.counting.batches import still_roughly
from crm.counting.figures import Figure
from crm.counting.releases import released
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.telling.models import HelpTally
from engagement.coproduction.telling.reports.monthly import HELPED


def helped_by(record: Decision | Outcome) -> list[tuple[str, Figure]]:
    """About how many said it helped, a little, or not. 1 query."""
    release = released(HELPED)
    told = release.told.get(str(record.pk), {}) if release else {}
    return [(label, Figure(still_roughly(told.get(value)))) for value, label in HelpTally.Helped.choices]
