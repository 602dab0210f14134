"""Whether answers helped, in numbers that cannot be looked behind."""

from __future__ import annotations

from crm.counting.figures import Table, table
from engagement.coproduction.decisions.models import Decision, Outcome
from engagement.coproduction.telling.models import HelpTally

Helped = HelpTally.Helped


def helped_by(record: Decision | Outcome) -> Table[str]:
    """How many said it helped, a little, or not. 1 query."""
    of = {"decision": record} if isinstance(record, Decision) else {"outcome": record}
    told = dict(HelpTally.objects.filter(**of).values_list("helped", "answers"))
    return table({label: told.get(value, 0) for value, label in Helped.choices})
