"""What somebody says about a theme before it is saved."""

from __future__ import annotations

from dataclasses import dataclass

from crm.accounts.models import User
from crm.areas.models import Area
from engagement.coproduction.themes.models import Theme


@dataclass(frozen=True)
class ThemeDetails:
    """A theme. Whoever names it looks after it, unless somebody else is named; without a locality it is the whole
    council's."""

    name: str
    about: str = ""
    owner: User | None = None
    locality: Area | None = None
    parent: Theme | None = None
